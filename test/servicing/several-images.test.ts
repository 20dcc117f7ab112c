import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { CiId } from '../../src/site/identifiers.js';
import type { UpdateReference } from '../../src/plan/servicing-request.js';
import { warningsOf } from '../../src/verbs/service/warnings.js';
import { FAMILY_ARTICLE } from '../../src/simulator/default-families.js';
import { CONNECTIONS, SMALL_SITE } from '../site-under-test.js';
import {
  callsOf,
  LTSC,
  NEVER_EVALUATED,
  REMOTE,
  schedulesAt,
  SITE_WITH_TWO_GROUPS,
  THREE_IMAGES,
  UPGRADE,
  USABLE_UPDATES,
  WINDOWS_7,
  withImage,
  withStatuses,
} from './several-images.js';
import { refused, succeeded } from './serviced.js';
import { remainsOf, SMALL_GROUP_UPDATES } from './site-afterwards.js';

const ofCiId = (ciId: number): UpdateReference => ({ kind: 'ci-id', ciId: ciId as CiId });
const OF_FAMILY: UpdateReference = { kind: 'article', article: FAMILY_ARTICLE };
const APPLICABLE: UpdateReference = { kind: 'applicable' };
const FAMILY = SMALL_SITE.updates.filter(({ articleId }) => articleId === FAMILY_ARTICLE);

for (const { connection, skip } of CONNECTIONS) {
  suite(`several images in one run, over ${connection}`, { skip }, () => {
    test('each gets a schedule of its own with the updates of all groups, each update once', async (t) => {
      const request = { images: THREE_IMAGES, updateGroups: ['Small', 'Second'] };
      const { site, result } = await succeeded(t, request, { connection });
      assert.equal(result.state, 'scheduled');
      const schedules = schedulesAt(site);
      assert.deepEqual(
        schedules.map(({ images, updates }) => [images, updates]),
        THREE_IMAGES.map((image) => [[image], USABLE_UPDATES]),
      );
      assert.deepEqual(
        result.images.map(({ image, schedule }) => [image.packageId, schedule?.scheduleId]),
        THREE_IMAGES.map((image, place) => [image, schedules[place]?.id]),
      );
      assert.deepEqual(result.appliedCiIds, USABLE_UPDATES);
      assert.deepEqual(
        callsOf(site).map(({ PackageID, PackageType }) => [PackageID, PackageType]),
        [
          [WINDOWS_7, 257],
          [LTSC, 257],
          [UPGRADE, 259],
        ],
      );
      assert.deepEqual(
        remainsOf(site.simulator).runs.map(({ images, updates }) => [images, updates]),
        THREE_IMAGES.map(() => [1, USABLE_UPDATES.length]),
      );
      assert.equal(new Set(schedules.map(({ name }) => name)).size, 3);
    });

    test('an article stands for all its CI_IDs, and the run tells how many they are', async (t) => {
      const { site, result } = await succeeded(
        t,
        { images: [WINDOWS_7, LTSC], updateGroups: [], updates: [OF_FAMILY], unusableUpdates: 'skip' },
        { connection },
      );
      assert.ok(FAMILY.length > 3);
      assert.deepEqual(
        site.progress.filter(({ kind }) => kind === 'article-found'),
        [{ kind: 'article-found', article: `KB${FAMILY_ARTICLE}`, updates: FAMILY.length }],
      );
      const usable = FAMILY.filter(
        ({ expired, contentProvisioned, superseded }) => !expired && contentProvisioned && !superseded,
      ).map(({ ciId }) => ciId);
      for (const { updates } of schedulesAt(site)) assert.deepEqual(updates, usable);
      assert.equal(result.images[0]?.selection.leftOut.length, FAMILY.length - usable.length);
    });

    test('an image that has everything already is left alone beside one that is scheduled', async (t) => {
      const installed = SMALL_GROUP_UPDATES.map((ciId) => [ciId, 1, 2] as const);
      const description = withStatuses(SITE_WITH_TWO_GROUPS, LTSC, installed);
      const { site, result } = await succeeded(t, { images: [LTSC, WINDOWS_7] }, { connection, description });
      assert.equal(result.state, 'scheduled');
      assert.deepEqual(
        result.images.map(({ image, state, schedule }) => [image.packageId, state, schedule !== undefined]),
        [
          [LTSC, 'nothing-to-do', false],
          [WINDOWS_7, 'scheduled', true],
        ],
      );
      assert.deepEqual(
        schedulesAt(site).map(({ images }) => images),
        [[WINDOWS_7]],
      );
      assert.deepEqual(
        callsOf(site).map(({ PackageID }) => PackageID),
        [WINDOWS_7],
      );
    });

    test('what is applicable is asked for each image by itself', async (t) => {
      const [first = 0, second = 0, third = 0] = USABLE_UPDATES;
      const description = withStatuses(
        withStatuses(SITE_WITH_TWO_GROUPS, WINDOWS_7, [
          [first, 1, 3],
          [second, 1, 1],
        ]),
        UPGRADE,
        [
          [second, 1, 3],
          [third, 1, 2],
          [third, 2, 3],
        ],
      );
      const { site, result } = await succeeded(
        t,
        { images: [WINDOWS_7, UPGRADE], updateGroups: [], updates: [APPLICABLE] },
        { connection, description },
      );
      assert.equal(result.state, 'scheduled');
      assert.deepEqual(
        schedulesAt(site).map(({ images, updates }) => [images, updates]),
        [
          [[WINDOWS_7], [first]],
          [[UPGRADE], [second, third]],
        ],
      );
      assert.deepEqual(
        site.progress.flatMap((step) =>
          step.kind === 'applicable-found' ? [[step.image.packageId, step.updates]] : [],
        ),
        [
          [WINDOWS_7, 1],
          [UPGRADE, 2],
        ],
      );
    });

    test('an image of another site goes to the server of that site, and the run says so', async (t) => {
      const { site, result } = await succeeded(t, { images: [WINDOWS_7, REMOTE] }, { connection });
      assert.equal(result.state, 'scheduled');
      assert.deepEqual(
        callsOf(site).map(({ PackageID, SiteCode, ServerName }) => [PackageID, SiteCode, ServerName]),
        [
          [WINDOWS_7, 'LAB', 'cm01.lab.example'],
          [REMOTE, 'REM', 'cm02.remote.lab.example'],
        ],
      );
      assert.deepEqual(
        site.progress.flatMap((step) =>
          step.kind === 'image-found' ? [[step.image.packageId, step.siteServer]] : [],
        ),
        [
          [WINDOWS_7, 'cm01.lab.example'],
          [REMOTE, 'cm02.remote.lab.example'],
        ],
      );
      assert.deepEqual(
        site.progress.flatMap((step) =>
          step.kind === 'image-of-other-site'
            ? [[step.image.packageId, step.siteServer, step.providerSite]]
            : [],
        ),
        [[REMOTE, 'cm02.remote.lab.example', 'LAB']],
      );
    });
  });
}

suite('what is asked for twice is done once', () => {
  test('an image by its name and its ID, a group likewise, an update of a group by its CI_ID', async (t) => {
    const [first = 0, last = 0] = [USABLE_UPDATES[0], USABLE_UPDATES[5]];
    const { site, result } = await succeeded(t, {
      images: ['Windows 7 Enterprise', 'lab00010', 'windows 7 enterprise'],
      updateGroups: ['Small', '17000001', 'SMALL'],
      updates: [ofCiId(first), ofCiId(last), ofCiId(last)],
    });
    assert.equal(result.images.length, 1);
    assert.equal(result.updateGroups.length, 1);
    assert.deepEqual(
      schedulesAt(site).map(({ images, updates }) => [images, updates]),
      [[[WINDOWS_7], [...SMALL_GROUP_UPDATES, last]]],
    );
  });
});

suite('what speaks against one of several images', () => {
  const codes = (all: readonly { readonly code: string }[]): readonly string[] => all.map(({ code }) => code);

  test('two of one file, however its path is written', async (t) => {
    const { problems } = await refused(t, { images: ['LAB00013', 'LAB00014'] });
    assert.deepEqual(codes(problems), ['OS214']);
    const path = SMALL_SITE.images.find(({ packageId }) => packageId === WINDOWS_7)?.sourcePath ?? '';
    for (const other of [path.toUpperCase(), path.replaceAll('\\', '/'), `${path}\\`]) {
      const shared = withImage(SITE_WITH_TWO_GROUPS, LTSC, { sourcePath: other });
      const request = { images: [WINDOWS_7, REMOTE, LTSC] } as const;
      const { error } = await refused(t, request, { description: shared });
      assert.equal(error.code, 'OS214', other);
      assert.match(error.what, /LAB00010 and LAB00012/);
      assert.doesNotMatch(error.what, /REM00010/);
    }
  });

  test('an upgrade package, and an image of the file inside it', async (t) => {
    const folder = SMALL_SITE.images.find(({ packageId }) => packageId === UPGRADE)?.sourcePath ?? '';
    const sourcePath = `${folder}\\sources\\install.wim`;
    const inside = withImage(SITE_WITH_TWO_GROUPS, LTSC, { sourcePath });
    const { error } = await refused(t, { images: [LTSC, UPGRADE] }, { description: inside });
    assert.equal(error.code, 'OS214');
    // A folder beside it that only begins with the same letters is another one.
    const beside = withImage(SITE_WITH_TWO_GROUPS, LTSC, { sourcePath: `${folder}-other\\install.wim` });
    const request = { images: [LTSC, UPGRADE], dryRun: true } as const;
    const { result } = await succeeded(t, request, { description: beside });
    assert.equal(result.state, 'planned');
  });

  test('one that the site is changing', async (t) => {
    const { error, problems } = await refused(t, { images: [WINDOWS_7, 'LAB00019'] });
    assert.deepEqual(codes(problems), ['OS215']);
    assert.match(error.what, /LAB00019.*ActionInProgress is 1 \(update\)/);
    for (const [action, words] of [
      [2, /2 \(add\)/],
      [3, /3 \(delete\)/],
      [9, /9 \(unknown\)/],
    ] as const) {
      const description = withImage(SITE_WITH_TWO_GROUPS, UPGRADE, { actionInProgress: action });
      const changing = await refused(t, { images: [UPGRADE] }, { description });
      assert.match(changing.error.what, words);
    }
  });

  test('one server is named, and the images are of several sites', async (t) => {
    const { error, problems } = await refused(t, {
      images: [WINDOWS_7, REMOTE],
      siteServer: 'cm01.lab.example',
    });
    assert.deepEqual(codes(problems), ['OS218']);
    assert.match(error.what, /cm01\.lab\.example.*LAB, REM/);
  });

  test('one server is named for two images of one site: both are serviced by it', async (t) => {
    const { result } = await succeeded(t, {
      images: [WINDOWS_7, 'LAB00011'],
      siteServer: 'cm07.lab.example',
      dryRun: true,
    });
    assert.deepEqual(
      result.images.map(({ siteServer }) => siteServer),
      ['cm07.lab.example', 'cm07.lab.example'],
    );
  });

  test('what is applicable is asked for, and the site never looked into one of them', async (t) => {
    const { error, problems } = await refused(t, {
      images: [WINDOWS_7, NEVER_EVALUATED],
      updateGroups: [],
      updates: [APPLICABLE],
    });
    assert.deepEqual(codes(problems), ['OS213']);
    assert.match(error.what, new RegExp(NEVER_EVALUATED));
    // With another group beside it is the same: half of what was asked for is not known.
    const beside = await refused(t, { images: [NEVER_EVALUATED], updates: [APPLICABLE] });
    assert.deepEqual(codes(beside.problems), ['OS213']);
  });

  test('a CI_ID that a schedule cannot hold, wherever it comes from', async (t) => {
    const large = 3_000_000_000;
    const updates = [
      ...SMALL_SITE.updates,
      ...FAMILY.slice(0, 1).map((update) => ({ ...update, ciId: large, articleId: '7777777' })),
    ];
    const description = { ...SITE_WITH_TWO_GROUPS, updates };
    const references: readonly UpdateReference[] = [ofCiId(large), { kind: 'article', article: '7777777' }];
    for (const reference of references) {
      const { error } = await refused(t, { updates: [reference] }, { description });
      assert.equal(error.code, 'OS209', reference.kind);
      assert.match(error.what, /3000000000/);
    }
  });

  test('names: all that mean nothing or several things, of all inputs at once', async (t) => {
    const { problems: all } = await refused(t, {
      images: ['No such image', WINDOWS_7, 'Windows 10 Pilot', 'LAB0FFFF'],
      updateGroups: ['No such group', 'Monthly rollups', 'Small'],
      updates: [
        { kind: 'article', article: '1' },
        { kind: 'article', article: '2' },
      ],
    });
    assert.deepEqual(codes(all), ['OS202', 'OS202', 'OS203', 'OS204', 'OS205', 'OS212']);
    assert.match(all.at(-1)?.what ?? '', /KB1, KB2/);
  });

  test('images, groups and options: all of it at once', async (t) => {
    const description = withImage(SITE_WITH_TWO_GROUPS, REMOTE, { actionInProgress: 3 });
    const { problems: all } = await refused(
      t,
      {
        images: ['LAB00013', 'LAB00014', 'LAB00019', REMOTE, 'LAB00015', NEVER_EVALUATED],
        siteServer: 'cm01.lab.example',
        updateGroups: ['Empty'],
        updates: [APPLICABLE, ofCiId(4_000_000_000)],
        start: { kind: 'site-time', minute: { year: 2001, month: 1, day: 1, hour: 1, minute: 1 } },
        removeSupersededUpdates: true,
      },
      { description },
    );
    assert.deepEqual(codes(all), [
      'OS218',
      'OS215',
      'OS215',
      'OS214',
      'OS213',
      // Once for each of the two source sites.
      'OS217',
      'OS217',
      'OS206',
      'OS209',
      'OS216',
      ...Array.from({ length: 6 }, () => 'OS207'),
    ]);
  });

  test('updates: what cannot be used is told for each image', async (t) => {
    const [first = 0] = USABLE_UPDATES;
    const updates = SMALL_SITE.updates.map((update) =>
      update.ciId === first ? { ...update, contentProvisioned: false } : update,
    );
    const { problems: all } = await refused(
      t,
      { images: THREE_IMAGES },
      { description: withStatuses({ ...SITE_WITH_TWO_GROUPS, updates }, LTSC, [[first, 1, 2]]) },
    );
    // The second image has the update already, so that nothing speaks against it.
    assert.deepEqual(
      all.map(({ code, what }) => [code, /\((LAB[0-9A-F]{5})\)/.exec(what)?.[1]]),
      [
        ['OS207', WINDOWS_7],
        ['OS207', UPGRADE],
      ],
    );
  });
});

test('an image that can use no update keeps no other one from its schedule', async (t) => {
  const [first = 0] = USABLE_UPDATES;
  const updates = SMALL_SITE.updates.map((update) =>
    update.ciId === first ? { ...update, offlineServiceable: false } : update,
  );
  const description = withStatuses(
    { ...SITE_WITH_TWO_GROUPS, updates },
    LTSC,
    SMALL_GROUP_UPDATES.slice(1).map((ciId) => [ciId, 1, 2] as const),
  );
  const { site, result } = await succeeded(t, { images: [WINDOWS_7, LTSC] }, { description });
  assert.deepEqual(
    result.images.map(({ image, state }) => [image.packageId, state]),
    [
      [WINDOWS_7, 'scheduled'],
      [LTSC, 'nothing-to-do'],
    ],
  );
  assert.deepEqual(
    schedulesAt(site).map(({ images }) => images),
    [[WINDOWS_7]],
  );
  const article = updates.find(({ ciId }) => ciId === first)?.articleId;
  const warnings = warningsOf(result).map(({ text }) => text);
  assert.deepEqual(warnings, [
    `Nothing is scheduled for image "Windows 10 Enterprise LTSC 2021" (${LTSC}): 1 update cannot be used: KB${article}, CI_ID ${first} (not serviceable offline). Besides: 3 not needed.`,
  ]);
});
