import { release } from 'node:os';

import { VERSION } from '../../diagnosis/version.js';
import type { RunStart, RunView } from '../verb.js';
import { PRODUCT, viewOfAbout } from './about-view.js';
import { findOwnCurl, findOwnPowerShell } from './find-tools.js';

/** Never throws: what is not found is told as that. */
export async function runAbout({ host, environment }: RunStart): Promise<RunView> {
  const [curl, powerShell] = await Promise.all([findOwnCurl(environment), findOwnPowerShell(environment)]);
  return viewOfAbout({
    product: { name: PRODUCT, version: VERSION, calledAs: host },
    system: { platform: process.platform, architecture: process.arch, release: release() },
    node: { path: process.execPath, version: process.version },
    curl,
    powerShell,
  });
}
