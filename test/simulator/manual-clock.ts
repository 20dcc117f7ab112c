import type { SimulatorClock } from '../../src/simulator/clock.js';

/** A clock that stands still until it is moved. */
export class ManualClock implements SimulatorClock {
  #now: number;
  #timers: { readonly at: number; readonly act: () => void }[] = [];

  constructor(start = '2024-06-10T09:00:00Z') {
    this.#now = Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, act: () => void): { cancel(): void } {
    const timer = { at: this.#now + milliseconds, act };
    this.#timers.push(timer);
    return {
      cancel: () => {
        this.#timers = this.#timers.filter((one) => one !== timer);
      },
    };
  }

  /** Timers that wait, for a test that has to know that something was started. */
  get waiting(): number {
    return this.#timers.length;
  }

  /** Moves on, and lets each timer act at its own moment. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = this.#timers.filter((timer) => timer.at <= end).sort((one, other) => one.at - other.at);
      if (next === undefined) {
        break;
      }
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.act();
    }
    this.#now = end;
  }
}
