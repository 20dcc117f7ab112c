import type { SimulatorClock } from './clock.js';
import type { ServicingDescription } from './servicing-description.js';
import type { ServicingLog } from './servicing-log.js';
import type { SiteDescription } from './site-description.js';
import type { SiteState } from './site-state.js';

/** What the servicing component works on, and with. */
export interface ServicingWork {
  readonly state: SiteState;
  readonly description: SiteDescription;
  readonly servicing: ServicingDescription;
  readonly clock: SimulatorClock;
  readonly log: ServicingLog;
  /** How long one image takes, unless the description has another time for it. */
  readonly servicingMilliseconds: number;
  /** Acts later, unless the site has ended by then. */
  readonly after: (milliseconds: number, act: () => void) => { cancel(): void };
}

/** Something that goes on by itself: it yields the next moment at which it has something to do. */
export type Life = Generator<number, void>;

/** Lets a life go on, each part at its moment, and calls `ended` at its end. */
export function live(
  { clock, after }: Pick<ServicingWork, 'clock' | 'after'>,
  life: Life,
  ended: () => void,
): void {
  const goOn = (): void => {
    for (let next = life.next(); next.done !== true; next = life.next()) {
      const wait = next.value - clock.now();
      if (wait > 0) {
        after(wait, goOn);
        return;
      }
    }
    ended();
  };
  goOn();
}
