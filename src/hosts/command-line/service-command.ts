import { resolve } from 'node:path';

import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { InputHost } from '../../parameters/inputs.js';
import { readInputs } from '../../parameters/read-inputs.js';
import { CONNECTIONS } from '../../parameters/input-table.js';
import type { ConnectionRequest } from '../../parameters/step-request.js';
import { jsonReport } from '../../report/json-report.js';
import { entriesOf } from '../../report/log-lines.js';
import { neutralText } from '../../report/neutral-text.js';
import { reportText } from '../../report/report-text.js';
import { diagnosisLines, resultLines } from '../../report/result-lines.js';
import { RunRecord } from '../../report/run-record.js';
import { maskFor, secretsOf } from '../../report/secret-mask.js';
import { isWarning, warningsOf } from '../../report/warnings.js';
import { emptyReport, writeReport } from '../report-file.js';
import { reachDirectly, runStep, type ReachedSite, type StepEnd } from '../run-step.js';
import { VERSION } from '../version.js';
import { readServiceArguments, spellInput } from './arguments.js';
import { serveOwnSite } from './own-site.js';

/** What the command does to the world outside. */
export interface CommandSurroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly listenForCancel: () => AbortSignal;
}

const COMMAND_LINE: InputHost = { spell: spellInput, connections: CONNECTIONS, now: Date.now };

const EXIT_CODE: Readonly<Record<StepEnd['kind'], number>> = { done: 0, failed: 1, 'wrong-inputs': 2 };

/** Runs `service` and returns the exit code: 0 done, 1 failed, 2 wrong inputs. */
export async function serviceCommand(
  args: readonly string[],
  { environment, stdout, stderr, listenForCancel }: CommandSurroundings,
): Promise<number> {
  const record = new RunRecord(Date.now, spellInput);
  const { texts, errors, json, report: named } = readServiceArguments(args, environment);
  const file = named === undefined ? undefined : prepareReport(named);
  const mask = maskFor(secretsOf(texts));
  const harmless = (line: string): string => `${mask(neutralText(line))}\n`;
  const say = (line: string): void => {
    (json ? stderr : stdout)(harmless(line));
  };
  const reach = async (connection: ConnectionRequest): Promise<ReachedSite> => {
    if (connection.kind !== 'simulator') return reachDirectly(connection);
    say('SIMULATED: a made-up site in this process. Nothing real is read or changed.');
    return serveOwnSite(environment);
  };

  const wrong = file?.error === undefined ? errors : [...errors, file.error];
  const end = await runStep(() => record.asked(readInputs(texts, COMMAND_LINE, wrong)), {
    environment,
    listenForCancel,
    reach,
    tell: (progress) => {
      record.hear(progress);
      const before = isWarning(progress) ? 'Warning: ' : '';
      for (const { line, details } of entriesOf(progress))
        [`${before}${line}`, ...details.map((each) => `  ${each}`)].forEach(say);
    },
  });
  if (end.kind === 'done') {
    warningsOf(end.result, spellInput).forEach((warning) => say(`Warning: ${warning}`));
    resultLines(end.result).forEach(say);
  } else for (const line of end.errors.flatMap(diagnosisLines)) stderr(harmless(line));

  let report = jsonReport(record, end, VERSION, file?.path ?? '');
  if (file?.path !== undefined) {
    try {
      writeReport(file.path, reportText(report, mask));
    } catch (error) {
      say(`Warning: the report could not be written: ${wordsOf(error)}`);
      report = { ...report, report: '' };
    }
  }
  if (json) stdout(reportText(report, mask));
  return EXIT_CODE[end.kind];
}

/** The absolute path of the report, or why there will be none. */
type PreparedReport =
  | { readonly path: string; readonly error?: undefined }
  | { readonly path?: undefined; readonly error: Diagnosis };

function prepareReport(named: string): PreparedReport {
  try {
    const path = resolve(named);
    emptyReport(path);
    return { path };
  } catch (error) {
    return {
      error: {
        code: 'OS111',
        what: `--report names a file that cannot be written: ${wordsOf(error)}.`,
        cause: 'The folder is not there, the name is that of a folder, or the account may not write to it.',
        next: 'Name a file in a folder that is there and that the account may write to.',
      },
    };
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
