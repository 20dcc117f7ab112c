import { setTimeout as wait } from 'node:timers/promises';

/** Time, handed in so that tests need not wait for it. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Milliseconds of a clock that nobody can set: for lengths of time. */
  elapsed(): number;
  /** Ends early, without an error, when cancelled. */
  sleep(milliseconds: number, cancelled: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: async (milliseconds, cancelled) => {
    try {
      await wait(milliseconds, undefined, { signal: cancelled });
    } catch (error) {
      if (!cancelled.aborted) throw error;
    }
  },
};
