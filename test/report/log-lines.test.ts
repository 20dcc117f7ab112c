import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { spelledFor } from '../../src/diagnosis/input-mention.js';
import { eventsOf } from '../../src/verbs/service/log-lines.js';
import { resultLines } from '../../src/verbs/service/result-lines.js';
import { reasonText } from '../../src/verbs/service/update-names.js';
import { isWarning, warningsOf } from '../../src/verbs/service/warnings.js';
import type { Progress } from '../../src/plan/progress.js';
import type { ImageResult, RunResult, RunState } from '../../src/verbs/service/run-result.js';
import type { ScheduleSettings } from '../../src/plan/servicing-request.js';
import type { UpdateSelection } from '../../src/plan/update-selection.js';
import type { PackageId, ScheduleId, SiteCode } from '../../src/site/identifiers.js';
import { imageVersions } from '../../src/site/image-versions.js';
import { osVersionIn } from '../../src/site/os-version.js';
import { OBSTACLES } from '../../src/site/software-update.js';
import { select, usableUpdate } from '../servicing/selection-under-test.js';

type ImageFound = Extract<Progress, { readonly kind: 'image-found' }>;

const IMAGE: ImageFound = {
  kind: 'image-found',
  image: {
    class: 'SMS_OperatingSystemInstallPackage',
    packageId: 'REM00010' as PackageId,
    name: 'Windows Server 2022',
    version: '2.0',
    sourcePath: '\\\\cm02\\share\\install.wim',
    sourceSite: 'REM' as SiteCode,
  },
  siteServer: 'cm02.remote.example',
  indexes: new Set([3, 1]),
  versions: imageVersions(
    new Set([3, 1]),
    [
      { index: 1, version: osVersionIn('10.0.20348.587') },
      { index: 3, version: osVersionIn('10.0.20348.587') },
    ],
    undefined,
  ),
};

suite('the lines of an image', () => {
  test('are one, with what else is known of it folded below', () => {
    assert.deepEqual(eventsOf(IMAGE), [
      {
        level: 'info',
        line: 'Image "Windows Server 2022" (REM00010, OS upgrade package, OS version 10.0.20348.587): site server cm02.remote.example is to service it',
        details: [
          'Version 2.0',
          'Source \\\\cm02\\share\\install.wim',
          'Source site REM',
          'Operating systems in the image: index 1, 3',
        ],
      },
    ]);
  });

  test('say openly what makes a difference: indexes that cannot be read', () => {
    const entries = eventsOf({ ...IMAGE, indexes: undefined });
    const [, indexes, ...others] = entries.map(({ line }) => line);
    assert.match(indexes ?? '', /^The indexes of image REM00010 cannot be read: .* the site decides itself$/);
    assert.deepEqual(others, []);
  });

  test('warn of a provider of another site', () => {
    const { image, siteServer } = IMAGE;
    const told = { kind: 'image-of-other-site', image, siteServer, providerSite: 'LAB' } as const;
    assert.ok(isWarning(told));
    const [site, ...others] = eventsOf(told).map(({ line }) => line);
    assert.match(
      site ?? '',
      /^Image REM00010 belongs to site REM, and the provider to site LAB: .*not documented: see OfflineServicingMgr\.log on cm02/,
    );
    assert.deepEqual(others, []);
  });
});

test('a schedule that was taken too early is a warning, which names the image and where to look', () => {
  const taken: Progress = {
    kind: 'taken-early',
    scheduleId: 7 as ScheduleId,
    image: 'REM00010' as PackageId,
  };
  assert.ok(isWarning(taken));
  const [entry] = eventsOf(taken);
  assert.match(
    entry?.line ?? '',
    /^Schedule 7 was taken .*REM00010 may get some of its updates only; see OfflineServicingMgr\.log/,
  );
});

const imageWith = (more: Partial<ImageResult>): ImageResult => ({
  image: IMAGE.image,
  state: 'scheduled',
  schedule: { scheduleId: 7 as ScheduleId, name: 'Offline servicing' },
  siteServer: IMAGE.siteServer,
  indexes: IMAGE.indexes,
  versions: IMAGE.versions,
  selection: { used: [], leftOut: [], usedThoughNotRequired: [] },
  startsAt: undefined,
  followed: undefined,
  ...more,
});
const resultWith = (...images: readonly ImageResult[]): RunResult => ({
  site: { siteCode: 'REM' as SiteCode, siteName: undefined, version: undefined },
  updateGroups: [],
  settings: { start: { kind: 'now' }, updateDistributionPoints: true, continueOnUpdateError: false },
  state: images[0]?.state ?? 'planned',
  images,
  appliedCiIds: [],
  followWarnings: [],
});

suite('one line of settings', () => {
  const lineOf = (settings: ScheduleSettings): string | undefined =>
    eventsOf({ kind: 'settings', settings })[0]?.line;

  test('says when a run starts, and what the site does afterwards and after an error', () => {
    assert.equal(
      lineOf({ start: { kind: 'now' }, updateDistributionPoints: false, continueOnUpdateError: false }),
      'Start now · distribution points: not updated · on update error: stop',
    );
    assert.equal(
      lineOf({
        start: { kind: 'moment', milliseconds: Date.UTC(2030, 5, 1, 2) },
        updateDistributionPoints: true,
        continueOnUpdateError: true,
      }),
      'Start 2030-06-01 02:00 UTC · distribution points: updated · on update error: continue',
    );
    assert.match(
      lineOf({
        start: { kind: 'site-time', minute: { year: 2030, month: 6, day: 1, hour: 2, minute: 0 } },
        updateDistributionPoints: true,
        continueOnUpdateError: true,
      }) ?? '',
      /^Start 2030-06-01 02:00 by the clock of the source site · /,
    );
  });
});

test('an exclusion without effect is a warning', () => {
  const progress: Progress = { kind: 'exclusion-without-effect', excluded: 'KB5034441' };
  assert.ok(isWarning(progress));
  assert.equal(
    spelledFor({ spell: (name) => `<${name}>`, writtenIn: 'yaml' }, eventsOf(progress)[0]?.line ?? ''),
    '<exclude-updates> has KB5034441, which matches none of the updates that were asked for',
  );
});

test('each reason to leave an update out has words of its own', () => {
  const by = usableUpdate(7);
  const noArticle = usableUpdate(7, { article: undefined });
  const texts = [
    reasonText({ need: 'not-needed', why: 'superseded', by }),
    reasonText({ need: 'not-needed', why: 'superseded-by-installed', by }),
    reasonText({ need: 'not-needed', why: 'superseded-by-installed', by: noArticle }),
    reasonText({ need: 'not-needed', why: 'not-required-sibling', by }),
    reasonText({ need: 'not-needed', why: 'not-required' }),
    reasonText({ need: 'not-wanted', why: 'excluded' }),
    ...OBSTACLES.map((why) => reasonText({ need: 'not-possible', why })),
  ];
  assert.deepEqual(texts.slice(0, 6), [
    'not needed: superseded by KB7, CI_ID 7, also selected',
    'not needed: superseded by KB7, which the image already has (CI_ID 7)',
    'not needed: superseded by CI_ID 7, which the image already has',
    'not needed: not required; of this article, CI_ID 7 is the update for the image',
    'not needed: not required on any index of the image',
    'not wanted: excluded',
  ]);
  assert.ok(texts.slice(6).every((text) => text.startsWith('not possible: ')));
  assert.equal(new Set(texts).size, texts.length);
});

suite('warnings of a run that succeeded', () => {
  const warnings = (selection: UpdateSelection, state: RunState = 'scheduled'): readonly string[] =>
    warningsOf(resultWith(imageWith({ selection, state }))).map(({ text }) => text);
  const blocked = select({
    updates: [
      usableUpdate(1, { isOfflineServiceable: false }),
      usableUpdate(2, { isExpired: true }),
      usableUpdate(3),
      usableUpdate(4, { obstacle: 'license-terms-not-accepted' }),
    ],
    excluded: [3],
  });

  test('name what stands in the way of an image that gets nothing, before all else', () => {
    assert.deepEqual(warnings(blocked, 'nothing-to-do'), [
      'Nothing is scheduled for image "Windows Server 2022" (REM00010): 2 updates cannot be used: KB1, CI_ID 1 (not serviceable offline); KB4, CI_ID 4 (license terms not accepted). Besides: 1 not needed, 1 excluded.',
    ]);
    assert.match(
      resultLines(resultWith(imageWith({ selection: blocked, state: 'nothing-to-do' })))[0] ?? '',
      /^Result: nothing to do\. 2 updates cannot be used, and no other is still needed in image/,
    );
  });

  test('are none where nothing is needed, or wanted', () => {
    const done = select({ updates: [usableUpdate(1), usableUpdate(2)], installed: [1], excluded: [2] });
    assert.deepEqual(warnings(done, 'nothing-to-do'), []);
    assert.match(
      resultLines(resultWith(imageWith({ selection: done, state: 'nothing-to-do' })))[0] ?? '',
      /^Result: nothing to do\. No update is still needed in image/,
    );
  });

  test('name what was skipped beside what is scheduled', () => {
    assert.match(
      warnings(blocked)[0] ?? '',
      /^1 update was skipped .*: license terms not accepted, content not downloaded, or not readable\./,
    );
  });

  test('tell of updates that are not required once they are half of them, but not of one of two', () => {
    const count = (all: number, notRequired: number): number => {
      const updates = Array.from({ length: all }, (_, place) => usableUpdate(place + 1));
      const notRequiredOnEveryIndex = updates.slice(0, notRequired).map(({ ciId }) => ciId);
      return warnings(select({ updates, notRequiredOnEveryIndex })).length;
    };
    assert.deepEqual([count(1, 1), count(2, 2), count(4, 2), count(3, 2)], [1, 1, 1, 1]);
    assert.deepEqual([count(1, 0), count(2, 1), count(5, 2)], [0, 0, 0]);
  });
});

suite('the last lines', () => {
  test('have one for each image, and one for all of several', () => {
    const idle = imageWith({ state: 'nothing-to-do', schedule: undefined });
    const lines = resultLines(resultWith(imageWith({}), idle, imageWith({})));
    assert.equal(lines.filter((line) => line.startsWith('Result: ')).length, 3);
    assert.equal(lines[3], '3 images: 2 scheduled, 1 with nothing to do.');
    assert.equal(resultLines(resultWith(imageWith({}))).length, 3);
  });

  test('say when a later start is', () => {
    const [line, next] = resultLines(resultWith(imageWith({ startsAt: '2030-06-01 02:00 UTC' })));
    assert.match(line ?? '', /Windows Server 2022" \(REM00010\) at 2030-06-01 02:00 UTC; 0 left out/);
    assert.match(next ?? '', /at the start that is named above/);
    assert.doesNotMatch(resultLines(resultWith(imageWith({}))).join('\n'), /named above/);
  });
});

suite('the line of the links', () => {
  const links = { kind: 'links-written', scheduleId: 7 as ScheduleId, isImageLinked: true, of: 44 } as const;
  const lineOf = (more: Partial<Extract<Progress, { kind: 'links-written' }>>): string =>
    eventsOf({ ...links, updates: 44, ...more })[0]?.line ?? '';

  test('counts what the site confirmed', () => {
    assert.equal(lineOf({}), 'Image and 44 updates linked to schedule 7');
    assert.equal(lineOf({ updates: 3 }), 'Image and 3 of 44 updates linked to schedule 7');
    assert.equal(
      lineOf({ updates: 3, isImageLinked: false }),
      '3 of 44 updates, but not the image, linked to schedule 7',
    );
  });
});
