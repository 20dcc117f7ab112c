import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makePrivateFolder } from '../../src/provider/private-folder.js';
import { describeDefaultSite, startSimulator, type RunningSimulator } from '../../src/simulator/index.js';

/** The group that the generator of sites makes on demand, and the image that all of its updates can be used for. */
export const GROUP = 'Benchmark';
export const IMAGE = 'Windows 11 Enterprise';

export const TOKEN = 'a-token-of-the-benchmark-0123456789';

/**
 * Servicing an image takes an hour or so on a real site too. Here it means that a run does not find its updates
 * installed by the run before it, so that each does the same work.
 */
const SERVICING_MILLISECONDS = 3_600_000;

export interface SiteSize {
  /** Software updates of the whole site. */
  readonly updates: number;
  /** Updates of the group that is serviced. */
  readonly group: number;
}

/** A simulated site, served by this process. */
export interface BenchSite {
  readonly size: SiteSize;
  /** Operating systems in the image. */
  readonly indexes: number;
  /** What the site holds about updates in the image: one for each update and index that it knows of. */
  readonly statusRows: number;
  /** FQDN. */
  readonly siteServer: string;
  readonly simulator: RunningSimulator;
  /** The PEM file that makes a client trust the site. */
  readonly caCertificate: string;
  close(): Promise<void>;
}

export async function openBenchSite(size: SiteSize): Promise<BenchSite> {
  const description = describeDefaultSite({ updates: size.updates, groupOf: size.group });
  const image = description.images.find(({ name }) => name === IMAGE);
  if (image === undefined) throw new Error(`The generator makes no image "${IMAGE}".`);
  const simulator = await startSimulator({
    description,
    token: TOKEN,
    servicingMilliseconds: SERVICING_MILLISECONDS,
  });
  const folder = makePrivateFolder(process.env);
  const caCertificate = join(folder.path, 'ca.pem');
  writeFileSync(caCertificate, simulator.certificatePem);
  return {
    size,
    indexes: image.indexes.length,
    statusRows: description.imageUpdates.filter(({ packageId }) => packageId === image.packageId).length,
    siteServer: description.site.serverName,
    simulator,
    caCertificate,
    close: async () => {
      await simulator.stop();
      await folder.remove();
    },
  };
}

/** Opens a site for as long as something is measured on it. */
export async function onSite<Result>(
  size: SiteSize,
  act: (site: BenchSite) => Promise<Result>,
): Promise<Result> {
  const site = await openBenchSite(size);
  try {
    return await act(site);
  } finally {
    await site.close();
  }
}
