import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { entriesOf } from '../../src/report/log-lines.js';
import { resultLines } from '../../src/report/result-lines.js';
import { isWarning } from '../../src/report/warnings.js';
import type { Progress } from '../../src/servicing/progress.js';
import type { ImageResult, RunResult } from '../../src/servicing/run-result.js';
import type { PackageId, ScheduleId, SiteCode } from '../../src/site/identifiers.js';

type ImageFound = Extract<Progress, { readonly kind: 'image-found' }>;

const IMAGE: ImageFound = {
  kind: 'image-found',
  image: {
    class: 'SMS_OperatingSystemInstallPackage',
    packageId: 'REM00010' as PackageId,
    name: 'Windows 11',
    version: '2.0',
    sourcePath: '\\\\cm02\\share\\install.wim',
    sourceSite: 'REM' as SiteCode,
  },
  siteServer: 'cm02.remote.example',
  indexes: new Set([3, 1]),
  otherSite: undefined,
};

suite('the lines of an image', () => {
  test('are one, with what else is known of it folded below', () => {
    assert.deepEqual(entriesOf(IMAGE), [
      {
        line: 'Image "Windows 11" (REM00010, OS upgrade package): site server cm02.remote.example is to service it',
        details: [
          'Version 2.0',
          'Source \\\\cm02\\share\\install.wim',
          'Source site REM',
          'Operating systems in the image: index 1, 3',
        ],
      },
    ]);
  });

  test('say openly what makes a difference: indexes that cannot be read, a provider of another site', () => {
    const entries = entriesOf({ ...IMAGE, indexes: undefined, otherSite: 'LAB' });
    const [, indexes, site, ...others] = entries.map(({ line }) => line);
    assert.match(indexes ?? '', /^The indexes of image REM00010 cannot be read: .* the site decides itself$/);
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
  const [entry] = entriesOf(taken);
  assert.match(
    entry?.line ?? '',
    /^Schedule 7 was taken .*REM00010 may get some of its updates only; see OfflineServicingMgr\.log/,
  );
});

suite('the last lines', () => {
  const imageWith = (more: Partial<ImageResult>): ImageResult => ({
    image: IMAGE.image,
    state: 'scheduled',
    schedule: { scheduleId: 7 as ScheduleId, name: 'Offline servicing' },
    siteServer: IMAGE.siteServer,
    indexes: IMAGE.indexes,
    selection: { used: [], leftOut: [], usedThoughNotRequired: [] },
    startsAt: undefined,
    ...more,
  });
  const resultWith = (...images: readonly ImageResult[]): RunResult => ({
    site: { siteCode: 'REM' as SiteCode, siteName: undefined, version: undefined },
    updateGroups: [],
    settings: { start: { kind: 'now' }, updateDistributionPoints: true, continueOnUpdateError: false },
    state: images[0]?.state ?? 'planned',
    images,
    appliedCiIds: [],
  });

  test('have one for each image, and one for all of several', () => {
    const idle = imageWith({ state: 'nothing-to-do', schedule: undefined });
    const lines = resultLines(resultWith(imageWith({}), idle, imageWith({})));
    assert.equal(lines.filter((line) => line.startsWith('Result: ')).length, 3);
    assert.equal(lines[3], '3 images: 2 scheduled, 1 with nothing to do.');
    assert.equal(resultLines(resultWith(imageWith({}))).length, 3);
  });

  test('say when a later start is', () => {
    const [line, next] = resultLines(resultWith(imageWith({ startsAt: '2030-06-01 02:00 UTC' })));
    assert.match(line ?? '', /Windows 11" \(REM00010\) at 2030-06-01 02:00 UTC; 0 left out/);
    assert.match(next ?? '', /at the start that is named above/);
    assert.doesNotMatch(resultLines(resultWith(imageWith({}))).join('\n'), /named above/);
  });
});
