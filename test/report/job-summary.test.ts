import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';
import { marked } from 'marked';

import { failureSummary, jobSummary } from '../../src/report/job-summary.js';
import { markdownText } from '../../src/report/markdown-text.js';
import { neutralText } from '../../src/report/neutral-text.js';
import type { RunResult } from '../../src/servicing/run-result.js';
import type { CiId, PackageId, ScheduleId, SiteCode } from '../../src/site/identifiers.js';

/** What a browser shows of a text inside the cell of a table. */
function shownInCell(text: string): string {
  const html = marked.parse(`| head |\n| --- |\n| before ${markdownText(text)} after |\n`, {
    async: false,
    gfm: true,
  });
  const cell = /<td>([^]*)<\/td>/.exec(html)?.[1] ?? '';
  assert.doesNotMatch(cell, /<(?!\/?td)/, `markup came of ${JSON.stringify(text)}: ${cell}`);
  return cell
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

const spaces = (text: string): string => text.replace(/\s+/g, ' ').trim();

function resultWith(used: number, leftOut: number, name = 'Windows 11'): RunResult {
  const title = 'x'.repeat(300);
  const update = (place: number) => ({
    ciId: (place + 1) as CiId,
    article: `KB${place}`,
    title,
    isExpired: false,
    isOfflineServiceable: true,
    isContentProvisioned: true,
    isSuperseded: false,
    datePosted: undefined,
  });
  return {
    site: { siteCode: 'LAB' as SiteCode, siteName: 'Lab', version: '5.00' },
    updateGroups: [{ ciId: 1 as CiId, name: 'Group' }],
    state: 'scheduled',
    appliedCiIds: [],
    images: [
      {
        image: {
          class: 'SMS_ImagePackage',
          packageId: 'LAB00010' as PackageId,
          name,
          version: undefined,
          sourcePath: undefined,
          sourceSite: 'LAB' as SiteCode,
        },
        state: 'scheduled',
        schedule: { scheduleId: 16777217 as ScheduleId, name: 'Offline servicing' },
        siteServer: 'cm01.lab.example',
        indexes: new Set([1]),
        startsAt: undefined,
        selection: {
          used: Array.from({ length: used }, (_, place) => update(place)),
          leftOut: Array.from({ length: leftOut }, (_, place) => ({
            ciId: (place + 1) as CiId,
            update: update(place),
            reason: { need: 'not-needed', why: 'expired' },
          })),
        },
      },
    ],
  };
}

suite('the job summary', () => {
  test('shows every text as it is, whatever markup it tries to be', () => {
    const hostile = [
      '<img src=x onerror=alert(1)>',
      '| a | b |',
      '**x** _y_ `z` ~~q~~',
      '[l](http://x)',
      'https://evil.example',
      '# x',
      '1. x',
      '&lt;',
      '\\|',
      '@everyone',
      '$x^2$',
      '<!-- -->',
      ':tada:',
    ];
    for (const text of hostile) assert.equal(shownInCell(text), `before ${text} after`);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        assert.equal(spaces(shownInCell(text)), spaces(`before ${neutralText(text)} after`));
      }),
    );
  });

  test('stays far within the limit of a host, whatever the group holds', () => {
    const summary = jobSummary(resultWith(50_000, 50_000));
    assert.ok(Buffer.byteLength(summary) < 512 * 1024, `${Buffer.byteLength(summary)} bytes`);
    assert.match(summary, /… and 49800 more: the log of the step has them all\./);
  });

  test('names what was left out before what was scheduled, and what comes next', () => {
    const html = marked.parse(jobSummary(resultWith(2, 1)), { async: false, gfm: true });
    assert.match(
      html,
      /<h3>Left out of Windows 11, and why<\/h3>[^]*<summary>2 updates scheduled for Windows 11<\/summary>[^]*<h3>What comes next<\/h3>/,
    );
    assert.equal(html.match(/<table>/g)?.length, 3);
  });

  test('of a failure holds the whole diagnosis', () => {
    const summary = failureSummary([
      { code: 'OS305', what: 'It <failed>', cause: 'Because', next: 'Do | this' },
    ]);
    assert.match(
      summary,
      /^## ❌ Offline servicing failed\n\n### OS305\n\n\*\*What failed:\*\* It &lt;failed&gt;\n/,
    );
    assert.match(summary, /\*\*What to do:\*\* Do &#124; this/);
  });
});
