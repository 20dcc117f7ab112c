/** Shows what a run is busy with, so that a silent minute does not look like a hang. */
export interface PhaseWatch {
  readonly enter: (phase: string) => void;
  readonly end: () => void;
}

export interface Ticks {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls again and again, without keeping the process alive. Returns what stops it. */
  readonly every: (milliseconds: number, call: () => void) => () => void;
}

/** The timer of the process. */
export const SYSTEM_TICKS: Ticks = {
  now: Date.now,
  every: (milliseconds, call) => {
    const timer = setInterval(call, milliseconds);
    timer.unref();
    return () => {
      clearInterval(timer);
    };
  },
};

const HALF_A_MINUTE = 30_000;

/** For a log: one line each half minute in which the run goes on. */
export function everyHalfMinute(say: (line: string) => void, { now, every }: Ticks): PhaseWatch {
  const begun = now();
  let phase = 'preparing';
  const end = every(HALF_A_MINUTE, () => {
    say(`Still running after ${seconds(now() - begun)}: ${phase}`);
  });
  return {
    enter: (next) => {
      phase = next;
    },
    end,
  };
}

export function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 1_000)} s`;
}
