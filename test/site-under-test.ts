import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

import { AdminServiceConnection } from '../src/provider/admin-service/admin-service-connection.js';
import type { CurlSettings } from '../src/provider/admin-service/curl-configuration.js';
import { environmentForCurl, findCurl } from '../src/provider/admin-service/curl-executable.js';
import { serviceAddress } from '../src/provider/admin-service/service-address.js';
import { systemClock } from '../src/provider/clock.js';
import type { SmsProvider } from '../src/provider/port.js';
import { makePrivateFolder } from '../src/provider/private-folder.js';
import type { RetryNotice } from '../src/provider/retry-policy.js';
import type { Progress } from '../src/servicing/progress.js';
import type { SiteAccess, SitePatience } from '../src/servicing/site-access.js';
import {
  describeDefaultSite,
  startSimulator,
  type RunningSimulator,
  type SimulatorOptions,
} from '../src/simulator/index.js';

export const TOKEN = 'a-token-of-the-tests-0123456789';

/** A simulated site, a real connection to it, and all that the two told. */
export interface SiteUnderTest {
  readonly simulator: RunningSimulator;
  readonly provider: SmsProvider;
  readonly retries: RetryNotice[];
  readonly progress: Progress[];
  readonly folder: string;
  access(cancelled?: AbortSignal): SiteAccess;
}

export interface SiteUnderTestOptions {
  readonly simulator?: Partial<SimulatorOptions>;
  readonly settings?: Partial<CurlSettings>;
  readonly patience?: Partial<SitePatience>;
}

/** Made once: the generator is fast, but thousands of tests ask for it. */
export const SMALL_SITE = describeDefaultSite({ updates: 400 });

/** Times are short here, and the client's are in proportion to the simulator's as the real ones are. */
const PATIENCE: SitePatience = {
  firstLookMilliseconds: 20,
  longestInvisibleMilliseconds: 250,
  undoAfterCancelMilliseconds: 3_000,
};

export async function siteUnderTest(
  context: TestContext,
  options: SiteUnderTestOptions = {},
): Promise<SiteUnderTest> {
  const simulator = await startSimulator({
    description: SMALL_SITE,
    token: TOKEN,
    invisibleMilliseconds: 0,
    ...options.simulator,
  });
  const folder = makePrivateFolder(process.env);
  const caCertificate = join(folder.path, 'ca.pem');
  writeFileSync(caCertificate, simulator.certificatePem);
  const curlExecutable = findCurl(process.env);
  const address = serviceAddress(simulator.tokenBaseUrl, 'token');
  if (curlExecutable === undefined || address === undefined) throw new Error('These tests need curl.');
  const retries: RetryNotice[] = [];
  const progress: Progress[] = [];
  const provider = new AdminServiceConnection({
    address,
    curlExecutable,
    environment: environmentForCurl(process.env),
    settings: {
      login: { kind: 'token', token: TOKEN },
      caCertificate,
      connectSeconds: 5,
      answerSeconds: 10,
      answerBytes: 32 * 1024 * 1024,
      parallel: 8,
      platform: process.platform,
      ...options.settings,
    },
    folder,
    retry: { attempts: 3, firstDelayMilliseconds: 10, longestDelayMilliseconds: 40 },
    clock: systemClock,
    random: () => 0.5,
    onRetry: (notice) => retries.push(notice),
  });
  context.after(async () => {
    await provider.close();
    await simulator.stop();
  });
  return {
    simulator,
    provider,
    retries,
    progress,
    folder: folder.path,
    access: (cancelled = new AbortController().signal) => ({
      provider,
      clock: systemClock,
      patience: { ...PATIENCE, ...options.patience },
      cancelled,
      tell: (step) => progress.push(step),
    }),
  };
}
