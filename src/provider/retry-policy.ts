/** How often, and how far apart, something is tried again. */
export interface RetryPolicy {
  /** The first attempt counted. */
  readonly attempts: number;
  readonly firstDelayMilliseconds: number;
  readonly longestDelayMilliseconds: number;
}

/** Told before each repetition, so that a person who waits knows for what. */
export interface RetryNotice {
  readonly label: string;
  readonly why: string;
  /** Of the attempt that comes, from 2. */
  readonly attempt: number;
  readonly attempts: number;
  readonly delayMilliseconds: number;
}

/**
 * The pause before an attempt: twice the one before, and half of it by chance, so that runners that failed together
 * do not come back together. `random` gives a number from 0 up to 1.
 */
export function delayBefore(attempt: number, policy: RetryPolicy, random: () => number): number {
  const full = Math.min(policy.firstDelayMilliseconds * 2 ** (attempt - 2), policy.longestDelayMilliseconds);
  return Math.round(full / 2 + (full / 2) * random());
}
