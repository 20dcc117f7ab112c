import { runChild, type ChildEnd } from '../child-process.js';
import { debugLine, type Debug } from '../debug-line.js';
import { nameOperation } from '../port.js';
import type { TypedProperties } from '../cim-value.js';
import { readBatchLine, type BatchLine } from './batch-lines.js';
import { batchText, type Batch, type ScriptOperation } from './batch-text.js';

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
  /** Undefined where nobody looks into the run. */
  readonly debug?: Debug | undefined;
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
  let last = begun;
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
      if (line === undefined) return;
      lines.push(line);
      const now = performance.now();
      if (powerShell.debug !== undefined) tellLine(powerShell.debug, batch, line, text.length, now - last);
      last = now;
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

/** The script goes through its batch in order, so the time since the line before is that of one operation. */
function tellLine(
  debug: Debug,
  { operations }: Batch,
  line: BatchLine,
  characters: number,
  milliseconds: number,
): void {
  switch (line.kind) {
    case 'place': {
      const protocol = line.protocol === '' ? 'local WMI' : line.protocol;
      debug(
        debugLine(
          `PowerShell connected to ${line.computer} (${protocol}), ${line.namespace}`,
          'done',
          characters,
          milliseconds,
        ),
      );
      return;
    }
    case 'stopped':
      debug(debugLine(`PowerShell stopped (${line.why})`, line.failure.words, characters, milliseconds));
      return;
    case 'done':
    case 'failed': {
      const operation = operations[line.number];
      const asked = operation === undefined ? `operation ${line.number}` : nameScriptOperation(operation);
      const outcome = line.kind === 'done' ? 'done' : `failed (${line.failure.words})`;
      debug(debugLine(asked, outcome, characters, milliseconds));
    }
  }
}

function nameScriptOperation(operation: ScriptOperation): string {
  if (operation.verb === 'query') return operation.texts.join(' ; ');
  const name = nameOperation(operation);
  if ('properties' in operation) return `${name} ${JSON.stringify(valuesOf(operation.properties))}`;
  return 'arguments' in operation ? `${name} ${JSON.stringify(valuesOf(operation.arguments))}` : name;
}

function valuesOf(properties: TypedProperties): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(properties).map(([name, { value }]) => [name, value]));
}
