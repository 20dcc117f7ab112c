import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { entriesOf } from '../../src/report/log-lines.js';
import { resultLines } from '../../src/report/result-lines.js';
import { isWarning } from '../../src/report/warnings.js';
import type { Progress } from '../../src/servicing/progress.js';
import type { ImageResult, RunResult } from '../../src/servicing/run-result.js';
import type { PackageId, ScheduleId, SiteCode } from '../../src/site/identifiers.js';
import { imageVersions } from '../../src/site/image-versions.js';
import { osVersionIn } from '../../src/site/os-version.js';

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
    assert.deepEqual(entriesOf(IMAGE), [
      {
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
    const entries = entriesOf({ ...IMAGE, indexes: undefined });
    const [, indexes, ...others] = entries.map(({ line }) => line);
    assert.match(indexes ?? '', /^The indexes of image REM00010 cannot be read: .* the site decides itself$/);
    assert.deepEqual(others, []);
  });

  test('warn of a provider of another site', () => {
    const { image, siteServer } = IMAGE;
    const told = { kind: 'image-of-other-site', image, siteServer, providerSite: 'LAB' } as const;
    assert.ok(isWarning(told));
    const [site, ...others] = entriesOf(told).map(({ line }) => line);
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
    versions: IMAGE.versions,
    selection: { used: [], leftOut: [] },
    startsAt: undefined,
    ...more,
  });
  const resultWith = (...images: readonly ImageResult[]): RunResult => ({
    site: { siteCode: 'REM' as SiteCode, siteName: undefined, version: undefined },
    updateGroups: [],
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
    assert.match(line ?? '', /Windows Server 2022" \(REM00010\) at 2030-06-01 02:00 UTC; 0 left out/);
    assert.match(next ?? '', /at the start that is named above/);
    assert.doesNotMatch(resultLines(resultWith(imageWith({}))).join('\n'), /named above/);
  });
});

suite('the line of the links', () => {
  const links = { kind: 'links-written', scheduleId: 7 as ScheduleId, isImageLinked: true, of: 44 } as const;
  const lineOf = (more: Partial<Extract<Progress, { kind: 'links-written' }>>): string =>
    entriesOf({ ...links, updates: 44, ...more })[0]?.line ?? '';

  test('counts what the site confirmed', () => {
    assert.equal(lineOf({}), 'Image and 44 updates linked to schedule 7');
    assert.equal(lineOf({ updates: 3 }), 'Image and 3 of 44 updates linked to schedule 7');
    assert.equal(
      lineOf({ updates: 3, isImageLinked: false }),
      '3 of 44 updates, but not the image, linked to schedule 7',
    );
  });
});
