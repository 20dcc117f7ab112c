/** The time as the simulator sees it; a test hands in one that stands still until it is moved. */
export interface SimulatorClock {
  /** Milliseconds since the epoch. */
  now(): number;
  after(milliseconds: number, act: () => void): { cancel(): void };
}

/** A longer time overflows the timer of the platform, which would then fire at once. */
const LONGEST_TIMER = 2_147_000_000;

/** The machine's own clock. Its timers do not keep a process alive. */
export const systemClock: SimulatorClock = {
  now: () => Date.now(),
  after: (milliseconds, act) => {
    const timer = setTimeout(act, Math.min(milliseconds, LONGEST_TIMER));
    timer.unref();
    return {
      cancel: () => {
        clearTimeout(timer);
      },
    };
  },
};

/** A clock that starts with another one and runs `factor` times as fast. */
export function fasterClock(clock: SimulatorClock, factor: number): SimulatorClock {
  const start = clock.now();
  return {
    now: () => start + (clock.now() - start) * factor,
    after: (milliseconds, act) => clock.after(milliseconds / factor, act),
  };
}

/** An instant as the service writes it: whole seconds, UTC. */
export const isoSeconds = (instant: number): string =>
  `${new Date(Math.floor(instant / 1000) * 1000).toISOString().slice(0, 19)}Z`;
