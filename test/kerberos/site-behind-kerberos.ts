import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

import { AdminServiceConnection } from '../../src/provider/admin-service/admin-service-connection.js';
import { environmentForCurl, findCurl } from '../../src/provider/admin-service/curl-executable.js';
import { serviceAddress } from '../../src/provider/admin-service/service-address.js';
import { systemClock } from '../../src/provider/clock.js';
import { makePrivateFolder } from '../../src/provider/private-folder.js';
import { startSimulator, type RunningSimulator } from '../../src/simulator/index.js';
import { SITE_WITH_SMALL_GROUP } from '../servicing/site-afterwards.js';
import type { SiteUnderTest } from '../site-under-test.js';
import { startGate, type KerberosGate } from './kerberos-gate.js';
import { startRealm, type KerberosRealm } from './kerberos-realm.js';
import { PROVIDER_NAME } from './programs.js';

/** A simulated site that is reached with Kerberos alone: KDC, Apache and the site, all of the one test. */
export interface SiteBehindKerberos {
  readonly simulator: RunningSimulator;
  readonly realm: KerberosRealm;
  readonly gate: KerberosGate;
  /** Each `Negotiate` token that reached the site, in order. */
  readonly tokens: readonly string[];
  readonly caCertificate: string;
  /** The base URL under a name of this machine. */
  addressAt(host: string): string;
  /** What a runner has in its environment. */
  environment(ticketCache: string): Readonly<Record<string, string>>;
  /** A connection of this process, with that environment. */
  connect(environment: Readonly<Record<string, string>>, host?: string): SiteUnderTest;
}

/** `onRequest` is called for each request that the gate let through, before the site answers it. */
export async function siteBehindKerberos(
  context: TestContext,
  onRequest: (site: RunningSimulator) => void = () => undefined,
): Promise<SiteBehindKerberos> {
  const folder = mkdtempSync(join(tmpdir(), 'kerberos-'));
  // Apache is another user where root runs the tests.
  chmodSync(folder, 0o711);
  const tokens: string[] = [];
  const simulator: RunningSimulator = await startSimulator({
    description: SITE_WITH_SMALL_GROUP,
    token: 'of no use here',
    invisibleMilliseconds: 0,
    trustNegotiate: (token) => {
      tokens.push(token.toString('base64'));
      onRequest(simulator);
      return true;
    },
  });
  context.after(async () => {
    await simulator.stop();
  });
  const realm = await startRealm(context, join(folder, 'realm'));
  const gate = await startGate(context, join(folder, 'gate'), realm, simulator);
  const caCertificate = join(folder, 'ca.pem');
  writeFileSync(caCertificate, gate.certificatePem);
  context.after(() => {
    rmSync(folder, { recursive: true });
  });
  const addressAt = (host: string): string => `https://${host}:${gate.port}/AdminService`;
  return {
    simulator,
    realm,
    gate,
    tokens,
    caCertificate,
    addressAt,
    environment: (ticketCache) => ({
      KRB5_CONFIG: realm.configuration,
      KRB5CCNAME: `FILE:${ticketCache}`,
    }),
    connect: (environment, host = PROVIDER_NAME) =>
      connectTo(context, { simulator, caCertificate, address: addressAt(host) }, environment),
  };
}

function connectTo(
  context: TestContext,
  target: { readonly simulator: RunningSimulator; readonly caCertificate: string; readonly address: string },
  environment: Readonly<Record<string, string>>,
): SiteUnderTest {
  const address = serviceAddress(target.address, 'integrated');
  const curlExecutable = findCurl(process.env);
  if (curlExecutable === undefined || address === undefined) throw new Error('These tests need curl.');
  const folder = makePrivateFolder(process.env);
  const site = { retries: [], progress: [], simulator: target.simulator, folder: folder.path };
  const provider = new AdminServiceConnection({
    address,
    curlExecutable,
    environment: environmentForCurl(environment),
    settings: {
      login: { kind: 'integrated' },
      caCertificate: target.caCertificate,
      connectSeconds: 5,
      answerSeconds: 20,
      answerBytes: 32 * 1024 * 1024,
      parallel: 8,
      platform: process.platform,
    },
    folder,
    retry: { attempts: 3, firstDelayMilliseconds: 10, longestDelayMilliseconds: 40 },
    clock: systemClock,
    random: () => 0.5,
    onRetry: () => undefined,
  });
  context.after(async () => {
    await provider.close();
  });
  return {
    ...site,
    wmi: undefined,
    provider,
    access: (cancelled = new AbortController().signal) => ({
      provider,
      clock: systemClock,
      patience: {
        firstLookMilliseconds: 20,
        longestInvisibleMilliseconds: 250,
        undoAfterCancelMilliseconds: 3_000,
      },
      cancelled,
      timeIsUp: new AbortController().signal,
      tell: () => undefined,
    }),
  };
}
