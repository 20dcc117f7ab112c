import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { jsonReport } from '../../src/verbs/service/json-report.js';
import { entriesOf } from '../../src/verbs/service/log-lines.js';
import { reportText } from '../../src/report/report-text.js';
import { RunRecord } from '../../src/verbs/service/run-record.js';
import { withStatuses } from '../servicing/several-images.js';
import { FIRST, runOnce, SITE_WITH_SMALL_GROUP } from '../servicing/site-afterwards.js';
import { siteUnderTest } from '../site-under-test.js';
import { readReport } from './report-validity.js';
async function reportOf(context, description, faults, request = {}) {
    const site = await siteUnderTest(context, { simulator: { description, faults } });
    const record = new RunRecord(Date.now);
    const { result, error } = await runOnce(site, request);
    site.progress.forEach((each) => {
        record.hear(each);
    });
    const end = result === undefined
        ? { kind: 'failed', errors: [error] }
        : { kind: 'done', result };
    return { report: readReport(reportText(jsonReport(record, end, '1.2.3', ''), (text) => text)), site };
}
suite('the report of a run that was undone', () => {
    const refused = { kind: 'refuse', request: 1, method: 'PUT' };
    for (const [code, faults] of [
        ['OS401', [refused]],
        ['OS402', [refused, { kind: 'refuse', every: true, method: 'DELETE' }]],
    ]) {
        test(`has what it failed with before its ${code}, and so has the log before the undo`, async (t) => {
            const { report, site } = await reportOf(t, SITE_WITH_SMALL_GROUP, faults);
            const [error] = report.errors;
            assert.deepEqual([error?.code, error?.because?.code, error?.because?.because], [code, 'OS305', null]);
            assert.ok(error?.what.includes(error.because?.what ?? '?') === true);
            const told = site.progress.flatMap((step) => (step.kind === 'undoing' ? entriesOf(step) : []));
            assert.deepEqual(told.map(({ line }) => /^(?: {2})?(?:Failed \(OS305\)|[^:]+)/.exec(line)?.[0]), [
                'Failed (OS305)',
                '  What failed',
                '  Probable cause',
                '  What to do',
                '  OS305 The site refused an operation',
            ]);
        });
    }
});
suite('an update that one image has and another uses', () => {
    const description = withStatuses(SITE_WITH_SMALL_GROUP, 'LAB00010', [[FIRST, 1, 2]]);
    const images = ['LAB00010', 'LAB00014'];
    test('is not counted as skipped, whether the run succeeds or fails', async (t) => {
        const { report } = await reportOf(t, description, [], { images });
        const [one, other] = report.images;
        assert.deepEqual(one?.leftOut?.map(({ ciId }) => ciId), [FIRST]);
        assert.ok(other?.used?.some(({ ciId }) => ciId === FIRST) === true);
        assert.equal(report.skippedCiCount, 0);
        const failed = await reportOf(t, description, [{ kind: 'refuse', method: 'POST', request: 1 }], {
            images,
        });
        assert.deepEqual([failed.report.state, failed.report.skippedCiCount], ['failed', 0]);
    });
});
//# sourceMappingURL=report-of-a-failed-undo.test.js.map