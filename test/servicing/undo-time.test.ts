import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { suite, test } from 'node:test';

import type { Clock } from '../../src/provider/clock.js';
import type { SmsProvider } from '../../src/provider/port.js';
import { PATIENCE_OF_A_PERSON, USUAL_PATIENCE, type SiteAccess } from '../../src/plan/site-access.js';
import { timeToUndo, watchUndoTime, type UndoAccess } from '../../src/undo/undo-time.js';
import { ManualClock } from '../simulator/manual-clock.js';

/** A clock that a test moves on, and all that it takes to undo but a site. */
class Undoing {
  readonly clock = new ManualClock();
  readonly cancel = new AbortController();
  readonly timeIsUp = new AbortController();
  readonly undo: UndoAccess;
  hasWaited = false;

  constructor(patience = USUAL_PATIENCE, writes = 0, isCancelled = false) {
    if (isCancelled) this.cancel.abort();
    const clock: Clock = {
      now: () => this.clock.now(),
      elapsed: () => this.clock.now(),
      sleep: async (milliseconds, cancelled) =>
        new Promise((resolve) => {
          const timer = this.clock.after(milliseconds, resolve);
          const end = (): void => {
            timer.cancel();
            resolve();
          };
          if (cancelled.aborted) end();
          else cancelled.addEventListener('abort', end);
        }),
    };
    const site: SiteAccess = {
      provider: {} as SmsProvider,
      clock,
      patience,
      cancelled: this.cancel.signal,
      timeIsUp: this.timeIsUp.signal,
      tell: () => undefined,
    };
    this.undo = watchUndoTime(site, writes);
  }

  /** Begins to wait until what was written has become visible. */
  wait(): void {
    const { clock, cancelled, patience } = this.undo.site;
    void clock.sleep(patience.longestInvisibleMilliseconds, cancelled).then(() => (this.hasWaited = true));
  }

  async pass(milliseconds: number): Promise<void> {
    this.clock.advance(milliseconds);
    // What waited goes on before the test does.
    await new Promise(setImmediate);
  }

  get isUp(): boolean {
    return this.undo.site.cancelled.aborted;
  }
}

suite('the time of an undo', () => {
  test('ends before the second signal of a host, and leaves the more time the more there is to tell', () => {
    const { undoAfterCancelMilliseconds: longest } = USUAL_PATIENCE;
    assert.ok(longest <= 6_500);
    assert.equal(timeToUndo(longest, 0), longest);
    assert.ok(timeToUndo(longest, 44) < longest);
    assert.ok(timeToUndo(longest, 1_000) < timeToUndo(longest, 44));
    assert.equal(timeToUndo(longest, 100_000), 5_000);
  });

  test('has no end while nobody cancels', async () => {
    const undoing = new Undoing();
    await undoing.pass(3_600_000);
    assert.deepEqual([undoing.isUp, undoing.undo.isHurried()], [false, false]);
  });

  test('counts from the cancel, also when the undo begins later', async () => {
    const undoing = new Undoing();
    undoing.cancel.abort();
    await undoing.pass(6_499);
    assert.deepEqual([undoing.isUp, undoing.undo.isHurried()], [false, true]);
    await undoing.pass(1);
    assert.equal(undoing.isUp, true);
  });

  test('has no end at a shell, and no hurry, until it is asked a second time', async () => {
    const undoing = new Undoing(PATIENCE_OF_A_PERSON, 44);
    undoing.cancel.abort();
    undoing.wait();
    await undoing.pass(11_999);
    assert.deepEqual([undoing.hasWaited, undoing.undo.isHurried()], [false, false]);
    await undoing.pass(1);
    assert.equal(undoing.hasWaited, true);
    await undoing.pass(3_600_000);
    assert.equal(undoing.isUp, false);
    undoing.timeIsUp.abort();
    assert.deepEqual([undoing.isUp, undoing.undo.isHurried()], [true, true]);
  });

  test('counts from the beginning where the run was cancelled before', async () => {
    const undoing = new Undoing(USUAL_PATIENCE, 0, true);
    await undoing.pass(6_499);
    assert.equal(undoing.isUp, false);
    await undoing.pass(1);
    assert.equal(undoing.isUp, true);
  });

  test('at a shell needs no timer', () => {
    const undoing = new Undoing(PATIENCE_OF_A_PERSON);
    undoing.cancel.abort();
    assert.equal(undoing.clock.waiting, 0);
  });

  test('lets a wait that nobody cancels end at its own time, by the clock of the run', async () => {
    const undoing = new Undoing();
    assert.equal(undoing.undo.site.clock.now(), undoing.clock.now());
    undoing.wait();
    await undoing.pass(11_999);
    assert.equal(undoing.hasWaited, false);
    await undoing.pass(1);
    assert.equal(undoing.hasWaited, true);
  });

  test('leaves nobody listening, neither after a wait nor at its end', async () => {
    const undoing = new Undoing();
    const listening = (): readonly number[] =>
      [undoing.cancel, undoing.timeIsUp].map(({ signal }) => getEventListeners(signal, 'abort').length);
    const before = listening();
    undoing.wait();
    await undoing.pass(12_000);
    assert.deepEqual(listening(), before);
    undoing.undo.release();
    assert.deepEqual(listening(), [0, 0]);
  });

  test('a wait takes no more than a third of it', async () => {
    const undoing = new Undoing();
    undoing.cancel.abort();
    undoing.wait();
    await undoing.pass(0);
    await undoing.pass(2_166);
    assert.equal(undoing.hasWaited, false);
    await undoing.pass(1);
    assert.deepEqual([undoing.hasWaited, undoing.isUp], [true, false]);
  });

  test('a cancel shortens a wait that has begun, and does not end it', async () => {
    const undoing = new Undoing();
    undoing.wait();
    await undoing.pass(3_000);
    undoing.cancel.abort();
    await undoing.pass(0);
    await undoing.pass(2_166);
    assert.equal(undoing.hasWaited, false);
    await undoing.pass(1);
    assert.deepEqual([undoing.hasWaited, undoing.isUp], [true, false]);
  });

  test('a cancel does not make a wait longer that is nearly over', async () => {
    const undoing = new Undoing();
    undoing.wait();
    await undoing.pass(11_000);
    undoing.cancel.abort();
    await undoing.pass(0);
    await undoing.pass(1_000);
    assert.equal(undoing.hasWaited, true);
  });

  test('a second signal ends a wait at once', async () => {
    const undoing = new Undoing();
    undoing.wait();
    undoing.timeIsUp.abort();
    await undoing.pass(0);
    assert.deepEqual([undoing.hasWaited, undoing.isUp], [true, true]);
  });

  test('nothing is left that would keep the process', async () => {
    const undoing = new Undoing();
    undoing.cancel.abort();
    undoing.undo.release();
    await undoing.pass(0);
    assert.equal(undoing.clock.waiting, 0);
    const never = new Undoing();
    never.undo.release();
    never.cancel.abort();
    await never.pass(0);
    assert.equal(never.clock.waiting, 0);
  });
});
