import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { nameOperation, type Operation } from '../../src/provider/port.js';
import type { Remains } from '../../src/undo/remove-schedules.js';
import { leftOf } from '../../src/undo/remove-schedules.js';
import type { ScheduleInWriting } from '../../src/write/schedule-draft.js';
import {
  IMAGE_LINK,
  intended,
  SCHEDULE,
  SiteInMemory,
  undoAt,
  UPDATE_LINK,
  written,
  type Fate,
} from './site-in-memory.js';

const isDelete = (operation: Operation, className: string): boolean =>
  operation.verb === 'delete' && operation.class === className;

function siteWith(fate: (operation: Operation, batch: number) => Fate, readsOwnWrites = true): SiteInMemory {
  const site = new SiteInMemory();
  site.fate = fate;
  site.readsOwnWrites = readsOwnWrites;
  return site;
}

const kindsOf = (remains: readonly Remains[]): readonly string[] => remains.map(({ kind }) => kind);

function perhapsOf(remains: readonly Remains[]): Extract<Remains, { readonly kind: 'perhaps' }> {
  const [first] = remains;
  assert.equal(first?.kind, 'perhaps');
  return first;
}

suite('the removal of schedules', () => {
  test('goes from the links to the schedules in one batch with the look, where the batch shows what it did', async () => {
    const site = new SiteInMemory();
    const both = [written(site, 'linked', intended(1)), written(site, 'linked', intended(2))] as const;
    assert.deepEqual(kindsOf(await undoAt(site, both)), ['removed', 'removed']);
    assert.deepEqual(site.batches, [
      [
        ...[102, 101].flatMap((id) => [
          ...[1, 2].map((each) => `delete ${UPDATE_LINK}(ScheduleID=${id}, UpdateID=${id - 100}${each})`),
          `delete ${IMAGE_LINK}(ScheduleID=${id}, ImagePackageID=LAB0000${id - 100})`,
        ]),
        `delete ${SCHEDULE}(102)`,
        `delete ${SCHEDULE}(101)`,
        ...[IMAGE_LINK, UPDATE_LINK, SCHEDULE].map((each) => `query ${each}`),
      ],
    ]);
    assert.deepEqual(site.sleeps, []);
  });

  test('needs a batch each for links, schedules and the look, where it does not', async () => {
    const site = siteWith(() => undefined, false);
    const schedule = written(site, 'linked');
    assert.deepEqual(kindsOf(await undoAt(site, [schedule])), ['removed']);
    assert.deepEqual(
      site.batches.map(({ length }) => length),
      [3, 1, 3],
    );
    assert.deepEqual(site.sleeps, []);
    const draft = siteWith(() => undefined, false);
    assert.deepEqual(kindsOf(await undoAt(draft, [written(draft, 'draft')])), ['removed']);
    assert.deepEqual(
      draft.batches.map(({ length }) => length),
      [1, 3],
    );
  });

  test('in a hurry spares the look where each delete was confirmed, and no wait where one was not', async () => {
    const site = siteWith(() => undefined, false);
    assert.deepEqual(kindsOf(await undoAt(site, [written(site, 'linked')], true)), ['removed']);
    assert.deepEqual(
      site.batches.map(({ length }) => length),
      [3, 1],
    );
  });

  for (const readsOwnWrites of [true, false]) {
    const over = readsOwnWrites ? 'one batch' : 'several batches';

    test(`that was not confirmed is looked at once everything is visible, over ${over}`, async () => {
      for (const className of [SCHEDULE, IMAGE_LINK, UPDATE_LINK]) {
        const site = siteWith(
          (operation) => (isDelete(operation, className) ? 'lost' : undefined),
          readsOwnWrites,
        );
        const schedule = written(site, 'linked');
        assert.deepEqual(kindsOf(await undoAt(site, [schedule])), ['removed'], className);
        assert.deepEqual(site.sleeps, [12_000], className);
        const { updates, image, schedule: own } = schedule.takenAway;
        assert.equal(updates.size, className === UPDATE_LINK ? 0 : 2);
        assert.deepEqual([image, own], [className !== IMAGE_LINK, className !== SCHEDULE]);
      }
    });

    test(`in a hurry takes a delete that was not confirmed for one that failed, over ${over}`, async () => {
      const site = siteWith(
        (operation) => (isDelete(operation, SCHEDULE) ? 'lost' : undefined),
        readsOwnWrites,
      );
      const { why, left, mayRun } = perhapsOf(await undoAt(site, [written(site, 'linked')], true));
      assert.equal(
        why,
        `0 update links, 0 image links and no schedule are still there. No to delete ${SCHEDULE}(101).`,
      );
      assert.deepEqual(left, { updates: [], images: [], schedule: true, isToBeFound: false });
      assert.equal(mayRun, false);
      const links = siteWith(
        (operation) => (isDelete(operation, IMAGE_LINK) ? 'lost' : undefined),
        readsOwnWrites,
      );
      assert.deepEqual(kindsOf(await undoAt(links, [written(links, 'linked')], true)), ['removed']);
    });

    test(`that fails for good is tried three times, of what is left only, over ${over}`, async () => {
      for (const [className, why] of [
        [SCHEDULE, '0 update links, 0 image links and the schedule are still there.'],
        [IMAGE_LINK, '0 update links, 1 image links and no schedule are still there.'],
        [UPDATE_LINK, '2 update links, 0 image links and no schedule are still there.'],
      ] as const) {
        const site = siteWith(
          (operation) => (isDelete(operation, className) ? 'unsent' : undefined),
          readsOwnWrites,
        );
        const schedule = written(site, 'linked');
        const remains = perhapsOf(await undoAt(site, [schedule]));
        assert.equal(remains.why, `${why} No to delete ${SCHEDULE}(101).`);
        const updates = className === UPDATE_LINK ? [11, 12] : [];
        const images = className === IMAGE_LINK ? ['LAB00001'] : [];
        assert.deepEqual(remains.left, { updates, images, schedule: true, isToBeFound: false });
        const deletes = site.batches.flat().filter((each) => each.startsWith('delete'));
        const count = (which: string): number =>
          deletes.filter((each) => each.startsWith(`delete ${which}(`)).length;
        assert.equal(count(SCHEDULE), 3);
        assert.equal(count(IMAGE_LINK), className === IMAGE_LINK ? 3 : 1);
        assert.equal(count(UPDATE_LINK), className === UPDATE_LINK ? 6 : 2);
      }
    });

    test(`that shows late is done again, over ${over}`, async () => {
      const site = siteWith(
        (operation) => (operation.verb === 'delete' && site.sleeps.length === 0 ? 'unsent' : undefined),
        readsOwnWrites,
      );
      const schedule = written(site, 'linked');
      assert.deepEqual(kindsOf(await undoAt(site, [schedule])), ['removed']);
      assert.deepEqual(site.counts, [0, 0, 0]);
    });

    test(`of what comes again after its delete is not taken for done, over ${over}`, async () => {
      const site = siteWith(
        (operation) => (operation.verb === 'delete' ? 'swallowed' : undefined),
        readsOwnWrites,
      );
      const schedule = written(site, 'linked');
      const { why } = perhapsOf(await undoAt(site, [schedule]));
      assert.equal(why, '2 update links, 1 image links and the schedule are still there.');
      const { takenAway } = schedule;
      assert.deepEqual([takenAway.updates.size, takenAway.image, takenAway.schedule], [0, false, false]);
      assert.deepEqual(site.sleeps, []);
    });
  }

  test('counts a link to the image of another schedule, or a schedule of another ID, for none of its own', async () => {
    const site = new SiteInMemory();
    const schedule = written(site, 'linked');
    site.put(900, { Name: schedule.intended.name });
    site.rows(UPDATE_LINK).push({ ScheduleID: 900, UpdateID: 11 });
    assert.deepEqual(kindsOf(await undoAt(site, [schedule])), ['removed']);
    assert.deepEqual(site.counts, [1, 1, 1]);
  });

  test('looks again where a part of the look in the batch had no response', async () => {
    for (const className of [IMAGE_LINK, UPDATE_LINK, SCHEDULE]) {
      const site = siteWith((operation, batch) =>
        operation.verb === 'query' && operation.class === className && batch === 1 ? 'refused' : undefined,
      );
      assert.deepEqual(kindsOf(await undoAt(site, [written(site, 'linked')])), ['removed'], className);
      assert.deepEqual(
        site.batches.map(({ length }) => length),
        [7, 3],
        className,
      );
    }
  });

  test('says of each of several whether it is gone, and why one is not', async () => {
    const site = siteWith((operation) =>
      nameOperation(operation) === `delete ${SCHEDULE}(101)` ? 'refused' : undefined,
    );
    const both = [written(site, 'linked', intended(1)), written(site, 'linked', intended(2))] as const;
    const remains = await undoAt(site, both);
    assert.deepEqual(kindsOf(remains), ['removed', 'perhaps']);
    const [, second] = remains;
    assert.ok(
      second?.kind === 'perhaps' &&
        second.why.endsWith(`the schedule are still there. No to delete ${SCHEDULE}(101).`),
    );
    assert.deepEqual(
      both.map(({ takenAway }) => takenAway.schedule),
      [false, true],
    );
    assert.deepEqual(
      both.map(({ takenAway }) => [takenAway.image, takenAway.updates.size]),
      [
        [true, 2],
        [true, 2],
      ],
    );
  });

  test('of a second schedule of one name does not count for the first', async () => {
    const site = siteWith((operation) =>
      nameOperation(operation) === `delete ${SCHEDULE}(101)` ? 'refused' : undefined,
    );
    const known = written(site, 'draft');
    written(site, 'draft');
    known.mayHaveUnknown = true;
    const remains = await undoAt(site, [known]);
    assert.deepEqual(kindsOf(remains), ['removed', 'perhaps']);
    assert.equal(known.takenAway.schedule, false);
    const [, left] = remains;
    assert.ok(left?.kind === 'perhaps' && left.left.isToBeFound && !left.mayRun);
  });
});

suite('the removal of several schedules', () => {
  const both = (site: SiteInMemory): readonly [ScheduleInWriting, ScheduleInWriting] => [
    written(site, 'linked', intended(1)),
    written(site, 'linked', intended(2)),
  ];
  const siteWithout = (...names: readonly string[]): SiteInMemory =>
    siteWith((operation) => (names.includes(nameOperation(operation)) ? 'unsent' : undefined));

  test('keeps the links of each apart', async () => {
    const site = siteWithout(
      `delete ${UPDATE_LINK}(ScheduleID=101, UpdateID=11)`,
      `delete ${IMAGE_LINK}(ScheduleID=101, ImagePackageID=LAB00001)`,
    );
    const [removed, left] = await undoAt(site, both(site));
    assert.deepEqual([removed?.kind, left?.kind], ['removed', 'perhaps']);
    assert.ok(left?.kind === 'perhaps');
    assert.deepEqual([left.left.updates, left.left.images], [[11], ['LAB00001']]);
  });

  test('notes of each what was confirmed of it', async () => {
    const lost = `delete ${IMAGE_LINK}(ScheduleID=101, ImagePackageID=LAB00001)`;
    const site = siteWith((operation) => (nameOperation(operation) === lost ? 'lost' : undefined));
    const schedules = both(site);
    await undoAt(site, schedules);
    assert.deepEqual(
      schedules.map(({ takenAway }) => [takenAway.updates.size, takenAway.image]),
      [
        [2, false],
        [2, true],
      ],
    );
  });

  test('gives to each the words of its own refusal', async () => {
    const site = siteWithout(`delete ${SCHEDULE}(101)`, `delete ${SCHEDULE}(102)`);
    const whys = (await undoAt(site, both(site))).map((each) => (each.kind === 'perhaps' ? each.why : ''));
    assert.match(whys[0] ?? '', /No to delete .*\(102\)\.$/);
    assert.match(whys[1] ?? '', /No to delete .*\(101\)\.$/);
  });

  test('of one name does not take the own one for gone where only the other one is', async () => {
    const site = siteWith((operation, batch) =>
      nameOperation(operation) === `delete ${SCHEDULE}(101)` || (operation.verb === 'query' && batch > 1)
        ? 'refused'
        : undefined,
    );
    const known = written(site, 'draft');
    written(site, 'draft');
    known.mayHaveUnknown = true;
    const left = perhapsOf(await undoAt(site, [known]));
    assert.equal(left.left.schedule, true);
  });
});

suite('what may be left of a schedule', () => {
  test('is what was written of it and not taken away', () => {
    const site = new SiteInMemory();
    const schedule = written(site, 'linked');
    const all = { updates: [11, 12], images: ['LAB00001'], schedule: true, isToBeFound: false };
    assert.deepEqual(leftOf(schedule), all);
    assert.deepEqual(leftOf({ ...schedule, linksSent: false }), { ...all, updates: [], images: [] });
    const [first] = schedule.intended.updates;
    const takenAway = { updates: new Set([first]), image: true, schedule: true };
    const left = { updates: [12], images: [], schedule: false, isToBeFound: true };
    assert.deepEqual(leftOf({ ...schedule, takenAway, mayHaveUnknown: true }), left);
  });
});
