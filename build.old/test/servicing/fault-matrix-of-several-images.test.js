import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { seededRandom } from '../../src/simulator/seeded-random.js';
import { atOnce, disturb, FAULTS_OF_HTTP, tableOf, targetsOf, } from './fault-cells.js';
import { LTSC, SITE_WITH_TWO_GROUPS, UPGRADE } from './several-images.js';
import { SMALL_GROUP_UPDATES } from './site-afterwards.js';
const AT_ONCE = 8;
/** Of the reads, the links and the deletes; the few requests that decide all meet each fault. */
const SAMPLED = 2;
suite('two images: whatever single request fails, each has its whole schedule, or nothing, or it is told', () => {
    const cells = [];
    for (const isUndone of [false, true]) {
        for (const component of ['between-writes', 'when-woken']) {
            const disturbed = {
                connection: 'admin-service',
                description: SITE_WITH_TWO_GROUPS,
                request: { images: [LTSC, UPGRADE] },
                wanted: new Map([LTSC, UPGRADE].map((image) => [image, SMALL_GROUP_UPDATES])),
                component,
                isUndone,
            };
            test(`requests of ${isUndone ? 'an undo' : 'a run'}; the component runs ${component}`, async () => {
                const random = seededRandom(20_240_601);
                const targets = await targetsOf(disturbed);
                const isDecisive = ({ method, class: name }) => method === 'PUT' || (method === 'POST' && !name.startsWith('SMS_ImageServicingScheduled'));
                const all = FAULTS_OF_HTTP.flatMap((form) => [
                    ...targets.filter(isDecisive),
                    ...random.sample(targets.filter((target) => !isDecisive(target)), SAMPLED),
                ].map((target) => ({ form, target })));
                const done = await atOnce(AT_ONCE, all, async ({ form, target }) => disturb(disturbed, form, target));
                assert.equal(done.length, all.length);
                cells.push(...done);
            });
        }
    }
    test('how many ended whole / with nothing / with something left, and told', (t) => {
        for (const line of tableOf(cells, FAULTS_OF_HTTP).split('\n'))
            t.diagnostic(line);
    });
});
//# sourceMappingURL=fault-matrix-of-several-images.test.js.map