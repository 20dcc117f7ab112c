const FIRST_PAUSE = 2_000;
const GROWTH = 1.5;
/** Many runs that began at one time must not ask at one time. */
const JITTER = 0.1;

/** How long to wait before the next poll: quick ones first, and then one for each interval, with a jitter. */
export function pauseAfter(polls: number, interval: number, random: () => number): number {
  const growing = FIRST_PAUSE * GROWTH ** Math.min(polls, 50);
  const pause = Math.min(growing, interval);
  return Math.round(pause * (1 + JITTER * (2 * random() - 1)));
}
