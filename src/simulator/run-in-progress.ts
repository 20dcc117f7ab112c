import type { ThreadId } from './servicing-log.js';
import type { ServicingRun } from './site-state.js';

/** A schedule that the component has taken, from the queue to its end. */
export interface RunInProgress {
  readonly run: ServicingRun;
  /** The thread that processes it, as the log names it. */
  readonly thread: ThreadId;
  /** It is first in the queue. */
  isStarted: boolean;
  /** Its state is *running*. */
  isRunning: boolean;
  /** A cancellation that the component has taken, and looks at between two steps. */
  isCancelled: boolean;
}

/** Asks anew: between two steps of a life, the component can have taken a cancellation. */
export const wasCancelled = (run: RunInProgress): boolean => run.isCancelled;
