import { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { parse } from 'node:path';

import { openConnection } from '../../src/hosts/open-connection.js';
import { serviceAddress } from '../../src/provider/admin-service/service-address.js';
import { systemClock, type Clock } from '../../src/provider/clock.js';
import { serviceImages } from '../../src/servicing/service-images.js';
import type { ServicingRequest } from '../../src/servicing/servicing-request.js';
import { USUAL_PATIENCE } from '../../src/servicing/site-access.js';
import { GROUP, IMAGE, TOKEN, type BenchSite } from './bench-site.js';
import { measure, type Measured } from './cost.js';

/** What only the client's side knows of a run. */
export interface ClientSide {
  readonly curlProcesses: number;
  /** Requests and whole curl processes that were tried again. */
  readonly repetitions: number;
  /** Time spent on purpose, until new objects can be visible. */
  readonly waitedMilliseconds: number;
}

const REQUEST: ServicingRequest = {
  siteCode: undefined,
  siteServer: undefined,
  images: [IMAGE],
  updateGroups: [GROUP],
  updates: [],
  updateDistributionPoints: true,
  start: { kind: 'now' },
  continueOnUpdateError: false,
  removeSupersededUpdates: false,
  unusableUpdates: 'fail',
  alreadyInstalled: 'skip',
  supersededUpdates: 'skip-if-newer-selected',
  writeOrder: 'draft-first',
  dryRun: false,
};

/** One whole run of the product, through the connection, with the limits and with the patience that a user gets. */
export async function runProduct(site: BenchSite): Promise<Measured<ClientSide>> {
  const address = serviceAddress(site.simulator.tokenBaseUrl, 'token');
  if (address === undefined) throw new Error('The simulated site has no address that the product takes.');
  const { clock, waited } = clockThatCounts();
  let repetitions = 0;
  const provider = openConnection(
    {
      kind: 'admin-service',
      address,
      login: { kind: 'token', token: TOKEN },
      caCertificate: site.caCertificate,
    },
    { environment: process.env, clock, random: Math.random, onRetry: () => repetitions++ },
  );
  const cancelled = new AbortController().signal;
  const access = { provider, clock, patience: USUAL_PATIENCE, cancelled, tell: () => undefined };
  const children = watchChildren();
  try {
    return await measure(site, async () => {
      const { state, appliedCiIds } = await serviceImages(access, REQUEST, 'benchmark');
      if (state !== 'scheduled' || appliedCiIds.length !== site.size.group) {
        throw new Error(`The run ended as ${state} with ${appliedCiIds.length} updates.`);
      }
      return { curlProcesses: children.ofCurl(), repetitions, waitedMilliseconds: waited() };
    });
  } finally {
    children.stop();
    await provider.close();
  }
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

/** Node tells of a child before it is started, when it has no name yet: so the names are read afterwards. */
function watchChildren(): { readonly ofCurl: () => number; readonly stop: () => void } {
  const children: ChildProcess[] = [];
  const note = (message: unknown): void => {
    if (typeof message !== 'object' || message === null || !('process' in message)) return;
    if (message.process instanceof ChildProcess) children.push(message.process);
  };
  subscribe('child_process', note);
  return {
    ofCurl: () => children.filter(({ spawnfile }) => parse(spawnfile).name === 'curl').length,
    stop: () => {
      unsubscribe('child_process', note);
    },
  };
}
