import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { chainOf, DiagnosedError } from '../../src/diagnosis/diagnosis.js';
import { stackLines } from '../../src/report/diagnosis-lines.js';
import { serviceImages } from '../../src/verbs/service/service-images.js';
import { CONNECTIONS, siteUnderTest } from '../site-under-test.js';
import { NOTHING, remainsOf, REQUEST, settled, small } from './site-afterwards.js';
for (const { connection, skip } of CONNECTIONS) {
    suite(`a defect among the writes, over ${connection}`, { skip }, () => {
        test('is undone, and stays visible with the place where it was thrown', async (t) => {
            const site = await siteUnderTest(t, { ...small(), connection });
            const thrown = new TypeError('nobody thought of this');
            const access = site.access();
            const failing = {
                ...access,
                tell: (step) => {
                    access.tell(step);
                    if (step.kind === 'links-written')
                        throw thrown;
                },
            };
            const error = await serviceImages(failing, REQUEST, 'the-mark').then(() => undefined, (caught) => caught);
            assert.ok(error instanceof DiagnosedError);
            assert.equal(error.cause, thrown);
            assert.deepEqual(chainOf(error.diagnoses[0]).map(({ code }) => code), ['OS401', 'OS599']);
            const lines = stackLines(error.diagnoses);
            assert.equal(lines[0], 'OS599 was thrown here:');
            assert.match(lines.join('\n'), /TypeError: nobody thought of this\n.*defect-among-writes/);
            const [undoing] = site.progress.filter((step) => step.kind === 'undoing');
            assert.equal(undoing?.because.code, 'OS599');
            await settled(site.simulator);
            assert.deepEqual(remainsOf(site.simulator), NOTHING);
        });
    });
}
//# sourceMappingURL=defect-among-writes.test.js.map