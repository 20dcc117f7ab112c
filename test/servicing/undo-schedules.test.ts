import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { Operation } from '../../src/provider/port.js';
import { NEVER_DUE } from '../../src/site/schedule-token.js';
import type { Remains } from '../../src/undo/remove-schedules.js';
import { notYetWritten } from '../../src/write/schedule-draft.js';
import {
  intended,
  SCHEDULE,
  SiteInMemory,
  undoAt,
  UPDATE_LINK,
  written,
  type Fate,
} from './site-in-memory.js';

const LATER = { kind: 'later', token: '7913788000080000', told: 'later' } as never;

/** `removed 101`, `perhaps 101: why`. */
function told(remains: readonly Remains[]): readonly string[] {
  return remains.map((each) => {
    if (each.kind === 'nothing') return 'nothing';
    const why = each.kind === 'perhaps' ? `: ${each.why}` : '';
    return `${each.kind} ${each.scheduleId ?? '?'}${why}`;
  });
}

const asksWhatRuns = (operation: Operation): boolean =>
  operation.verb === 'query' && operation.where.some(({ property }) => property === 'State');

/** Somebody else's schedule, which the component works on. */
function atWork(site: SiteInMemory): void {
  site.put(900, { State: 2, Action: 1 }, 'LAB00009');
}

function perhapsOf(remains: readonly Remains[]): Extract<Remains, { readonly kind: 'perhaps' }> {
  const [first] = remains;
  assert.equal(first?.kind, 'perhaps');
  return first;
}

suite('an undo', () => {
  test('of what was never sent does nothing', async () => {
    const site = new SiteInMemory();
    assert.deepEqual(told(await undoAt(site, [notYetWritten(intended(1)), notYetWritten(intended(2))])), [
      'nothing',
      'nothing',
    ]);
    assert.deepEqual([site.batches.length, site.sleeps.length], [0, 0]);
  });

  test('of drafts and of linked ones removes them, the last first, without a look at what runs', async () => {
    const site = new SiteInMemory();
    atWork(site);
    const first = written(site, 'linked', intended(1));
    const second = written(site, 'draft', intended(2));
    assert.deepEqual(told(await undoAt(site, [first, second])), ['removed 102', 'removed 101']);
    assert.deepEqual(site.counts, [1, 1, 0]);
    assert.equal(site.batches.length, 1);
  });

  test('of a started one turns it back into a draft first, and then removes it', async () => {
    const site = new SiteInMemory();
    const schedule = written(site, 'started');
    let draft: unknown;
    site.before = (batch) => {
      if (batch === 3) draft = [site.rows(SCHEDULE)[0]?.['Action'], site.rows(SCHEDULE)[0]?.['Schedule']];
    };
    assert.deepEqual(told(await undoAt(site, [schedule])), ['removed 101']);
    assert.deepEqual(draft, [0, NEVER_DUE]);
    assert.deepEqual(
      site.batches.map(([first]) => first),
      [
        `read ${SCHEDULE}(101)`,
        `update ${SCHEDULE}(101)`,
        `read ${SCHEDULE}(101)`,
        `delete ${UPDATE_LINK}(ScheduleID=101, UpdateID=11)`,
      ],
    );
    assert.deepEqual(site.counts, [0, 0, 0]);
  });

  test('of one that runs leaves it, and says whether it is whole', async () => {
    for (const isWhole of [true, false]) {
      const site = new SiteInMemory();
      const schedule = written(site, 'started');
      schedule.isWhole = isWhole;
      Object.assign(site.rows(SCHEDULE)[0] ?? {}, { State: 2 });
      assert.deepEqual(await undoAt(site, [schedule]), [
        { kind: 'running', scheduleId: 101, intended: schedule.intended, isWhole },
      ]);
      assert.deepEqual(site.counts, [1, 1, 2]);
      assert.equal(site.batches.length, 1);
    }
  });

  test('of a whole one that may stand in line leaves it, and of any other does not', async () => {
    for (const [change, isWhole, left] of [
      [{}, true, 'perhaps 101: it is whole and marked to run, and the site services an image'],
      [{}, false, 'removed 101'],
      [{ start: LATER }, true, 'removed 101'],
    ] as const) {
      const site = new SiteInMemory();
      const schedule = written(site, 'started', intended(1, change));
      schedule.isWhole = isWhole;
      atWork(site);
      const remains = await undoAt(site, [schedule]);
      assert.ok(told(remains).join().startsWith(left), told(remains).join());
      if (left !== 'removed 101') assert.deepEqual([site.counts, site.batches.length], [[2, 2, 2], 1]);
    }
  });

  test('of one that is still a draft at the first look removes it, whatever the site is at', async () => {
    for (const isGone of [false, true]) {
      const site = new SiteInMemory();
      const schedule = written(site, 'whole');
      schedule.startSent = true;
      if (isGone) site.rows(SCHEDULE).pop();
      atWork(site);
      assert.deepEqual(told(await undoAt(site, [schedule])), ['removed 101']);
    }
  });

  test('of one that was disarmed while the site began to work leaves it whole', async () => {
    const site = new SiteInMemory();
    const schedule = written(site, 'started');
    site.before = (batch) => {
      if (batch === 3) atWork(site);
    };
    const remains = await undoAt(site, [schedule]);
    assert.match(told(remains)[0] ?? '', /^perhaps 101: it was turned back into a draft, but/);
    assert.equal(perhapsOf(remains).mayRun, true);
    assert.deepEqual(site.counts, [2, 2, 2]);
  });

  test('that cannot learn what runs takes the site for one at work', async () => {
    const site = new SiteInMemory();
    site.fate = (operation) => (asksWhatRuns(operation) ? 'refused' : undefined);
    assert.match(told(await undoAt(site, [written(site, 'started')]))[0] ?? '', /^perhaps 101: it is whole/);
  });

  test('of one that stays armed leaves a whole one, and deletes a torn one before its links', async () => {
    for (const isWhole of [true, false]) {
      const site = new SiteInMemory();
      const schedule = written(site, 'started');
      schedule.isWhole = isWhole;
      site.fate = ({ verb }) => (verb === 'update' ? 'refused' : undefined);
      const remains = await undoAt(site, [schedule]);
      const all = site.batches.flat();
      assert.equal(all.filter((each) => each.startsWith('update')).length, 3);
      if (isWhole) {
        assert.match(told(remains)[0] ?? '', /^perhaps 101: it is whole and marked to run, and could not/);
        assert.deepEqual(site.counts, [1, 1, 2]);
        assert.ok(!all.some((each) => each.startsWith('delete')));
      } else {
        assert.deepEqual(told(remains), ['removed 101']);
        assert.equal(
          all.find((each) => each.startsWith('delete')),
          `delete ${SCHEDULE}(101)`,
        );
        assert.deepEqual(site.counts, [0, 0, 0]);
      }
    }
  });

  test('finds by its name what a lost create left, beside the one that is known', async () => {
    const site = new SiteInMemory();
    const known = written(site, 'linked');
    written(site, 'draft');
    written(site, 'draft', intended(1, { name: 'RUN OF IMAGE 1' }));
    known.mayHaveUnknown = true;
    const remains = await undoAt(site, [known]);
    assert.deepEqual(told(remains), ['removed 101', 'removed 102']);
    assert.deepEqual(site.sleeps.slice(0, 1), [12_000]);
    assert.deepEqual(
      site.rows(SCHEDULE).map(({ ScheduleID }) => ScheduleID),
      [103],
    );
  });

  test('does not look for names where every create was answered', async () => {
    const site = new SiteInMemory();
    const known = written(site, 'draft');
    written(site, 'draft');
    const lost = notYetWritten(intended(2));
    lost.mayHaveUnknown = true;
    assert.deepEqual(told(await undoAt(site, [known, lost])), ['nothing', 'removed 101']);
    assert.equal(site.counts[0], 1);
  });

  test('of one that was accepted and never shows says so; of a lost create only in a hurry', async () => {
    for (const [isAccepted, isHurried, expected] of [
      [true, false, 'perhaps ?: the site accepted it, and does not show it.'],
      [true, true, 'perhaps ?: the site accepted it, and does not show it.'],
      [false, true, 'perhaps ?: there was no time to wait until it would show.'],
      [false, false, 'nothing'],
    ] as const) {
      const site = new SiteInMemory();
      const schedule = notYetWritten(intended());
      Object.assign(schedule, { isAccepted, mayHaveUnknown: true });
      const remains = await undoAt(site, [schedule], isHurried);
      assert.deepEqual(told(remains), [expected]);
      if (remains[0]?.kind === 'perhaps') {
        assert.deepEqual(remains[0].left, { updates: [], images: [], schedule: true, isToBeFound: true });
        assert.equal(remains[0].mayRun, false);
      }
    }
    const never = new SiteInMemory();
    assert.deepEqual(told(await undoAt(never, [notYetWritten(intended())], true)), ['nothing']);
  });

  test('that fails on its way tells of each that it did not finish with, and of no other', async () => {
    const failing = (fate: (operation: Operation) => Fate, cancelled = false): SiteInMemory => {
      const site = new SiteInMemory();
      if (cancelled) site.cancel.abort();
      site.fate = fate;
      return site;
    };
    const noReads = ({ verb }: Operation): Fate =>
      verb === 'get' || verb === 'query' ? 'refused' : undefined;
    const site = failing(noReads);
    const remains = await undoAt(site, [written(site, 'started'), notYetWritten(intended(2))]);
    assert.deepEqual(told(remains), ['nothing', `perhaps 101: OS305: No to query ${SCHEDULE}.`]);
    const cancelled = failing(noReads, true);
    const left = perhapsOf(await undoAt(cancelled, [written(cancelled, 'started')], true));
    assert.equal(left.why, 'the undo had to end before it had finished.');
    assert.deepEqual(left.left, {
      updates: [11, 12],
      images: ['LAB00001'],
      schedule: true,
      isToBeFound: false,
    });
    assert.equal(left.mayRun, true);
  });

  test('that fails names by what is known of each whether it may run, and what may be left of it', async () => {
    const site = new SiteInMemory();
    const lost = notYetWritten(intended());
    lost.mayHaveUnknown = true;
    site.fate = ({ verb }) => (verb === 'query' ? 'refused' : undefined);
    const remains = await undoAt(site, [lost, notYetWritten(intended(2))]);
    assert.equal(remains.length, 1, 'nothing was written of the other one');
    const left = perhapsOf(remains);
    assert.deepEqual(left.left, { updates: [], images: [], schedule: true, isToBeFound: true });
    assert.deepEqual([left.scheduleId, left.mayRun], [undefined, false]);
  });

  test('settles a running one before it fails with another', async () => {
    const site = new SiteInMemory();
    const running = written(site, 'started', intended(1));
    Object.assign(site.rows(SCHEDULE)[0] ?? {}, { State: 2 });
    const other = written(site, 'linked', intended(2));
    site.readsOwnWrites = false;
    site.fate = (operation, batch) => (operation.verb === 'query' && batch > 1 ? 'refused' : undefined);
    const remains = await undoAt(site, [running, other]);
    assert.deepEqual(
      remains.map(({ kind }) => kind),
      ['running', 'perhaps'],
    );
  });

  test('reads a schedule by its name where it cannot be read by its ID', async () => {
    const site = new SiteInMemory();
    const schedule = written(site, 'started');
    Object.assign(site.rows(SCHEDULE)[0] ?? {}, { State: 2 });
    site.fate = ({ verb }) => (verb === 'get' ? 'refused' : undefined);
    assert.deepEqual(told(await undoAt(site, [schedule])), ['running 101']);
  });

  test('reads a schedule by its ID where its name does not show', async () => {
    const site = new SiteInMemory();
    const schedule = written(site, 'started');
    Object.assign(site.rows(SCHEDULE)[0] ?? {}, { State: 2, Name: '' });
    assert.deepEqual(told(await undoAt(site, [schedule])), ['running 101']);
  });

  test('keeps several apart that it can read by their names only', async () => {
    const site = new SiteInMemory();
    const both = [written(site, 'started', intended(1)), written(site, 'started', intended(2))] as const;
    for (const { isWhole } of both) assert.ok(isWhole);
    const [, second] = both;
    second.isWhole = false;
    Object.assign(site.rows(SCHEDULE)[0] ?? {}, { State: 2 });
    site.fate = ({ verb }) => (verb === 'get' ? 'refused' : undefined);
    assert.deepEqual(told(await undoAt(site, both)), ['running 101', 'removed 102']);
  });

  test('gives to each of several lost creates what has its name', async () => {
    const site = new SiteInMemory();
    written(site, 'draft', intended(1));
    written(site, 'draft', intended(2));
    const lost = [notYetWritten(intended(1)), notYetWritten(intended(2))] as const;
    for (const schedule of lost) schedule.mayHaveUnknown = true;
    const remains = await undoAt(site, lost);
    assert.deepEqual(
      remains.map((each) => each.kind === 'removed' && [each.scheduleId, each.intended.image.packageId]),
      [
        [102, 'LAB00002'],
        [101, 'LAB00001'],
      ],
    );
  });
});
