import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that only this account can open, for what a child process writes. */
export interface PrivateFolder {
  readonly path: string;
  remove(): Promise<void>;
}

const folders = new Set<string>();

function removeAll(): void {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
}

/**
 * Makes the folder in the temporary folder of the pipeline's agent, which the agent empties itself after a job,
 * or else in the system's. Should the process end without `remove`, it is removed as the last thing.
 */
export function makePrivateFolder(environment: NodeJS.ProcessEnv): PrivateFolder {
  const parent = environment['RUNNER_TEMP'] ?? environment['AGENT_TEMPDIRECTORY'] ?? tmpdir();
  // mkdtemp makes it with mode 0700; realpath, because curl and PowerShell run inside it.
  const path = mkdtempSync(join(realpathSync(parent), 'configmgr-offline-servicing-'));
  if (folders.size === 0) process.on('exit', removeAll);
  folders.add(path);
  return {
    path,
    remove: async () => {
      // Windows keeps a file for some moments after the process that wrote it was killed.
      await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      folders.delete(path);
      if (folders.size === 0) process.removeListener('exit', removeAll);
    },
  };
}
