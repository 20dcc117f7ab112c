import type { Clock } from '../provider/clock.js';
import type { SiteAccess } from '../plan/site-access.js';

/** What an undo needs of a run to watch its time. */
type Timed = Pick<SiteAccess, 'cancelled' | 'clock' | 'patience' | 'timeIsUp'>;

/** An undo's own way to the site, which lasts as long as the undo has time. */
export interface UndoAccess<Site extends Timed = SiteAccess> {
  readonly site: Site;
  /** Whether the undo cannot wait until everything that was written is visible. */
  readonly isHurried: () => boolean;
  /** Stops watching the time. Without it the process would stay until the time is over. */
  readonly release: () => void;
}

/** What a write takes from the time of an undo: each one is also in the outputs, the report and the summary. */
const MILLISECONDS_FOR_EACH_WRITE = 1;
/** The part of the time that is left however much was written. Less would undo nothing at a slow site. */
const SMALLEST_PART = 10 / 13;

/** How long a cancelled undo of so many writes may take. */
export function timeToUndo(longestMilliseconds: number, writes: number): number {
  const shorter = longestMilliseconds - writes * MILLISECONDS_FOR_EACH_WRITE;
  return Math.max(shorter, longestMilliseconds * SMALLEST_PART);
}

/**
 * Watches the time of a run that may have to be undone. A cancelled run cannot act any more, so its undo gets a time of
 * its own, from the cancel on: also when the run is cancelled while it is undone already. Until then an undo may take as
 * long as it needs.
 */
export function watchUndoTime<Site extends Timed>(site: Site, writes: number): UndoAccess<Site> {
  const { cancelled, clock } = site;
  const time = timeToUndo(site.patience.undoAfterCancelMilliseconds, writes);
  const isHurried = (): boolean => timeIsUp.aborted || (cancelled.aborted && Number.isFinite(time));
  const budget = new AbortController();
  const released = new AbortController();
  const startBudget = (): void => {
    if (Number.isFinite(time)) void endAfter(budget, time, clock, released.signal);
  };
  const ofBudget = eitherOf(site.timeIsUp, budget.signal);
  const timeIsUp = ofBudget.signal;
  if (cancelled.aborted) startBudget();
  else cancelled.addEventListener('abort', startBudget, { once: true });

  const longestWait = (): number => (isHurried() ? time / 3 : Infinity);
  const undoClock: Clock = {
    now: () => clock.now(),
    elapsed: () => clock.elapsed(),
    sleep: async (milliseconds, ended) => sleepOrHurry(clock, milliseconds, ended, cancelled, longestWait),
  };
  return {
    site: { ...site, clock: undoClock, cancelled: timeIsUp },
    isHurried,
    release: () => {
      cancelled.removeEventListener('abort', startBudget);
      released.abort();
      ofBudget.release();
    },
  };
}

async function endAfter(
  ended: AbortController,
  milliseconds: number,
  clock: Clock,
  released: AbortSignal,
): Promise<void> {
  await clock.sleep(milliseconds, released);
  if (!released.aborted) ended.abort();
}

/** A wait that a cancel shortens: it must not take the time in which the rest has to be undone. */
async function sleepOrHurry(
  clock: Clock,
  milliseconds: number,
  ended: AbortSignal,
  cancelled: AbortSignal,
  longestWait: () => number,
): Promise<void> {
  const begun = clock.now();
  const cancelledOrEnded = eitherOf(ended, cancelled);
  await clock.sleep(milliseconds, cancelledOrEnded.signal);
  cancelledOrEnded.release();
  const rest = Math.min(milliseconds - (clock.now() - begun), longestWait());
  if (rest > 0) await clock.sleep(rest, ended);
}

/** Aborted as soon as one of the two is. `AbortSignal.any` is missing in the oldest Node.js that agents have. */
function eitherOf(
  one: AbortSignal,
  other: AbortSignal,
): { readonly signal: AbortSignal; readonly release: () => void } {
  const either = new AbortController();
  const abort = (): void => {
    either.abort();
  };
  const both = [one, other];
  if (both.some(({ aborted }) => aborted)) abort();
  for (const signal of both) signal.addEventListener('abort', abort, { once: true });
  return {
    signal: either.signal,
    release: () => {
      for (const signal of both) signal.removeEventListener('abort', abort);
    },
  };
}
