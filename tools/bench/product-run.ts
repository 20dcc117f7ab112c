import { DEFAULT_SWITCHES } from '../../src/verbs/service/read-request.js';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import { openConnection } from '../../src/hosts/open-connection.js';
import type { AdminServiceRequest } from '../../src/parameters/connection-request.js';
import { serviceAddress } from '../../src/provider/admin-service/service-address.js';
import { systemClock, type Clock } from '../../src/provider/clock.js';
import { serviceImages } from '../../src/verbs/service/service-images.js';
import type { ServicingRequest } from '../../src/plan/servicing-request.js';
import { USUAL_PATIENCE } from '../../src/plan/site-access.js';
import { GROUP, TOKEN, type BenchSite } from './bench-site.js';
import { measure, type Measured } from './cost.js';

/** What only the client's side knows of a run. */
export interface ClientSide {
  /** Of curl. */
  readonly processes: number;
  /** Time spent on purpose, until new objects can be visible. */
  readonly waitedMilliseconds: number;
}

const REQUEST: Omit<ServicingRequest, 'images'> = {
  ...DEFAULT_SWITCHES,
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

/** One whole run over the administration service, with the limits and the patience that a user gets. */
export async function runProduct(site: BenchSite): Promise<Measured<ClientSide>> {
  const { clock, waited } = clockThatCounts();
  const provider = openConnection(connectionTo(site), {
    environment: process.env,
    clock,
    random: Math.random,
    debug: undefined,
    onRetry: ({ label, why }) => {
      throw new Error(`Tried again: ${label}, because ${why}`);
    },
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
  const children = countChildren();
  try {
    return await measure(site.simulator.requests, async () => {
      const request = { ...REQUEST, images: site.images };
      const run = await serviceImages(access, request, 'benchmark');
      const isWhole =
        run.kind === 'done' &&
        run.result.state === 'scheduled' &&
        run.result.appliedCiIds.length === site.size.group;
      if (!isWhole) throw new Error(`The run ended as ${JSON.stringify(run).slice(0, 500)}.`);
      return { processes: children.started(), waitedMilliseconds: waited() };
    });
  } finally {
    children.stop();
    await provider.close();
  }
}

/** As a user names it. */
function connectionTo({ simulator, caCertificate }: BenchSite): AdminServiceRequest {
  const address = serviceAddress(simulator.tokenBaseUrl, 'token');
  if (address === undefined) throw new Error('The simulated site has no address that the product takes.');
  return { kind: 'admin-service', address, login: { kind: 'token', token: TOKEN }, caCertificate };
}

/** Node reports each child process on this channel. */
function countChildren(): { readonly started: () => number; readonly stop: () => void } {
  let started = 0;
  const count = (): void => {
    started++;
  };
  subscribe('child_process', count);
  return {
    started: () => started,
    stop: () => {
      unsubscribe('child_process', count);
    },
  };
}

function clockThatCounts(): { readonly clock: Clock; readonly waited: () => number } {
  let waited = 0;
  return {
    waited: () => waited,
    clock: {
      now: () => systemClock.now(),
      elapsed: () => systemClock.elapsed(),
      sleep: async (milliseconds, cancelled) => {
        const begun = performance.now();
        await systemClock.sleep(milliseconds, cancelled);
        waited += performance.now() - begun;
      },
    },
  };
}
