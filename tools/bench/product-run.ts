import { openConnection, type ConnectionSurroundings } from '../../src/hosts/open-connection.js';
import { serviceAddress } from '../../src/provider/admin-service/service-address.js';
import { systemClock, type Clock } from '../../src/provider/clock.js';
import type { SmsProvider } from '../../src/provider/port.js';
import { serviceImages } from '../../src/servicing/service-images.js';
import type { ServicingRequest } from '../../src/servicing/servicing-request.js';
import { USUAL_PATIENCE } from '../../src/servicing/site-access.js';
import type { RequestRecord } from '../../src/simulator/index.js';
import { GROUP, TOKEN, type BenchSite } from './bench-site.js';
import { measure, type Measured } from './cost.js';
import { watchChildren, type WatchedChild } from './watch-children.js';

/** What only the client's side knows of a run. */
export interface ClientSide {
  /** Of curl or PowerShell, one after the other. */
  readonly processes: readonly WatchedChild[];
  /** Requests and whole processes that were tried again. */
  readonly repetitions: number;
  /** Time spent on purpose, until new objects can be visible. */
  readonly waitedMilliseconds: number;
  readonly appliedCiIds: readonly number[];
}

/** How a run reaches a site. */
export interface Way {
  /** Those of runs on this way, as the site notes them. */
  readonly requests: readonly RequestRecord[];
  connect(surroundings: ConnectionSurroundings): SmsProvider;
}

const REQUEST: Omit<ServicingRequest, 'images'> = {
  siteCode: undefined,
  siteServer: undefined,
  updateGroups: [GROUP],
  updates: [],
  excludeUpdates: [],
  updateDistributionPoints: true,
  start: { kind: 'now' },
  continueOnUpdateError: false,
  removeSupersededUpdates: false,
  unusableUpdates: 'fail',
  alreadyInstalled: 'skip',
  supersededUpdates: 'skip-if-newer-selected',
  notRequiredUpdates: 'include',
  unsupportedImages: 'fail',
  ifScheduled: 'fail',
  writeOrder: 'draft-first',
  dryRun: false,
};

/** One whole run of the product, with the limits and with the patience that a user gets. */
export async function runProduct(
  site: BenchSite,
  way: Way = overAdminService(site),
): Promise<Measured<ClientSide>> {
  const { clock, waited } = clockThatCounts();
  let repetitions = 0;
  const provider = way.connect({
    environment: process.env,
    clock,
    random: Math.random,
    onRetry: () => repetitions++,
  });
  const cancelled = new AbortController().signal;
  const access = {
    provider,
    clock,
    patience: USUAL_PATIENCE,
    cancelled,
    timeIsUp: cancelled,
    tell: () => undefined,
  };
  const children = watchChildren();
  try {
    return await measure(way.requests, async () => {
      const request = { ...REQUEST, images: site.images };
      const { state, images, appliedCiIds } = await serviceImages(access, request, 'benchmark');
      const areScheduled = images.every((image) => image.state === 'scheduled');
      if (!areScheduled || appliedCiIds.length !== site.size.group) {
        throw new Error(`The run ended as ${state} with ${appliedCiIds.length} updates.`);
      }
      return { processes: children.ended(), repetitions, waitedMilliseconds: waited(), appliedCiIds };
    });
  } finally {
    children.stop();
    await provider.close();
  }
}

/** Through the connection as a user opens it. */
function overAdminService({ simulator, caCertificate }: BenchSite): Way {
  const address = serviceAddress(simulator.tokenBaseUrl, 'token');
  if (address === undefined) throw new Error('The simulated site has no address that the product takes.');
  return {
    requests: simulator.requests,
    connect: (surroundings) =>
      openConnection(
        { kind: 'admin-service', address, login: { kind: 'token', token: TOKEN }, caCertificate },
        surroundings,
      ),
  };
}

function clockThatCounts(): { readonly clock: Clock; readonly waited: () => number } {
  let waited = 0;
  return {
    waited: () => waited,
    clock: {
      now: () => systemClock.now(),
      sleep: async (milliseconds, cancelled) => {
        const begun = performance.now();
        await systemClock.sleep(milliseconds, cancelled);
        waited += performance.now() - begun;
      },
    },
  };
}
