import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { REPOSITORY } from '../../tools/repository.js';
import { atOnce, countsIn, disturb, FAULTS_OF_HTTP, tableOf, targetsOf, } from './fault-cells.js';
import { WINDOWS_7 } from './several-images.js';
import { SITE_WITH_SMALL_GROUP, SMALL_GROUP_UPDATES } from './site-afterwards.js';
const AT_ONCE = 8;
const PAGE = join(REPOSITORY, 'docs', 'fault-matrix.md');
const [BEGIN, END] = ['<!-- table -->', '<!-- end of table -->'];
suite('whatever single request fails, the site ends with one whole schedule, with nothing of ours, or is told', () => {
    const cells = [];
    for (const isUndone of [false, true]) {
        for (const component of ['between-writes', 'when-woken']) {
            const disturbed = {
                connection: 'admin-service',
                description: SITE_WITH_SMALL_GROUP,
                request: {},
                wanted: new Map([[WINDOWS_7, SMALL_GROUP_UPDATES]]),
                component,
                isUndone,
            };
            test(`each request of ${isUndone ? 'an undo' : 'a run'}; the component runs ${component}`, async () => {
                const targets = await targetsOf(disturbed);
                const all = FAULTS_OF_HTTP.flatMap((form) => targets.map((target) => ({ form, target })));
                const done = await atOnce(AT_ONCE, all, async ({ form, target }) => disturb(disturbed, form, target));
                assert.equal(done.length, all.length);
                cells.push(...done);
            });
        }
    }
    test('docs/fault-matrix.md shows how they ended', (t) => {
        const table = tableOf(cells, FAULTS_OF_HTTP);
        for (const line of table.split('\n'))
            t.diagnostic(line);
        const page = readFileSync(PAGE, 'utf8');
        const [before = '', shown = '', after = ''] = page.split(new RegExp(`${BEGIN}|${END}`));
        if (process.env['WRITE_FAULT_MATRIX'] === 'yes') {
            writeFileSync(PAGE, `${before}${BEGIN}\n\n${table}\n\n${END}${after}`);
            return;
        }
        // Which of two requests of one batch comes first, and how long a restart takes, is chance: the sums are not.
        assert.deepEqual(countsIn(shown), countsIn(table));
    });
});
//# sourceMappingURL=fault-matrix.test.js.map