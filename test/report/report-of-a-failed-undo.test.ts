import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';

import type { JsonReport } from '../../src/verbs/service/json-report.js';
import { eventsOf } from '../../src/verbs/service/log-lines.js';
import type { ServicingRequest } from '../../src/plan/servicing-request.js';
import type { Fault, SiteDescription } from '../../src/simulator/index.js';
import { withStatuses } from '../servicing/several-images.js';
import { FIRST, runOnce, SITE_WITH_SMALL_GROUP } from '../servicing/site-afterwards.js';
import { siteUnderTest, type SiteUnderTest } from '../site-under-test.js';
import { reportOfRun } from './report-under-test.js';

async function reportOf(
  context: TestContext,
  description: SiteDescription,
  faults: readonly Fault[],
  request: Partial<ServicingRequest> = {},
): Promise<{ readonly report: JsonReport; readonly site: SiteUnderTest }> {
  const site = await siteUnderTest(context, { simulator: { description, faults } });
  return { report: reportOfRun(await runOnce(site, request), site.progress, request), site };
}

suite('the report of a run that was undone', () => {
  const refused: Fault = { kind: 'refuse', request: 1, method: 'PUT' };
  for (const [code, faults] of [
    ['OS401', [refused]],
    ['OS402', [refused, { kind: 'refuse', every: true, method: 'DELETE' }]],
  ] as const) {
    test(`has what it failed with before its ${code}, and so has the log before the undo`, async (t) => {
      const { report, site } = await reportOf(t, SITE_WITH_SMALL_GROUP, faults);
      const [error] = report.errors;
      assert.deepEqual([error?.code, error?.because?.code, error?.because?.because], [code, 'OS305', null]);
      assert.ok(error?.what.includes(error.because?.what ?? '?') === true);
      const told = site.progress.flatMap((step) => (step.kind === 'undoing' ? eventsOf(step) : []));
      assert.deepEqual(
        told.map(({ line }) => /^(?: {2})?(?:Failed \(OS305\)|[^:]+)/.exec(line)?.[0]),
        [
          'Failed (OS305)',
          '  What failed',
          '  Probable cause',
          '  What to do',
          '  OS305 The site refused an operation',
        ],
      );
    });
  }
});

suite('an update that one image has and another uses', () => {
  const description = withStatuses(SITE_WITH_SMALL_GROUP, 'LAB00010', [[FIRST, 1, 2]]);
  const images = ['LAB00010', 'LAB00014'] as const;

  test('is not counted as skipped, whether the run succeeds or fails', async (t) => {
    const { report } = await reportOf(t, description, [], { images });
    const [one, other] = report.images;
    assert.deepEqual(
      one?.leftOut?.map(({ ciId }) => ciId),
      [FIRST],
    );
    assert.ok(other?.used?.some(({ ciId }) => ciId === FIRST) === true);
    assert.equal(report.skippedCiCount, 0);
    const failed = await reportOf(t, description, [{ kind: 'refuse', method: 'POST', request: 1 }], {
      images,
    });
    assert.deepEqual([failed.report.state, failed.report.skippedCiCount], ['failed', 0]);
  });
});
