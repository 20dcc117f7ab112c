import { spawn } from 'node:child_process';

import { GROUP, IMAGE, TOKEN, type BenchSite } from './bench-site.js';
import { COMMAND } from './command.js';

/**
 * Runs first in the measured process and tells, as that ends, how much of it was in memory at most, in KB.
 * On Linux `resourceUsage` is of no use: a child's figure begins with that of the process that started it, which here
 * holds a whole site. The kernel's own high-water mark begins anew with the program.
 */
const PROBE = `
import { readFileSync } from 'node:fs';
process.on('exit', () => {
  const kernel = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
  const peak = /^VmHWM:\\s*(\\d+) kB$/m.exec(kernel)?.[1] ?? process.resourceUsage().maxRSS;
  process.stderr.write('\\npeak ' + peak + '\\n');
});`;

/** The largest resident set of the command over one whole run, in bytes; its curl children not counted. */
export async function peakMemoryOfRun({ simulator, caCertificate }: BenchSite): Promise<number> {
  return peakMemory(
    [COMMAND, 'service', '--connection', 'admin-service', '--authentication', 'token'].concat(
      ['--sms-provider', simulator.tokenBaseUrl, '--ca-certificate', caCertificate],
      ['--image', IMAGE, '--update-group', GROUP, '--update-distribution-points', 'true'],
    ),
    { ...process.env, CONFIGMGR_TOKEN: TOKEN },
  );
}

/** What Node takes for nothing at all. */
export async function peakMemoryOfBareNode(): Promise<number> {
  return peakMemory(['-e', '0'], process.env);
}

/** The child talks to the site that this process serves, so it cannot be waited for in any way that blocks. */
async function peakMemory(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const probe = `data:text/javascript,${encodeURIComponent(PROBE)}`;
  const child = spawn(process.execPath, ['--import', probe, ...args], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const peak = /^peak (\d+)$/m.exec(stderr)?.[1];
  if (exitCode !== 0 || peak === undefined) {
    throw new Error(`The measured process ended with ${String(exitCode)}: ${stderr.trim()}`);
  }
  return Number(peak) * 1_024;
}
