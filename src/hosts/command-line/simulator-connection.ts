import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { serviceAddress } from '../../provider/admin-service/service-address.js';
import { makePrivateFolder } from '../../provider/private-folder.js';
import type { ReachedSite } from '../with-site.js';
import type * as Simulator from '../../simulator/index.js';

/** The bundle beside this one; loaded only when it is wanted, because it would slow every start. */
export async function loadSimulator(): Promise<typeof Simulator> {
  const bundle = join(dirname(fileURLToPath(import.meta.url)), '..', 'simulator', 'index.mjs');
  return (await import(/* webpackIgnore: true */ pathToFileURL(bundle).href)) as typeof Simulator;
}

/** A simulated site in the process of the command, for `connection: simulator`. */
export async function serveOwnSite(environment: NodeJS.ProcessEnv): Promise<ReachedSite> {
  // First of all: a site that was started and not returned would never be stopped.
  const folder = makePrivateFolder(environment);
  const { describeDefaultSite, startSimulator } = await loadSimulator();
  const token = randomBytes(24).toString('base64url');
  const site = await startSimulator({ description: describeDefaultSite({}), token });
  const caCertificate = join(folder.path, 'simulated-site.pem');
  writeFileSync(caCertificate, site.certificatePem);
  const address = serviceAddress(site.tokenBaseUrl, 'token');
  if (address === undefined)
    throw new TypeError(`Not an address of an administration service: ${site.tokenBaseUrl}`);
  return {
    connection: { kind: 'admin-service', address, login: { kind: 'token', token }, caCertificate },
    stop: async () => {
      await site.stop();
      await folder.remove();
    },
  };
}
