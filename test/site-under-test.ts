import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

import { AdminServiceConnection } from '../src/provider/admin-service/admin-service-connection.js';
import type { CurlSettings } from '../src/provider/admin-service/curl-configuration.js';
import { environmentForCurl, findCurl } from '../src/provider/admin-service/curl-executable.js';
import { serviceAddress, type ServiceAddress } from '../src/provider/admin-service/service-address.js';
import { systemClock } from '../src/provider/clock.js';
import type { SmsProvider } from '../src/provider/port.js';
import { makePrivateFolder, type PrivateFolder } from '../src/provider/private-folder.js';
import type { RetryNotice } from '../src/provider/retry-policy.js';
import { WmiConnection, type WmiOptions } from '../src/provider/wmi/wmi-connection.js';
import type { Progress } from '../src/plan/progress.js';
import type { SiteAccess, SitePatience } from '../src/plan/site-access.js';
import {
  describeDefaultSite,
  startSimulator,
  type RunningSimulator,
  type SimulatorOptions,
} from '../src/simulator/index.js';
import { environmentOfTest, POWERSHELLS, SCRIPT, WITHOUT_POWERSHELL } from './simulated-wmi/powershells.js';
import {
  startSimulatedWmi,
  type SimulatedWmi,
  type SimulatedWmiOptions,
} from './simulated-wmi/simulated-wmi.js';

export const TOKEN = 'a-token-of-the-tests-0123456789';

/** A simulated site, a real connection to it, and all that the two told. */
export interface SiteUnderTest {
  /** Its requests are those of the connection, whichever it is. */
  readonly simulator: RunningSimulator;
  /** Where the connection is WMI. */
  readonly wmi: SimulatedWmi | undefined;
  readonly provider: SmsProvider;
  readonly retries: RetryNotice[];
  readonly progress: Progress[];
  readonly folder: string;
  access(cancelled?: AbortSignal, timeIsUp?: AbortSignal): SiteAccess;
}

export interface SharedSiteUnderTest extends SiteUnderTest {
  /** A further connection of the same kind, as a run at the same time has one; over HTTPS perhaps by another name. */
  connectAgain(address?: ServiceAddress): SmsProvider;
}

export type Connection = 'admin-service' | 'wmi';

/** Both connections, each with the reason why its tests are skipped here: `for (const { connection, skip } of CONNECTIONS)`. */
export const CONNECTIONS: readonly { readonly connection: Connection; readonly skip: string | false }[] = [
  { connection: 'admin-service', skip: false },
  { connection: 'wmi', skip: WITHOUT_POWERSHELL },
];

export interface SiteUnderTestOptions {
  /** Default: admin-service. */
  readonly connection?: Connection;
  /** `faults` work for both connections. */
  readonly simulator?: Partial<SimulatorOptions>;
  /** Of curl; how long and how large an answer may be is taken for WMI as well. */
  readonly settings?: Partial<CurlSettings>;
  readonly patience?: Partial<SitePatience>;
  /** How the site is found and what it does over WMI. */
  readonly wmi?: SimulatedWmiOptions;
  /** How the connection of WMI is set up. */
  readonly wmiConnection?: {
    readonly executable?: string;
    readonly scriptPath?: string;
    readonly environment?: Readonly<Record<string, string>>;
    readonly place?: Partial<WmiOptions['place']>;
    readonly limits?: Partial<WmiOptions['limits']>;
  };
}

/** Made once: the generator is fast, but thousands of tests ask for it. */
export const SMALL_SITE = describeDefaultSite({ updates: 400 });

/** Times are short here, and the client's are in proportion to the simulator's as the real ones are. */
const PATIENCE: SitePatience = {
  firstLookMilliseconds: 20,
  longestInvisibleMilliseconds: 250,
  undoAfterCancelMilliseconds: 6_500,
};

export async function siteUnderTest(
  /** Of a test; or whatever else knows when the site is not needed any more. */
  context: Pick<TestContext, 'after'>,
  options: SiteUnderTestOptions = {},
): Promise<SharedSiteUnderTest> {
  const served = await startSimulator({
    description: SMALL_SITE,
    token: TOKEN,
    invisibleMilliseconds: 0,
    ...options.simulator,
  });
  const wmi =
    options.connection === 'wmi'
      ? await startSimulatedWmi(served, { faults: options.simulator?.faults ?? [], ...options.wmi })
      : undefined;
  const simulator = wmi === undefined ? served : { ...served, requests: wmi.requests };
  const folder = makePrivateFolder(process.env);
  const retries: RetryNotice[] = [];
  const progress: Progress[] = [];
  const common: Common = {
    folder,
    retry: { attempts: 3, firstDelayMilliseconds: 10, longestDelayMilliseconds: 40 },
    clock: systemClock,
    random: () => 0.5,
    onRetry: (notice) => retries.push(notice),
  };
  const connect = (to: Common, address = serviceAddress(served.tokenBaseUrl, 'token')): SmsProvider =>
    wmi === undefined
      ? adminServiceConnection(served, options, to, address)
      : wmiConnection(wmi, options, to);
  const provider = connect(common);
  const opened = [provider];
  context.after(async () => {
    for (const each of opened) await each.close();
    await wmi?.stop();
    await served.stop();
  });
  return {
    simulator,
    wmi,
    provider,
    retries,
    progress,
    folder: folder.path,
    access: (cancelled = new AbortController().signal, timeIsUp = new AbortController().signal) => ({
      provider,
      clock: systemClock,
      patience: { ...PATIENCE, ...options.patience },
      cancelled,
      timeIsUp,
      tell: (step) => progress.push(step),
    }),
    connectAgain: (address) => {
      const another = connect({ ...common, folder: makePrivateFolder(process.env) }, address);
      opened.push(another);
      return another;
    },
  };
}

type Common = Pick<WmiOptions, 'retry' | 'clock' | 'random' | 'onRetry'> & { readonly folder: PrivateFolder };

function adminServiceConnection(
  served: RunningSimulator,
  { settings }: SiteUnderTestOptions,
  common: Common,
  address: ServiceAddress | undefined,
): SmsProvider {
  const caCertificate = join(common.folder.path, 'ca.pem');
  writeFileSync(caCertificate, served.certificatePem);
  const curlExecutable = findCurl(process.env);
  if (curlExecutable === undefined || address === undefined) throw new Error('These tests need curl.');
  return new AdminServiceConnection({
    ...common,
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
      ...settings,
    },
  });
}

function wmiConnection(
  wmi: SimulatedWmi,
  { settings: ofBoth, wmiConnection: settings }: SiteUnderTestOptions,
  common: Common,
): SmsProvider {
  const executable = settings?.executable ?? POWERSHELLS[0];
  if (executable === undefined) throw new Error('These tests need PowerShell: skip them without it.');
  return new WmiConnection({
    ...common,
    executable,
    scriptPath: settings?.scriptPath ?? SCRIPT,
    environment: { ...environmentOfTest(executable, wmi.environment), ...settings?.environment },
    place: {
      computer: undefined,
      protocol: 'auto',
      siteCode: undefined,
      credential: undefined,
      ...settings?.place,
    },
    limits: {
      operationSeconds: ofBoth?.answerSeconds ?? 10,
      startSeconds: 30,
      outputBytes: ofBoth?.answerBytes ?? 32 * 1024 * 1024,
      ...settings?.limits,
    },
  });
}
