import { runChild, type ChildEnd } from '../child-process.js';
import { readBatchLine, type BatchLine } from './batch-lines.js';
import { batchText, type Batch } from './batch-text.js';

export interface PowerShell {
  /** Absolute path. */
  readonly executable: string;
  /** Absolute path of `sms-provider-batch.ps1`. */
  readonly scriptPath: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Private: what PowerShell runs in. */
  readonly folder: string;
  /** More output than this ends the script. */
  readonly outputBytes: number;
}

/** One run of the script: what it said, and how it ended. */
export interface ScriptRun {
  readonly lines: readonly BatchLine[];
  readonly end: ChildEnd;
  /** The script ended itself because the time of the batch was up. */
  readonly outOfTime: boolean;
}

/** The script's own limit comes first; this one is for a PowerShell that hangs before or after it. */
const GRACE_SECONDS = 15;

/** Runs the script once for a batch. Never throws for what PowerShell or a site does. */
export async function runScript(
  powerShell: PowerShell,
  batch: Batch,
  cancelled: AbortSignal,
): Promise<ScriptRun> {
  const lines: BatchLine[] = [];
  const begun = performance.now();
  const end = await runChild({
    executable: powerShell.executable,
    args: [
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-ExecutionPolicy',
      'Bypass',
      '-File',
      powerShell.scriptPath,
    ],
    environment: powerShell.environment,
    folder: powerShell.folder,
    input: batchText(batch, process.pid),
    onLine: (text) => {
      const line = readBatchLine(text);
      if (line !== undefined) lines.push(line);
    },
    outputBytes: powerShell.outputBytes,
    deadlineMilliseconds: (batch.batchSeconds + GRACE_SECONDS) * 1_000,
    cancelled,
  });
  const hasEndedItself = end.ended === 'by-itself' && end.exitCode !== 0;
  return {
    lines,
    end,
    outOfTime: hasEndedItself && performance.now() - begun >= batch.batchSeconds * 1_000,
  };
}
