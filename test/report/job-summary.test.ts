import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';
import { marked } from 'marked';

import { jobSummary } from '../../src/verbs/service/job-summary.js';
import { failureSummary } from '../../src/report/failure-summary.js';
import { markdownText } from '../../src/report/markdown-text.js';
import { neutralText } from '../../src/report/neutral-text.js';
import { maskFor } from '../../src/report/secret-mask.js';
import type { SummaryFrame } from '../../src/verbs/service/summary-frame.js';
import type { RunResult } from '../../src/verbs/service/run-result.js';
import type { CiId, PackageId, ScheduleId, SiteCode } from '../../src/site/identifiers.js';
import { imageVersions } from '../../src/site/image-versions.js';
import { osVersionIn } from '../../src/site/os-version.js';

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

/** One minute over WMI on this machine. */
function frameWith(...texts: readonly string[]): SummaryFrame {
  return {
    warnings: texts.map((text) => ({ title: 'A warning', image: undefined, text })),
    connection: {
      kind: 'wmi',
      smsProvider: undefined,
      credential: undefined,
      siteCode: undefined,
      cimProtocol: 'auto',
      powerShell: undefined,
    },
    version: '1.2.3',
    startedAt: Date.UTC(2026, 10, 11, 4),
    endedAt: Date.UTC(2026, 10, 11, 4, 1, 3),
  };
}

function resultWith(
  used: number,
  leftOut: number,
  name = 'Windows Server 2022',
  title = 'x'.repeat(300),
): RunResult {
  const update = (place: number) => ({
    ciId: (place + 1) as CiId,
    article: `KB${place}`,
    title,
    isExpired: false,
    isOfflineServiceable: true,
    isContentProvisioned: true,
    obstacle: undefined,
    isSuperseded: false,
    datePosted: undefined,
  });
  return {
    site: { siteCode: 'LAB' as SiteCode, siteName: 'Lab', version: '5.00' },
    updateGroups: [{ ciId: 1 as CiId, name: 'Group' }],
    settings: { start: { kind: 'now' }, updateDistributionPoints: true, continueOnUpdateError: false },
    state: 'scheduled',
    appliedCiIds: [],
    followWarnings: [],
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
        followed: undefined,
        state: 'scheduled',
        schedule: { scheduleId: 16777217 as ScheduleId, name: 'Offline servicing' },
        siteServer: 'cm01.lab.example',
        indexes: new Set([1]),
        versions: imageVersions(new Set([1]), [], osVersionIn('10.0.20348.587')),
        startsAt: undefined,
        selection: {
          usedThoughNotRequired: [],
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
  test('counts what is not needed apart from what is blocked, and links the articles', () => {
    const result = resultWith(1, 2);
    const images = result.images.map((each) => {
      const [first, ...others] = each.selection.leftOut;
      assert.ok(first);
      const blocked = {
        ...first,
        update: first.update && { ...first.update, article: 'KB5034441' },
        reason: { need: 'not-possible', why: 'content-not-downloaded' } as const,
      };
      return { ...each, selection: { ...each.selection, leftOut: [blocked, ...others] } };
    });
    const summary = jobSummary({ ...result, images }, frameWith());
    assert.match(
      summary,
      /\| Scheduled \| Not needed \| Blocked \| State \|.*\n.*\n.* \| 1 \| 1 \| 1 \| scheduled \|/,
    );
    assert.match(
      summary,
      /\*\*1 update blocked\*\*[^]*\| \[KB5034441\]\(https:\/\/support\.microsoft\.com\/help\/5034441\) \| content not downloaded \| .* \| 1 \|$/m,
    );
  });

  test('shortens long names in cells', () => {
    const summary = jobSummary(resultWith(1, 0, 'n'.repeat(80), 't'.repeat(300)), frameWith());
    assert.match(summary, /^\| n{60}… \|/m);
    assert.match(summary, /\| t{100}… \|/);
  });

  test('of a dry run says what would be', () => {
    const result = resultWith(1, 0);
    const images = result.images.map((each) => ({
      ...each,
      state: 'planned' as const,
      schedule: undefined,
    }));
    const summary = jobSummary({ ...result, state: 'planned', images }, frameWith());
    assert.match(summary, /\| Would be scheduled \| Not needed \|/);
    assert.match(summary, /\| would be scheduled \| LAB00010 \|/);
    assert.match(summary, /1 update would be scheduled<\/summary>/);
    assert.match(summary, /would be asked to start now with LAB00010/);
    assert.doesNotMatch(summary, /\| Schedule \|/);
  });

  test('says of several images at once what is the same for them', () => {
    const [each] = resultWith(0, 0).images;
    assert.ok(each);
    const warning = (packageId: string, version: string) => ({
      title: 'Not supported',
      image: { ...each.image, packageId: packageId as PackageId },
      text: `Not supported: image "Windows Server 2022" (${packageId}), version ${version}`,
    });
    const summaryOf = (...versions: readonly string[]): string =>
      marked.parse(
        jobSummary(resultWith(0, 0), {
          ...frameWith(),
          warnings: versions.map((version, place) => warning(`LAB0001${place}`, version)),
        }),
        { async: false, gfm: true },
      );
    assert.match(
      summaryOf('1', '1'),
      /<li>⚠️ <strong>Not supported \(2 images\)\.<\/strong> [^<]*\(LAB00010\), &quot;Windows Server 2022&quot; \(LAB00011\), version 1<\/li>/,
    );
    assert.match(
      summaryOf('1', '2'),
      /<strong>Not supported \(2 images\)<\/strong><ul>\s*<li>[^<]*version 1<\/li>\s*<li>[^<]*version 2<\/li>/,
    );
  });

  test('ends with the product, the provider and the duration', () => {
    assert.match(
      jobSummary(resultWith(1, 0), frameWith()).replace(/&#(\d+);/g, (_, code: string) =>
        String.fromCodePoint(Number(code)),
      ),
      /\n<sub>configmgr-offline-servicing 1\.2\.3 · SMS Provider on this machine, over WMI · began 2026-11-11 04:00 UTC · took 1 min 3 s<\/sub>\n$/,
    );
  });

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
    const summary = jobSummary(resultWith(50_000, 50_000), frameWith());
    assert.ok(Buffer.byteLength(summary) < 512 * 1024, `${Buffer.byteLength(summary)} bytes`);
    assert.match(summary, /… and 49800 more: the log of the step has them all\./);
  });

  test('stays far within it with fifty images of two thousand updates each, and tells of each', () => {
    // Nothing takes more room than what has to be shown as a code.
    const hostile = resultWith(1_000, 1_000, '\u202e'.repeat(250), '\u202e'.repeat(500));
    for (const result of [resultWith(1_000, 1_000), hostile]) {
      const images = Array.from({ length: 50 }, (_, place) =>
        result.images.map((each) => ({
          ...each,
          image: { ...each.image, packageId: `LAB000${String(place).padStart(2, '0')}` as PackageId },
        })),
      ).flat();
      const summary = jobSummary({ ...result, images }, frameWith());
      assert.ok(Buffer.byteLength(summary) < 768 * 1024, `${Buffer.byteLength(summary)} bytes`);
      assert.equal(summary.match(/^### .*\(LAB000\d\d\)$/gm)?.length, 50);
    }
  });

  test('of an error that lists thousands of updates, and of hundreds of errors, stays within it too', () => {
    const error = { code: 'OS207' as const, what: '| '.repeat(100_000), cause: 'b', next: 'c' };
    const summary = failureSummary(Array.from({ length: 500 }, () => error));
    assert.ok(Buffer.byteLength(summary) < 512 * 1024, `${Buffer.byteLength(summary)} bytes`);
    assert.match(
      summary,
      /^### OS207 Update content is not downloaded, or an update cannot be used$[^]*… and \d+ more: the log of the step has them all\./m,
    );
  });

  test('stays within the limit in bytes, with titles of three bytes a character and thousands of images', () => {
    const title = '更新プログラム'.repeat(40);
    const one = resultWith(200, 200, '日本語のイメージ'.repeat(20), title);
    for (const count of [1, 50, 3_000]) {
      const images = Array.from({ length: count }, () => one.images).flat();
      const summary = jobSummary({ ...one, images }, frameWith(...Array.from({ length: 100 }, () => title)));
      assert.ok(Buffer.byteLength(summary) < 1024 * 1024, `${Buffer.byteLength(summary)} bytes`);
      assert.ok(summary.isWellFormed());
      assert.match(summary, count === 3_000 ? /The rest is too long for a summary/ : /What comes next/);
    }
  });

  test('holds no secret in any text of the site, whole or cut', () => {
    const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJjbTAxIn0.c2lnbmF0dXJl';
    const mask = maskFor([jwt]);
    for (const before of ['', 'x'.repeat(190)]) {
      const text = `${before}${jwt}`;
      const result = resultWith(1, 1, text, text);
      const summary = jobSummary(
        { ...result, updateGroups: [{ ciId: 1 as CiId, name: text }] },
        frameWith(text, `${'x'.repeat(480)}${jwt}`),
        { mask },
      );
      const error = { code: 'OS305' as const, what: text, cause: text, next: `${'x'.repeat(7_980)}${jwt}` };
      for (const shown of [summary, failureSummary([{ ...error, because: error }], { mask })]) {
        const html = marked.parse(shown, { async: false, gfm: true });
        assert.doesNotMatch(html.replace(/&#46;/g, '.'), /eyJhbGciOi/);
        assert.match(html, /\*\*\*|&#42;&#42;&#42;/);
      }
    }
  });

  test('of an error has its title, a link to its section, and what it came of', () => {
    const because = { code: 'OS305' as const, what: 'Refused', cause: 'b', next: 'c' };
    const error = { code: 'OS402' as const, what: 'Refused. Not undone', cause: 'b', next: 'c', because };
    const html = marked.parse(failureSummary([error]), { async: false, gfm: true });
    assert.match(html, /<h3>OS402 The schedule was not created; something might be left at the site<\/h3>/);
    assert.match(
      html,
      /Because of:<\/strong> <a href="https:[^"]*#os305--the-site-refused-an-operation">OS305 The/,
    );
    assert.match(html, /<a href="https:[^"]*troubleshooting\.md#os402--[^"]*">Troubleshooting: OS402<\/a>/);
  });

  test('folds what is long, and leaves open what is short', () => {
    const openTitle = /\*\*3 updates not needed\*\*/;
    assert.match(jobSummary(resultWith(1, 3), frameWith()), openTitle);
    const many = resultWith(1, 3);
    const [image] = many.images;
    assert.ok(image);
    const folded = jobSummary({ ...many, images: Array.from({ length: 20 }, () => image) }, frameWith());
    assert.doesNotMatch(folded, openTitle);
    assert.match(folded, /<summary>3 updates not needed<\/summary>/);
    assert.match(jobSummary(resultWith(1, 11), frameWith()), /<summary>11 updates not needed<\/summary>/);
  });

  test('says when each server begins, of which site the provider is, and every warning', () => {
    const result = resultWith(1, 0);
    const [image] = result.images;
    assert.ok(image);
    const later = {
      ...image,
      image: { ...image.image, packageId: 'REM00011' as PackageId, sourceSite: 'REM' as SiteCode },
      siteServer: 'cm02.remote.example',
      startsAt: '2030-06-01 02:00 by the clock of site REM',
    };
    const summary = jobSummary(
      { ...result, images: [image, image, later] },
      frameWith('Schedule <7> was taken'),
    );
    const html = marked.parse(summary, { async: false, gfm: true });
    assert.match(html, /<li>cm01\.lab\.example was asked to start now with LAB00010, LAB00010<\/li>/);
    assert.match(
      html,
      /<li>cm02\.remote\.example starts at 2030-06-01 02:00 by the clock .* with REM00011<\/li>/,
    );
    assert.match(html, /written at site LAB\. When a server of another site takes its own is not documented/);
    assert.match(html, /<li>⚠️ <strong>A warning\.<\/strong> Schedule &lt;7&gt; was taken<\/li>/);
    assert.doesNotMatch(jobSummary(result, frameWith()), /another site|⚠️/);
  });

  test('names what supersedes an update as text, too', () => {
    const result = resultWith(1, 1);
    const [image] = result.images;
    const [used] = image?.selection.used ?? [];
    assert.ok(used);
    const by = { ...used, article: 'KB|<b>' };
    const leftOut = [
      { ciId: 7 as CiId, update: undefined, reason: { need: 'not-needed', why: 'superseded', by } },
    ] as const;
    const images = result.images.map((each) => ({
      ...each,
      selection: { used: [], leftOut, usedThoughNotRequired: [] },
    }));
    assert.match(
      jobSummary({ ...result, images }, frameWith()),
      /^\| – \| superseded by KB&#124;&lt;b&gt;, CI&#95;ID 1, also selected \| – \| 7 \|$/m,
    );
  });

  test('has the settings of the run in one line', () => {
    const html = marked.parse(jobSummary(resultWith(1, 0), frameWith()), { async: false, gfm: true });
    assert.match(html, /<p>Start now · distribution points: updated · on update error: stop<\/p>/);
  });

  test('names what was left out before what was scheduled, and what comes next', () => {
    const html = marked.parse(jobSummary(resultWith(2, 1), frameWith()), { async: false, gfm: true });
    assert.match(
      html,
      /<h3>Windows Server 2022 \(LAB00010\)<\/h3>[^]*1 update not needed<[^]*<summary>2 updates scheduled<\/summary>[^]*<h3>What comes next<\/h3>/,
    );
    assert.equal(html.match(/<table>/g)?.length, 3);
  });

  test('of a failure holds the whole diagnosis', () => {
    const summary = failureSummary([
      { code: 'OS305', what: 'It <failed>', cause: 'Because', next: 'Do | this' },
    ]);
    assert.match(
      summary,
      /^## ❌ Offline servicing failed\n\n### OS305 The site refused an operation\n\n\*\*What failed:\*\* It &lt;failed&gt;\n/,
    );
    assert.match(summary, /\*\*What to do:\*\* Do &#124; this/);
  });
});
