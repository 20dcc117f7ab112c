import type { ConnectionRequest, SiteConnection } from '../parameters/connection-request.js';
import { PATIENCE_OF_A_PERSON, USUAL_PATIENCE } from '../plan/site-access.js';
import { systemClock } from '../provider/clock.js';
import type { Debug } from '../provider/debug-line.js';
import type { RunContext } from '../verbs/verb.js';
import type { Cancelling, EndedBy } from './cancel-on-signal.js';
import { openConnection } from './open-connection.js';

/** How a host reaches sites. */
export interface SiteReach {
  readonly environment: NodeJS.ProcessEnv;
  readonly cancelling: Cancelling;
  /** Who ends the run, and so how long its undo may take. */
  readonly endedBy: EndedBy;
  /** Where the connection leads; only the command line has another way than the one that was asked for. */
  readonly reach?: (connection: ConnectionRequest) => Promise<ReachedSite>;
  /** Undefined where nobody looks into the run. */
  readonly debug: Debug | undefined;
}

export interface ReachedSite {
  readonly connection: SiteConnection;
  readonly stop: () => Promise<void>;
}

/** Opens the connection for as long as the work takes, and tidies up whatever comes of it. */
export function withSite({
  environment,
  cancelling: { requested, timeIsUp },
  endedBy,
  reach = reachDirectly,
  debug,
}: SiteReach): RunContext['withSite'] {
  return async (asked, { onRetry, onLeftover }, work) => {
    const { connection, stop } = await reach(asked);
    try {
      const context = { environment, clock: systemClock, random: Math.random, onRetry, debug };
      const provider = openConnection(connection, context);
      try {
        return await work({
          provider,
          clock: systemClock,
          patience: endedBy === 'pipeline' ? USUAL_PATIENCE : PATIENCE_OF_A_PERSON,
          cancelled: requested,
          timeIsUp,
        });
      } finally {
        await tidyUp(async () => provider.close(), requested, onLeftover);
      }
    } finally {
      await tidyUp(stop, requested, onLeftover);
    }
  };
}

export async function reachDirectly(connection: ConnectionRequest): Promise<ReachedSite> {
  if (connection.kind === 'simulator') throw new TypeError('This host has no simulated site.');
  return Promise.resolve({ connection, stop: async () => Promise.resolve() });
}

/** A cancelled step is killed soon, and its result comes before its temporary folder, which goes with the process. */
const LONGEST_TIDYING_MILLISECONDS = 500;

async function tidyUp(
  tidy: () => Promise<void>,
  cancelled: AbortSignal,
  onLeftover: (why: string) => void,
): Promise<void> {
  const enough = new AbortController();
  try {
    const limit = cancelled.aborted ? systemClock.sleep(LONGEST_TIDYING_MILLISECONDS, enough.signal) : NEVER;
    await Promise.race([tidy(), limit]);
  } catch (error) {
    onLeftover(error instanceof Error ? error.message : String(error));
  } finally {
    enough.abort();
  }
}

const NEVER = new Promise<void>(() => undefined);
