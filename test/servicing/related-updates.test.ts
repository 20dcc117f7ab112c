import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { ReadDetails, ReadImage } from '../../src/plan/read-details.js';
import { selectForImages } from '../../src/plan/select-for-images.js';
import type { ImageSelection } from '../../src/plan/image-selection.js';
import type { ServicingRequest } from '../../src/plan/servicing-request.js';
import type { CiId } from '../../src/site/identifiers.js';
import { imageVersions } from '../../src/site/image-versions.js';
import type { SeenState, UpdateOnIndex } from '../../src/site/image-update-status.js';
import type { SoftwareUpdate } from '../../src/site/software-update.js';
import { fatesOf, usableUpdate } from './selection-under-test.js';
import { REQUEST } from './site-afterwards.js';
import { intended, SiteInMemory } from './site-in-memory.js';

const RELATION = 'SMS_CIRelation';
const STATUS = 'SMS_ImageUpdateStatus';
const UPDATE = 'SMS_SoftwareUpdate';

/** Months of 2024, so that an update is the older the lower its number is. */
const dated = (ciId: number, change: Partial<SoftwareUpdate> = {}): SoftwareUpdate =>
  usableUpdate(ciId, { datePosted: Date.UTC(2024, ciId), isSuperseded: true, ...change });

const NUMBERS: Readonly<Record<Exclude<SeenState, 'other'>, number>> = {
  'not-required': 1,
  installed: 2,
  applicable: 3,
};

/** A site that knows of these updates, with a chain of supersedence through them, and what it saw in images. */
function siteWith(
  updates: readonly SoftwareUpdate[],
  seen: readonly (readonly [
    image: number,
    ciId: number,
    index: number,
    state: Exclude<SeenState, 'other'>,
  ])[] = [],
): SiteInMemory {
  const site = new SiteInMemory();
  for (const each of updates) {
    site.rows(UPDATE).push({
      CI_ID: each.ciId,
      ArticleID: each.article?.slice(2) ?? null,
      LocalizedDisplayName: 'x',
      IsExpired: each.isExpired,
      IsOfflineServiceable: each.isOfflineServiceable,
      IsContentProvisioned: each.isContentProvisioned,
      IsSuperseded: each.isSuperseded,
      DatePosted: new Date(each.datePosted ?? 0).toISOString(),
    });
  }
  for (const [place, each] of updates.entries()) {
    const next = updates[place + 1];
    if (next !== undefined)
      site.rows(RELATION).push({ FromCIID: next.ciId, ToCIID: each.ciId, RelationType: 6 });
  }
  for (const [image, UpdateID, ImageIndex, state] of seen)
    site
      .rows(STATUS)
      .push({ ImagePackageID: `LAB0000${image}`, UpdateID, ImageIndex, UpdateStatus: NUMBERS[state] });
  return site;
}

function image(place: number, ciIds: readonly number[], change: Partial<ReadImage> = {}): ReadImage {
  const indexes = new Set([1, 2]);
  return {
    image: intended(place).image,
    siteServer: 'cm01.lab.example',
    wordsOfServer: '',
    indexes,
    versions: imageVersions(indexes, [], undefined),
    actionInProgress: 0,
    start: { kind: 'now' },
    zone: undefined,
    ciIds: ciIds.map((ciId) => ciId as CiId),
    statuses: [],
    applicable: undefined,
    isWithoutStatus: false,
    ...change,
  };
}

async function fates(
  site: SiteInMemory,
  images: readonly ReadImage[],
  updates: readonly SoftwareUpdate[],
  request: Partial<ServicingRequest> = {},
): Promise<readonly Readonly<Record<number, string>>[]> {
  const details: ReadDetails = {
    images,
    updates: new Map(updates.map((update) => [update.ciId, update])),
    cleanup: undefined,
    scheduleLinks: [],
  };
  const all: readonly ImageSelection[] = await selectForImages(
    site.access,
    { ...REQUEST, ...request },
    details,
  );
  assert.deepEqual(
    site.told('selected').map((told) => told.image),
    images.map((each) => each.image),
  );
  return all.map(({ selection }) => fatesOf(selection));
}

function status(ciId: number, imageIndex: number, state: SeenState, place = 1): UpdateOnIndex {
  return { packageId: intended(place).image.packageId, updateId: ciId as CiId, imageIndex, state };
}

suite('what the site is asked about supersedence', () => {
  const CHAIN = [dated(1), dated(2), dated(3, { isSuperseded: false })] as const;
  const [january, february, march] = CHAIN;
  const marchIn = [1, 2].map((index) => [1, 3, index, 'installed'] as const);

  test('leads to what the image has, across updates that nobody asked for', async () => {
    const site = siteWith(CHAIN, marchIn);
    assert.deepEqual(await fates(site, [image(1, [1])], [january]), [{ 1: 'superseded-by-installed 3' }]);
    assert.deepEqual(site.batches, [
      [`query ${RELATION}`, `query ${RELATION}`],
      [`query ${UPDATE}`, `query ${RELATION}`, `query ${RELATION}`, `query ${STATUS}`],
      [`query ${UPDATE}`, `query ${RELATION}`, `query ${RELATION}`],
    ]);
  });

  test('leads there whichever way the relations are written', async () => {
    const site = siteWith(CHAIN, marchIn);
    for (const row of site.rows(RELATION))
      [row['FromCIID'], row['ToCIID']] = [row['ToCIID'] ?? 0, row['FromCIID'] ?? 0];
    assert.deepEqual(await fates(site, [image(1, [1])], [january]), [{ 1: 'superseded-by-installed 3' }]);
  });

  test('stops to follow the chains of an image that has nothing beside what was asked for', async () => {
    const others = [dated(11), dated(12), dated(13, { isSuperseded: false })] as const;
    const site = siteWith(
      [...CHAIN, ...others],
      [
        ...marchIn,
        ...[1, 2].map((index) => [2, 11, index, 'applicable'] as const),
        [2, 99, 1, 'applicable'],
        [2, 11, 1, 'installed'],
      ],
    );
    // Two chains.
    site.tables.set(
      RELATION,
      site.rows(RELATION).filter(({ ToCIID }) => ToCIID !== 3),
    );
    const asked: unknown[] = [];
    site.fate = (operation) => {
      if (operation.verb === 'query' && operation.class === UPDATE)
        asked.push(operation.where.map((each) => ('oneOf' in each ? each.oneOf : [])));
      return undefined;
    };
    assert.deepEqual(await fates(site, [image(1, [1]), image(2, [11])], [january, others[0]]), [
      { 1: 'superseded-by-installed 3' },
      { 11: 'used' },
    ]);
    assert.deepEqual(asked, [[[2, 12]], [[3]]]);
  });

  test('is judged with what is known of one index: installed there is not the same as not required', async () => {
    const statuses = [status(3, 1, 'installed')];
    const site = siteWith([january, march]);
    assert.deepEqual(await fates(site, [image(1, [1, 3], { statuses })], [january, march]), [
      { 1: 'superseded 3', 3: 'used' },
    ]);
  });

  test('is not enough where the image has the newer one on one index only, or its indexes are not known', async () => {
    const one = siteWith(CHAIN, marchIn.slice(0, 1));
    assert.deepEqual(await fates(one, [image(1, [1])], [january]), [{ 1: 'used' }]);
    const unknown = siteWith(CHAIN, marchIn);
    assert.deepEqual(await fates(unknown, [image(1, [1], { indexes: undefined })], [january]), [
      { 1: 'used' },
    ]);
    assert.equal(unknown.batches.length, 1);
  });

  test('is nothing where none of the updates is superseded, or superseded ones are wanted', async () => {
    const none = siteWith(CHAIN, marchIn);
    assert.deepEqual(await fates(none, [image(1, [3])], [march]), [{ 3: 'used' }]);
    const wanted = siteWith(CHAIN, marchIn);
    const include = { supersededUpdates: 'include' } as const;
    assert.deepEqual(await fates(wanted, [image(1, [1])], [january], include), [{ 1: 'used' }]);
    assert.deepEqual([none.batches.flat(), wanted.batches.flat()], [[], []]);
  });

  test('is nothing where the superseded ones are not needed anyway', async () => {
    const site = siteWith(CHAIN, marchIn);
    const expired = dated(1, { isExpired: true });
    assert.deepEqual(await fates(site, [image(1, [1, 3])], [expired, march]), [{ 1: 'expired', 3: 'used' }]);
    assert.deepEqual(site.batches.flat(), []);
  });

  test('is asked for one that cannot be used, too: what the image has must not fail the run', async () => {
    const missing = dated(1, { isContentProvisioned: false });
    const site = siteWith([missing, february, march], marchIn);
    assert.deepEqual(await fates(site, [image(1, [1])], [missing]), [{ 1: 'superseded-by-installed 3' }]);
  });

  test('is the relations only, where what the image has is scheduled again', async () => {
    const site = siteWith(CHAIN, marchIn);
    const include = { alreadyInstalled: 'include' } as const;
    assert.deepEqual(await fates(site, [image(1, [1])], [january], include), [{ 1: 'used' }]);
    assert.deepEqual(site.batches, [[`query ${RELATION}`, `query ${RELATION}`]]);
  });

  test('ends where no image has anything beside what was asked for', async () => {
    const site = siteWith(CHAIN, [
      [1, 1, 1, 'installed'],
      [2, 3, 1, 'installed'],
    ]);
    assert.deepEqual(await fates(site, [image(1, [1])], [january]), [{ 1: 'used' }]);
    assert.equal(site.batches.length, 2);
  });

  test('goes on for the images that have something, and keeps the statuses of each image apart', async () => {
    const site = siteWith(CHAIN, marchIn);
    assert.deepEqual(await fates(site, [image(1, [1]), image(2, [1])], [january]), [
      { 1: 'superseded-by-installed 3' },
      { 1: 'used' },
    ]);
  });

  test('is nothing more once everything above was read', async () => {
    const site = siteWith([january, february], [[1, 99, 1, 'installed']]);
    assert.deepEqual(await fates(site, [image(1, [1, 2])], [january, february]), [
      { 1: 'superseded 2', 2: 'used' },
    ]);
    const relations = site.batches.flat().filter((each) => each === `query ${RELATION}`).length;
    assert.equal(relations, 2);
  });

  test('follows a chain that is long, and gives up on one that has no end', async () => {
    const chainOf = (length: number): readonly SoftwareUpdate[] =>
      Array.from({ length }, (_, place) => dated(place + 1, { isSuperseded: place + 1 < length }));
    const endIn = (end: number): SiteInMemory =>
      siteWith(
        chainOf(end),
        [1, 2].map((index) => [1, end, index, 'installed']),
      );
    const reach = async (end: number): Promise<string | undefined> =>
      (await fates(endIn(end), [image(1, [1])], chainOf(end).slice(0, 1)))[0]?.[1];
    assert.equal(await reach(37), 'superseded-by-installed 37');
    assert.equal(await reach(38), 'used');
  });
});

suite('what the site is asked about siblings of one article', () => {
  const x64 = usableUpdate(1, { article: 'KB5' });
  const arm = usableUpdate(2, { article: 'KB5' });
  const other = usableUpdate(3);
  const notRequired = [1, 2].map((index) => status(2, index, 'not-required'));

  test('is which of them concerns the image', async () => {
    const site = siteWith(
      [],
      [
        [1, 1, 1, 'applicable'],
        [2, 2, 1, 'applicable'],
      ],
    );
    const one = image(1, [1, 2, 3], { statuses: notRequired });
    assert.deepEqual(await fates(site, [one], [x64, arm, other]), [
      { 1: 'used', 2: 'not-required-sibling 1', 3: 'used' },
    ]);
    assert.deepEqual(site.batches, [[`query ${STATUS}`]]);
    assert.deepEqual(await fates(siteWith([], [[1, 1, 2, 'installed']]), [one], [x64, arm]), [
      { 1: 'used', 2: 'not-required-sibling 1', 3: 'not-readable' },
    ]);
  });

  test('is nothing where none of several is held as not required, or all are', async () => {
    for (const statuses of [
      [],
      [status(3, 1, 'not-required')],
      [status(2, 1, 'installed'), status(2, 2, 'installed')],
      [1, 2].flatMap((ciId) => [1, 2].map((index) => status(ciId, index, 'not-required'))),
    ]) {
      const site = siteWith([], [[1, 1, 1, 'applicable']]);
      await fates(site, [image(1, [1, 2, 3], { statuses })], [x64, arm, other]);
      assert.deepEqual(site.batches.flat(), [], JSON.stringify(statuses));
    }
  });

  test('asks for the siblings and the images concerned, and no other', async () => {
    const site = siteWith([]);
    const where: unknown[] = [];
    site.fate = (operation) => {
      if (operation.verb === 'query')
        where.push(operation.where.map((each) => ('oneOf' in each ? each.oneOf : [])));
      return undefined;
    };
    const large = usableUpdate(2_147_483_648, { article: 'KB5' });
    const largest = usableUpdate(2_147_483_647, { article: 'KB5' });
    const statuses = notRequired;
    const images = [
      image(1, [1, 2, 3, 2_147_483_647, 2_147_483_648], { statuses }),
      image(2, [1, 3]),
      image(3, [1, 2], { statuses: [status(2, 1, 'not-required', 3)] }),
    ];
    await fates(site, images, [x64, arm, other, large, largest]);
    assert.deepEqual(where, [
      [
        ['LAB00001', 'LAB00003'],
        [3, 2, 5],
        [1, 2_147_483_647],
      ],
    ]);
  });
});

suite('what is excluded', () => {
  test('is each update of an article, or one, and an entry that means none is told', async () => {
    const site = siteWith([]);
    const updates = [
      usableUpdate(1, { article: 'KB5' }),
      usableUpdate(2, { article: 'KB5' }),
      usableUpdate(3),
      usableUpdate(4),
    ];
    const excludeUpdates = [
      { kind: 'article', article: '5' },
      { kind: 'ci-id', ciId: 3 as CiId },
      { kind: 'article', article: '77' },
      { kind: 'ci-id', ciId: 88 as CiId },
    ] as ServicingRequest['excludeUpdates'];
    const images = [image(1, [1, 2, 4]), image(2, [3, 4])];
    assert.deepEqual(await fates(site, images, updates, { excludeUpdates }), [
      { 1: 'excluded', 2: 'excluded', 4: 'used' },
      { 3: 'excluded', 4: 'used' },
    ]);
    assert.deepEqual(
      site.told('exclusion-without-effect').map(({ excluded }) => excluded),
      ['KB77', 'CI_ID 88'],
    );
  });
});
