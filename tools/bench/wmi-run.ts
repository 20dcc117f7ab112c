import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { RETRY_POLICY, WMI_LIMITS } from '../../src/hosts/open-connection.js';
import { runChild } from '../../src/provider/child-process.js';
import { makePrivateFolder } from '../../src/provider/private-folder.js';
import { environmentForPowerShell } from '../../src/provider/wmi/powershell-executable.js';
import { WmiConnection } from '../../src/provider/wmi/wmi-connection.js';
import { NEVER_DUE } from '../../src/site/schedule-token.js';
import { environmentOfTest, POWERSHELLS, SCRIPT } from '../../test/simulated-wmi/powershells.js';
import { startSimulatedWmi, type SimulatedWmi } from '../../test/simulated-wmi/simulated-wmi.js';
import { REPOSITORY } from '../repository.js';
import { onSite, type BenchSite, type SiteSize } from './bench-site.js';
import { median, type Measured } from './cost.js';
import { runProduct, type ClientSide, type Way } from './product-run.js';
import { watchChildren } from './watch-children.js';

/** What the CIM cmdlets of the tests take by themselves, in milliseconds. */
export interface StandIn {
  /** Once in each process. */
  readonly load: number;
  readonly create: number;
  /** Of the answer to a query. */
  readonly row: number;
}

export interface WmiRun {
  readonly size: SiteSize;
  readonly run: Measured<ClientSide>;
  readonly standIn: StandIn;
}

export interface WmiMeasured {
  readonly executable: string;
  /** PowerShell for an empty script, from start to end: the median of those between the runs. */
  readonly startMilliseconds: number;
  readonly starts: number;
  readonly runs: readonly WmiRun[];
}

const STARTS_BETWEEN_RUNS = 4;

/** Undefined where there is no PowerShell. */
export async function measureWmi(sizes: readonly SiteSize[]): Promise<WmiMeasured | undefined> {
  const [executable] = POWERSHELLS;
  if (executable === undefined) return undefined;
  const starts = await timeStarts(executable);
  const runs: WmiRun[] = [];
  for (const size of sizes) {
    runs.push(await onSite(size, async (site) => runOverWmi(site, executable), { isVisibleAtOnce: true }));
    // In between, so that whatever else the machine does meanwhile strikes both.
    starts.push(...(await timeStarts(executable)));
  }
  return { executable, startMilliseconds: median(starts), starts: starts.length, runs };
}

async function runOverWmi(site: BenchSite, executable: string): Promise<WmiRun> {
  const wmi = await startSimulatedWmi(site.simulator);
  try {
    const run = await runProduct(site, overWmi(wmi, executable));
    const standIn = await timeStandIn(site, wmi, executable, run.result.appliedCiIds);
    return { size: site.size, run, standIn };
  } finally {
    await wmi.stop();
  }
}

/** Through the connection as `open-connection.ts` makes it, but for the module that stands in for that of Windows. */
function overWmi(wmi: SimulatedWmi, executable: string): Way {
  return {
    requests: wmi.requests,
    connect: ({ clock, random, onRetry }) =>
      new WmiConnection({
        executable,
        scriptPath: SCRIPT,
        environment: environmentOfTest(executable, wmi.environment),
        folder: makePrivateFolder(process.env),
        place: { computer: undefined, protocol: 'auto', siteCode: undefined, credential: undefined },
        limits: WMI_LIMITS,
        retry: RETRY_POLICY,
        clock,
        random,
        onRetry,
      }),
  };
}

async function timeStarts(executable: string): Promise<number[]> {
  const folder = makePrivateFolder(process.env);
  try {
    const script = join(folder.path, 'empty.ps1');
    writeFileSync(script, '');
    const times: number[] = [];
    for (let time = 0; time < STARTS_BETWEEN_RUNS; time++) {
      const { milliseconds } = await runPowerShell(executable, script, environmentForPowerShell(process.env));
      times.push(milliseconds);
    }
    return times;
  } finally {
    await folder.remove();
  }
}

async function timeStandIn(
  { simulator }: BenchSite,
  wmi: SimulatedWmi,
  executable: string,
  ciIds: readonly number[],
): Promise<StandIn> {
  const { lines } = await runPowerShell(
    executable,
    join(REPOSITORY, 'tools', 'bench', 'stand-in.ps1'),
    environmentOfTest(executable, wmi.environment),
    [`root\\sms\\site_${simulator.state.site.code}`, NEVER_DUE, ...ciIds].join('\n'),
  );
  const { load, creates, rows } = JSON.parse(lines.join('')) as Readonly<
    Record<'load' | 'creates' | 'rows', number>
  >;
  return { load, create: creates / ciIds.length, row: rows / ciIds.length };
}

/** With the arguments that the product gives it (`powershell-process.ts`). */
async function runPowerShell(
  executable: string,
  script: string,
  environment: Readonly<Record<string, string>>,
  input = '',
): Promise<{ readonly milliseconds: number; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const children = watchChildren();
  try {
    const end = await runChild({
      executable,
      args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', script],
      environment,
      folder: REPOSITORY,
      input,
      onLine: (line) => lines.push(line),
      outputBytes: WMI_LIMITS.outputBytes,
      deadlineMilliseconds: WMI_LIMITS.startSeconds * 1_000,
      cancelled: new AbortController().signal,
    });
    const [child] = children.ended();
    if (end.ended !== 'by-itself' || end.exitCode !== 0 || child === undefined) {
      throw new Error(`${script} failed: ${JSON.stringify(end)}`);
    }
    return { milliseconds: child.endedAt - child.begunAt, lines };
  } finally {
    children.stop();
  }
}
