import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';

import { jobSummary } from '../../src/verbs/service/job-summary.js';
import { warningsOnTheWay, type JsonReport } from '../../src/verbs/service/json-report.js';
import { runWith, SITE_WITH_SMALL_GROUP } from '../servicing/site-afterwards.js';
import { siteUnderTest } from '../site-under-test.js';
import { reportOfRun } from './report-under-test.js';
import { complaintsAbout } from './report-validity.js';

interface Told {
  readonly report: JsonReport;
  readonly summary: string | undefined;
}

/** A dry run for one image with these versions, and what people and programs read of it. */
async function toldOf(t: TestContext, versions: readonly string[]): Promise<Told> {
  const [first, ...others] = SITE_WITH_SMALL_GROUP.images;
  assert.ok(first);
  const image = { ...first, osVersion: '', indexes: versions.map(String), indexVersions: versions };
  const site = await siteUnderTest(t, {
    simulator: { description: { ...SITE_WITH_SMALL_GROUP, images: [image, ...others] } },
  });
  const ended = await runWith(site.access(), { dryRun: true, unsupportedImages: 'service' });
  const { result } = ended;
  return {
    report: reportOfRun(ended, site.progress),
    summary:
      result &&
      jobSummary(result, {
        warnings: warningsOnTheWay(site.progress),
        connection: { kind: 'simulator' },
        version: '1.2.3',
        startedAt: 0,
        endedAt: 0,
      }),
  };
}

suite('an image that might not be serviceable', () => {
  test('is a warning in the report and in the summary, which have its versions too', async (t) => {
    const { report, summary } = await toldOf(t, ['10.0.20348.587', '10.0.26100.1742', '']);
    assert.deepEqual(complaintsAbout(report), []);
    const [image] = report.images;
    assert.equal(image?.osVersion, '10.0.26100.1742');
    assert.deepEqual(image.osVersions, [
      { index: 1, osVersion: '10.0.20348.587' },
      { index: 2, osVersion: '10.0.26100.1742' },
      { index: 3, osVersion: null },
    ]);
    const [notSupported, unread, ...others] = report.warnings;
    assert.match(notSupported ?? '', /no longer supports.*10\.0\.26100\.1742 \(index 2\)/);
    assert.match(unread ?? '', /index 3, can't be read/);
    assert.deepEqual(others, []);
    assert.equal(summary?.match(/⚠️/g)?.length, 2);
    assert.match(plainText(summary), /\| LAB00010 \| 10\.0\.20348\.587, 10\.0\.26100\.1742 \|/);
  });

  test('has at most three versions in the table of the summary', async (t) => {
    const { summary } = await toldOf(t, ['10.0.17763.1', '10.0.17763.2', '10.0.17763.3', '10.0.17763.4']);
    assert.match(plainText(summary ?? ''), /\| 10\.0\.17763\.1, 10\.0\.17763\.2, 10\.0\.17763\.3, … \|/);
  });

  test('has no version in either where the site tells none', async (t) => {
    const { report, summary } = await toldOf(t, ['']);
    assert.deepEqual(complaintsAbout(report), []);
    assert.equal(report.images[0]?.osVersion, null);
    assert.match(summary ?? '', /\| LAB00010 \| – \|/);
  });
});

/** As Markdown shows a text whose marks are escaped. */
function plainText(markdown: string): string {
  return markdown.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
