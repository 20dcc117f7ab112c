import {
  INPUTS,
  PIPELINE_CONNECTIONS,
  type InputName,
  type InputTexts,
  type OutputName,
} from '../parameters/input-table.js';
import { readInputs } from '../parameters/read-inputs.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { failureSummary, jobSummary } from '../report/job-summary.js';
import { jsonReport, type JsonReport } from '../report/json-report.js';
import { entriesOf, type LogEntry } from '../report/log-lines.js';
import { neutralText } from '../report/neutral-text.js';
import { outputsOf } from '../report/outputs.js';
import { reportText } from '../report/report-text.js';
import { diagnosisLines, resultLines } from '../report/result-lines.js';
import { RunRecord } from '../report/run-record.js';
import { formsOf, maskFor, secretsOf, type SecretMask } from '../report/secret-mask.js';
import { isWarning, warningsOf } from '../report/warnings.js';
import { cancelOnSignal } from './cancel-on-signal.js';
import { newReportPath, writeNewReport } from './report-file.js';
import { runStep, type StepEnd } from './run-step.js';
import { VERSION } from './version.js';

/** What a pipeline's host does for a step. Every text that it is given is harmless already. */
export interface PipelineHost {
  /** As the user spells it in this host's files, for messages. */
  readonly spell: (name: InputName) => string;
  readonly readInput: (name: InputName) => string;
  /** Hides a text in everything that is printed from now on. One line, never empty. */
  readonly hide: (secret: string) => void;
  readonly print: (entry: LogEntry) => void;
  readonly warn: (message: string) => void;
  readonly setOutput: (name: OutputName, value: string) => void;
  /** Throws where the host takes no summary. */
  readonly publishSummary: (markdown: string) => void;
  /** The last call: the step failed, or was cancelled, for this reason. */
  readonly fail: (message: string, isCancelled: boolean) => void;
}

/** How a step tells what it ends with. Nothing of it changes how the step ended. */
interface Publishing {
  readonly host: PipelineHost;
  readonly mask: SecretMask;
  readonly warn: (message: string) => void;
}

/** Reads the inputs of a pipeline's step, runs it, and publishes how it ended. Never throws. */
export async function runPipelineStep(host: PipelineHost, environment: NodeJS.ProcessEnv): Promise<void> {
  const record = new RunRecord(Date.now, host.spell);
  const texts: InputTexts = Object.fromEntries(INPUTS.map(({ name }) => [name, host.readInput(name)]));
  const mask = hideSecrets(host, texts);
  const harmless = (text: string): string => mask(neutralText(text));
  const print = ({ line, details }: LogEntry): void => {
    host.print({ line: harmless(line), details: details.map(harmless) });
  };
  const warn = (message: string): void => {
    host.warn(harmless(message));
  };

  const end = await runStep(
    () =>
      record.asked(
        readInputs(texts, { spell: host.spell, connections: PIPELINE_CONNECTIONS, now: Date.now }),
      ),
    {
      environment,
      listenForCancel: cancelOnSignal,
      tell: (progress) => {
        record.hear(progress);
        for (const entry of entriesOf(progress)) {
          if (isWarning(progress)) warn(entry.line);
          else print(entry);
        }
      },
    },
  );

  const publishing = { host, mask, warn };
  publishOutputs(keepReport(record, end, environment, publishing), publishing);
  publishSummary(record, end, publishing);
  if (end.kind === 'done') {
    warningsOf(end.result, host.spell).forEach(warn);
    for (const line of resultLines(end.result)) print({ line, details: [] });
  } else {
    const isCancelled = end.errors.every(({ code }) => code === 'OS501');
    host.fail(wholeDiagnosis(end.errors, harmless), isCancelled);
  }
}

/** Registers every secret, and every form in which it travels, before anything is done with it. */
function hideSecrets(host: PipelineHost, texts: InputTexts): SecretMask {
  const secrets = secretsOf(texts);
  const lines = secrets
    .flatMap((secret) => [secret, secret.trim()])
    .flatMap(formsOf)
    .flatMap((form) => form.split(/[\r\n]+/));
  // Of one character or none, a mask would hide half of the log, or be refused.
  for (const line of new Set(lines)) if (line.trim().length > 1) host.hide(line);
  return maskFor(secrets);
}

/** Writes the report where later steps find it. */
function keepReport(
  record: RunRecord,
  end: StepEnd,
  environment: NodeJS.ProcessEnv,
  { mask, warn }: Publishing,
): JsonReport {
  const path = newReportPath(environment);
  const report = jsonReport(record, end, VERSION, path ?? '');
  if (path === undefined) {
    warn('There is no report: the host names no temporary folder for it (RUNNER_TEMP, AGENT_TEMPDIRECTORY).');
    return report;
  }
  try {
    writeNewReport(path, reportText(report, mask));
    return report;
  } catch (error) {
    warn(`The report could not be written: ${wordsOf(error)}`);
    return { ...report, report: '' };
  }
}

function publishOutputs(report: JsonReport, { host, mask, warn }: Publishing): void {
  for (const [name, value] of Object.entries(outputsOf(report)) as [OutputName, string][]) {
    if (mask(value) !== value) {
      warn(
        `Output ${name} holds a text that is registered as a secret: the host hides it, or drops the output, in later jobs.`,
      );
    }
    host.setOutput(name, value);
  }
}

/** A summary is a courtesy: a host without one must not fail the step. */
function publishSummary(record: RunRecord, end: StepEnd, { host, mask, warn }: Publishing): void {
  try {
    const summary =
      end.kind === 'done' ? jobSummary(end.result, record.warnings, host.spell) : failureSummary(end.errors);
    host.publishSummary(mask(summary));
  } catch (error) {
    warn(`The job summary could not be written: ${wordsOf(error)}`);
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** More than this of a message is not shown by a host. */
const LONGEST_MESSAGE = 4_000;

/** One error for all that is wrong: hosts show few, and cut what is long. */
function wholeDiagnosis(errors: readonly Diagnosis[], harmless: (text: string) => string): string {
  const message = errors.flatMap(diagnosisLines).map(harmless).join('\n');
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
}
