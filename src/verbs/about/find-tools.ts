import { tmpdir } from 'node:os';

import { environmentForCurl, findCurl } from '../../provider/admin-service/curl-executable.js';
import { runChild } from '../../provider/child-process.js';
import { environmentForPowerShell, findPowerShell } from '../../provider/wmi/powershell-executable.js';

/** A program that a connection runs. Undefined: there is none, or it does not tell its version. */
export interface FoundTool {
  readonly path: string | undefined;
  readonly version: string | undefined;
}

/** The curl that the connection admin-service would run. */
export async function findOwnCurl(environment: NodeJS.ProcessEnv): Promise<FoundTool> {
  const path = findCurl(environment);
  return withVersion(path, ['-q', '--version'], environmentForCurl(environment));
}

/** The PowerShell that the connection wmi would run. */
export async function findOwnPowerShell(environment: NodeJS.ProcessEnv): Promise<FoundTool> {
  const path = findPowerShell(undefined, environment);
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', '"$($PSVersionTable.PSVersion)"'];
  return withVersion(path, args, environmentForPowerShell(environment));
}

const LONGEST_MILLISECONDS = 30_000;

async function withVersion(
  path: string | undefined,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<FoundTool> {
  if (path === undefined) return { path, version: undefined };
  const lines: string[] = [];
  await runChild({
    executable: path,
    args,
    environment,
    folder: tmpdir(),
    input: '',
    onLine: (line) => lines.push(line),
    outputBytes: 16_384,
    deadlineMilliseconds: LONGEST_MILLISECONDS,
    cancelled: new AbortController().signal,
  });
  return { path, version: lines.find((line) => line.trim() !== '')?.trim() };
}
