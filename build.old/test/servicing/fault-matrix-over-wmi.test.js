import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { seededRandom } from '../../src/simulator/seeded-random.js';
import { WITHOUT_POWERSHELL } from '../simulated-wmi/powershells.js';
import { atOnce, disturb, FAULTS_OF_WMI, tableOf, targetsOf, } from './fault-cells.js';
import { WINDOWS_7 } from './several-images.js';
import { SITE_WITH_SMALL_GROUP, SMALL_GROUP_UPDATES } from './site-afterwards.js';
/** Each run starts a PowerShell for each batch, which keeps a processor busy. */
const AT_ONCE = 3;
/** On each test: a suite that is skipped counts as nothing. */
const SKIP = { skip: WITHOUT_POWERSHELL };
suite('over WMI, whatever single call fails, the site ends whole, with nothing of ours, or is told', () => {
    const cells = [];
    for (const { isUndone, component, sampled } of [
        { isUndone: false, component: 'between-writes', sampled: 1 },
        { isUndone: true, component: 'when-woken', sampled: 1 },
    ]) {
        const disturbed = {
            connection: 'wmi',
            description: SITE_WITH_SMALL_GROUP,
            request: {},
            wanted: new Map([[WINDOWS_7, SMALL_GROUP_UPDATES]]),
            component,
            isUndone,
        };
        test(`calls of ${isUndone ? 'an undo' : 'a run'}; the component runs ${component}`, SKIP, async () => {
            const random = seededRandom(20_240_602);
            const targets = await targetsOf(disturbed);
            const all = FAULTS_OF_WMI.flatMap((form) => random.sample(targets, sampled).map((target) => ({ form, target })));
            const done = await atOnce(AT_ONCE, all, async ({ form, target }) => disturb(disturbed, form, target));
            assert.equal(done.length, all.length);
            cells.push(...done);
        });
    }
    test('how many ended whole / with nothing / with something left, and told', SKIP, (t) => {
        for (const line of tableOf(cells, FAULTS_OF_WMI).split('\n'))
            t.diagnostic(line);
    });
});
//# sourceMappingURL=fault-matrix-over-wmi.test.js.map