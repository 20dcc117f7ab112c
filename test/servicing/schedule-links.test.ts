import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { nameOperation, type Operation } from '../../src/provider/port.js';
import type { CiId, PackageId } from '../../src/site/identifiers.js';
import {
  IMAGE_LINK,
  inWriting,
  intended,
  SCHEDULE,
  SiteInMemory,
  UPDATE_LINK,
  writeTo,
  type Fate,
} from './site-in-memory.js';

const isLink = (operation: Operation): boolean => operation.verb === 'create' && operation.class !== SCHEDULE;
const isLinkTo = (operation: Operation, update: number): boolean =>
  operation.verb === 'create' && operation.properties['UpdateID']?.value === update;

function siteWith(fate: (operation: Operation, batch: number) => Fate): SiteInMemory {
  const site = new SiteInMemory();
  site.fate = fate;
  return site;
}

suite('links', () => {
  test('are written, read back and looked at in one batch, where the batch shows them', async () => {
    const site = new SiteInMemory();
    const schedules = inWriting(intended(1), intended(2, { updates: [21 as CiId] }));
    assert.equal((await writeTo(site, schedules)).error, undefined);
    assert.deepEqual(site.batches, [
      [`create ${SCHEDULE}`, `create ${SCHEDULE}`],
      [
        ...[IMAGE_LINK, UPDATE_LINK, UPDATE_LINK, IMAGE_LINK, UPDATE_LINK].map((each) => `create ${each}`),
        ...[101, 102].map((id) => `read ${SCHEDULE}(${id})`),
        ...[IMAGE_LINK, UPDATE_LINK, SCHEDULE, IMAGE_LINK].map((each) => `query ${each}`),
      ],
      [101, 102].flatMap((id) => [
        `update ${SCHEDULE}(${id})`,
        'call SMS_ImagePackage.RunOfflineServicingManager',
      ]),
    ]);
    assert.deepEqual(site.sleeps, []);
    assert.deepEqual(site.told('links-written'), [
      { kind: 'links-written', scheduleId: 101, isImageLinked: true, updates: 2, of: 2 },
      { kind: 'links-written', scheduleId: 102, isImageLinked: true, updates: 1, of: 1 },
    ]);
    for (const { linksSent, isWhole, startSent, mayHaveUnknown } of schedules)
      assert.deepEqual([linksSent, isWhole, startSent, mayHaveUnknown], [true, true, true, false]);
  });

  test('are looked at later, where the batch does not show them', async () => {
    const site = new SiteInMemory();
    site.readsOwnWrites = false;
    assert.equal((await writeTo(site)).error, undefined);
    assert.deepEqual(
      site.batches.map(({ length }) => length),
      [1, 3, 5, 2],
    );
    assert.deepEqual(site.sleeps, [2_500]);
    assert.deepEqual(site.told('looking-up'), [
      { kind: 'looking-up', what: 'the 2 linked updates', seconds: 3 },
    ]);
  });

  test('that show late are waited for, with longer and longer pauses, and no longer than they can be invisible', async () => {
    const site = siteWith((operation) =>
      operation.verb === 'query' && operation.class === UPDATE_LINK && site.now < LATE
        ? 'swallowed'
        : undefined,
    );
    const LATE = site.now + 12_000;
    assert.equal((await writeTo(site)).error, undefined);
    assert.deepEqual(site.sleeps, [2_500, 3_750, 5_625, 125]);
  });

  test('that were lost are sent again, and no others', async () => {
    const site = siteWith((operation, batch) =>
      batch === 2 && (isLinkTo(operation, 12) || operation.class === IMAGE_LINK) && isLink(operation)
        ? 'unsent'
        : undefined,
    );
    assert.equal((await writeTo(site)).error, undefined);
    const sent = site.batches.map((batch) =>
      batch.filter((each) => each.startsWith('create SMS_ImageServicingScheduled')),
    );
    assert.deepEqual(
      sent.filter(({ length }) => length > 0),
      [
        [`create ${IMAGE_LINK}`, `create ${UPDATE_LINK}`, `create ${UPDATE_LINK}`],
        [`create ${IMAGE_LINK}`, `create ${UPDATE_LINK}`],
      ],
    );
    assert.deepEqual(site.counts, [1, 1, 2]);
    assert.deepEqual(site.told('links-written'), [
      { kind: 'links-written', scheduleId: 101, isImageLinked: false, updates: 1, of: 2 },
    ]);
  });

  test('of the image only are told too, and none where none was confirmed', async () => {
    const image = siteWith((operation, batch) =>
      batch === 2 && isLink(operation) && operation.class === UPDATE_LINK ? 'lost' : undefined,
    );
    await writeTo(image);
    assert.deepEqual(image.told('links-written'), [
      { kind: 'links-written', scheduleId: 101, isImageLinked: true, updates: 0, of: 2 },
    ]);
    const none = siteWith((operation, batch) => (batch === 2 && isLink(operation) ? 'lost' : undefined));
    assert.equal((await writeTo(none)).error, undefined);
    assert.deepEqual(none.told('links-written'), []);
  });

  test('that stay lost end the run after three tries, with the reason of the last', async () => {
    const site = siteWith((operation) => (isLinkTo(operation, 12) ? 'unsent' : undefined));
    const { error } = await writeTo(site);
    assert.equal(error?.what, `No to create ${UPDATE_LINK}.`);
    assert.equal(site.batches.flat().filter((each) => each === `create ${UPDATE_LINK}`).length, 2 + 1 + 1);
  });

  test('of which one is lost and one never shows end the run with the reason of the lost one', async () => {
    const site = siteWith((operation) =>
      isLinkTo(operation, 11) ? 'swallowed' : isLinkTo(operation, 12) ? 'unsent' : undefined,
    );
    assert.equal((await writeTo(site)).error?.what, `No to create ${UPDATE_LINK}.`);
  });

  test('of which those of the images show late are waited for, and not sent again', async () => {
    const site = siteWith((operation, batch) =>
      operation.verb === 'query' && operation.class === IMAGE_LINK && batch === 2 ? 'swallowed' : undefined,
    );
    assert.equal((await writeTo(site)).error, undefined);
    assert.equal(site.batches.flat().filter((each) => each === `create ${IMAGE_LINK}`).length, 1);
  });

  test('are asked for as the most that one schedule has', async () => {
    const asked: unknown[] = [];
    const site = siteWith((operation) => {
      if (operation.verb === 'query' && operation.class === UPDATE_LINK) asked.push(operation.rows);
      return undefined;
    });
    await writeTo(site, inWriting(intended(1), intended(2, { updates: [21 as CiId] })));
    assert.deepEqual(asked, [{ kind: 'exactly', forEachValue: 2 }]);
  });

  test('that the site accepts and never shows end the run with their names, ten of them at most', async () => {
    const updates = Array.from({ length: 10 }, (_, place) => (61 + place) as CiId);
    const swallows = (what: (operation: Operation) => boolean): SiteInMemory =>
      siteWith((operation) => (isLink(operation) && what(operation) ? 'swallowed' : undefined));
    for (const [which, swallowed, lacks] of [
      [intended(1), (one: Operation) => one.class === IMAGE_LINK, 'lacks its image, though'],
      [intended(1), (one: Operation) => isLinkTo(one, 11), 'lacks CI_ID 11, though'],
      [intended(1), () => true, 'lacks its image, CI_ID 11, CI_ID 12, though'],
      [intended(1, { updates: [60 as CiId, ...updates] }), () => true, 'CI_ID 68 and 2 more, though'],
      [
        intended(1, { updates: [60 as CiId, ...updates.slice(1)] }),
        (one: Operation) => one.class === UPDATE_LINK,
        'CI_ID 69, CI_ID 70, though',
      ],
    ] as const) {
      const site = swallows(swallowed);
      const schedules = inWriting(which);
      const { error } = await writeTo(site, schedules);
      assert.equal(error?.code, 'OS210');
      assert.ok(error.what.includes(lacks), error.what);
      assert.deepEqual(
        [schedules[0].isWhole, schedules[0].linksSent, schedules[0].startSent],
        [false, true, false],
      );
    }
  });

  test('of which one is refused end the run at once, with that reason', async () => {
    const site = siteWith((operation) =>
      isLinkTo(operation, 11) ? 'lost' : isLinkTo(operation, 12) ? 'refused' : undefined,
    );
    const { error } = await writeTo(site);
    assert.equal(error?.what, `No to create ${UPDATE_LINK}.`);
    assert.deepEqual([site.batches.length, site.sleeps.length, site.told('links-written').length], [2, 0, 0]);
  });

  test('of a run that is cancelled meanwhile are not looked at', async () => {
    const site = new SiteInMemory();
    site.readsOwnWrites = false;
    site.before = (batch) => {
      if (batch === 2) site.cancel.abort();
    };
    assert.equal((await writeTo(site)).error?.code, 'OS501');
    assert.equal(site.batches.length, 2);
    assert.equal(site.told('links-written').length, 1);
  });
});

suite('a schedule that is read back', () => {
  type Change = (site: SiteInMemory) => void;
  const changed = async (
    change: Change,
    order: 'draft-first' | 'as-console' = 'draft-first',
    which = intended(),
  ): Promise<{ readonly code: string | undefined; readonly what: string; readonly site: SiteInMemory }> => {
    const site = new SiteInMemory();
    site.readsOwnWrites = false;
    site.before = (batch) => {
      if (batch === 3) change(site);
    };
    const { error } = await writeTo(site, inWriting(which), order);
    return { code: error?.code, what: error?.what ?? '', site };
  };
  const set =
    (values: Readonly<Record<string, string | number | boolean>>): Change =>
    (site) =>
      Object.assign(site.rows(SCHEDULE)[0] ?? {}, values);

  test('must be what was written, property by property', async () => {
    for (const [change, told] of [
      [{ Action: 1 }, 'Action 1'],
      [{ Schedule: '7913788000080000' }, 'Schedule 7913788000080000'],
      [{ Name: 'another name' }, 'is not what was written'],
      [{ UpdateDP: false }, 'UpdateDP false'],
      [{ ContinueOnError: true }, 'ContinueOnError true'],
    ] as const) {
      const { code, what, site } = await changed(set(change));
      assert.equal(code, 'OS210', told);
      assert.ok(what.includes(told), what);
      assert.doesNotMatch(what, /did not keep/);
      assert.equal(site.batches.length, 3, 'nothing is written after that');
    }
    assert.equal((await changed(() => undefined)).code, undefined);
  });

  test('must have no link but its own', async () => {
    const update = await changed((site) => site.rows(UPDATE_LINK).push({ ScheduleID: 101, UpdateID: 99 }));
    assert.equal(update.code, 'OS210');
    assert.match(update.what, / 1 images, 1 updates that are not ours/);
    const image = await changed((site) =>
      site.rows(IMAGE_LINK).push({ ScheduleID: 101, ImagePackageID: 'LAB00009' }),
    );
    assert.equal(image.code, 'OS210');
    assert.match(image.what, / 2 images, 0 updates that are not ours/);
    // A link of another schedule is none of this one.
    const other = await changed((site) => site.rows(UPDATE_LINK).push({ ScheduleID: 999, UpdateID: 99 }));
    assert.equal(other.code, undefined);
  });

  test('must keep the property that removes superseded updates, where it was written', async () => {
    const which = intended(1, { cleanupProperty: 'RemoveSuperseded' });
    assert.equal((await changed(() => undefined, 'draft-first', which)).code, undefined);
    const { code, what } = await changed(set({ RemoveSuperseded: false }), 'draft-first', which);
    assert.equal(code, 'OS210');
    assert.match(what, /, and RemoveSuperseded true, which the site did not keep\.$/);
  });

  test('may have been taken already where it was marked to run from the start, and that is told', async () => {
    const early = await changed(set({ Action: 0, State: 2 }), 'as-console');
    assert.equal(early.code, undefined);
    assert.deepEqual(early.site.told('taken-early'), [
      { kind: 'taken-early', scheduleId: 101, image: 'LAB00001' as PackageId },
    ]);
    const waiting = await changed(set({ State: 1 }), 'as-console');
    assert.deepEqual(waiting.site.told('taken-early'), []);
    const draft = await changed(set({ State: 2 }));
    assert.deepEqual([draft.code, draft.site.told('taken-early')], [undefined, []]);
  });

  test('and cannot be read ends the run with the reason', async () => {
    for (const className of [SCHEDULE, IMAGE_LINK, UPDATE_LINK]) {
      const site = siteWith((operation) =>
        operation.class === className &&
        (operation.verb === 'get' || (className !== SCHEDULE && operation.verb === 'query'))
          ? 'refused'
          : undefined,
      );
      const { error } = await writeTo(site);
      assert.match(error?.what ?? '', new RegExp(`^No to (?:read|query) ${className}`));
    }
  });

  test('once in vain is read again', async () => {
    const site = siteWith((operation, batch) =>
      operation.verb === 'get' && batch === 2 ? 'refused' : undefined,
    );
    assert.equal((await writeTo(site)).error, undefined);
    assert.deepEqual(site.sleeps, [2_500]);
  });

  test('beside a second one of its name leads to a search for strays, and one of another name does not', async () => {
    for (const [name, isDouble] of [
      ['Run of image 1', true],
      ['RUN OF IMAGE 1', false],
      ['Run of image 2', false],
    ] as const) {
      const { code, site } = await changed((each) =>
        each.rows(SCHEDULE).push({ ...each.rows(SCHEDULE)[0], ScheduleID: 999, Name: name }),
      );
      assert.equal(code, undefined);
      assert.equal(site.counts[0], isDouble ? 1 : 2);
      assert.equal(site.sleeps.includes(12_000), isDouble);
    }
  });

  test('of several is looked at again where one of them could not be read', async () => {
    const site = siteWith((operation, batch) =>
      nameOperation(operation) === `read ${SCHEDULE}(102)` && batch === 2 ? 'refused' : undefined,
    );
    assert.equal((await writeTo(site, inWriting(intended(1), intended(2)))).error, undefined);
    assert.deepEqual(site.sleeps, [2_500]);
  });

  test('beside a second one of the name of any of the run leads to a search for strays', async () => {
    const site = new SiteInMemory();
    site.readsOwnWrites = false;
    site.before = (batch) => {
      if (batch === 3) site.rows(SCHEDULE).push({ ...site.rows(SCHEDULE)[1], ScheduleID: 999 });
    };
    assert.equal((await writeTo(site, inWriting(intended(1), intended(2)))).error, undefined);
    assert.equal(site.counts[0], 2);
  });

  test('goes on where the question for a second one has no response', async () => {
    const site = siteWith((operation) =>
      operation.verb === 'query' && operation.class === SCHEDULE ? 'refused' : undefined,
    );
    assert.equal((await writeTo(site)).error, undefined);
  });
});
