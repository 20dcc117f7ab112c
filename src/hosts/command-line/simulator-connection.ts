import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { serviceAddress } from '../../provider/admin-service/service-address.js';
import type { StepRequest } from '../../parameters/step-request.js';
import { makePrivateFolder } from '../../provider/private-folder.js';
import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { ReachedSite, StepEnd } from '../run-step.js';
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

/** A simulated site is gone when its run has ended: then no advice and no command may lead there. */
export function endOfSite(end: StepEnd, request: Pick<StepRequest, 'connection'> | undefined): StepEnd {
  if (request?.connection.kind !== 'simulator' || end.kind !== 'failed') return end;
  const [first, ...others] = end.errors;
  return { ...end, errors: [goneWithSite(first), ...others.map(goneWithSite)] };
}

function goneWithSite(error: Diagnosis): Diagnosis {
  const isLeft = error.schedules !== undefined || error.commands !== undefined;
  return isLeft ? { ...error, next: NOTHING_IS_LEFT, commands: [] } : error;
}

const NOTHING_IS_LEFT =
  'Nothing: the simulated site ended with the run, and what may have been left there is gone with it.';
