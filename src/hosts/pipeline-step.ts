import { isCancelled, type Diagnosis } from '../diagnosis/diagnosis.js';
import { spelledFor, type InputSpelling } from '../diagnosis/input-mention.js';
import { PIPELINE_CONNECTIONS } from '../parameters/connection-kinds.js';
import type { InputDefinition, InputTexts } from '../parameters/input-definition.js';
import { stackLines } from '../report/diagnosis-lines.js';
import { errorMessage } from '../report/error-message.js';
import { harmlessWith } from '../report/harmless-text.js';
import { reportText } from '../report/report-text.js';
import type { RunEvent } from '../report/run-event.js';
import { formsOf, maskFor, secretsOf, variantsOf, type SecretMask } from '../report/secret-mask.js';
import type { HostKind, RunView, Verb } from '../verbs/verb.js';
import { cancelOnSignal } from './cancel-on-signal.js';
import { newReportPath, pagePathOf, writeNewReport, writeReport } from './report-file.js';
import { runVerb, wordsOf, type VerbHost } from './run-verb.js';

/** What a pipeline's host does for a step. Every text that it is given is harmless already. */
export interface PipelineHost {
  readonly kind: Exclude<HostKind, 'command-line'>;
  /** As the user spells it in this host's files, for messages. */
  readonly spell: (input: InputDefinition) => string;
  /** Undefined where the host was not given the input at all. */
  readonly readInput: (input: InputDefinition) => string | undefined;
  /** Hides a text in everything that is printed from now on. One line, never empty. */
  readonly hide: (secret: string) => void;
  readonly print: (entry: LogEntry) => void;
  /** A warning that people see beside the log. */
  readonly warn: (title: string, message: string) => void;
  /** Whether the host's own debug output is switched on. */
  readonly isDebugging: () => boolean;
  /** Shown where the host's own debug output is switched on. */
  readonly debug: (line: string) => void;
  /** Throws where the host does not take it. */
  readonly setOutput: (name: string, value: string) => void;
  /** What keeps this host from taking an output, for people. */
  readonly whyNoOutput: string;
  /** Throws where the host takes no summary. `title`: one line, for hosts that show one above it. */
  readonly publishSummary: (markdown: string, title: string) => void;
  /** Attaches a file to the run, where the host can. Throws where it does not take it. */
  readonly attach: (path: string) => void;
  /** Empty where the host itself puts the word before each message. */
  readonly errorPrefix: 'Error ' | '';
  /** An error that people see beside the log. */
  readonly tellError: (title: string, message: string) => void;
  /** The last call, for a step that failed or was cancelled. */
  readonly end: (how: 'failed' | 'cancelled', message: string) => void;
}

/** A line, and what folds away below it. */
export type LogEntry = Omit<RunEvent, 'level'>;

/** How a step tells what it ends with. Each part is guarded by itself: none keeps another from being told. */
interface Publishing {
  readonly host: PipelineHost;
  readonly mask: SecretMask;
  /** The mask alone, for what spells the inputs itself. */
  readonly hidden: SecretMask;
  readonly spelling: InputSpelling;
  /** Puts the names of inputs as this host spells them. */
  readonly spell: (text: string) => string;
  readonly harmless: (text: string) => string;
  readonly print: (entry: LogEntry) => void;
  readonly warn: (title: string, message: string) => void;
}

/** Reads the inputs of a pipeline's step, runs the verb, and publishes how it ended. Never throws. */
export async function runPipelineStep(
  verb: Verb,
  host: PipelineHost,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const texts = textsFrom(verb, host);
  const spelling = { spell: spellingOf(verb, host), writtenIn: 'yaml' } as const;
  const spell = (text: string): string => spelledFor(spelling, text);
  const hidden = hideSecrets(verb, host, texts);
  const mask = (text: string): string => hidden(spell(text));
  const harmless = harmlessWith(mask);
  const print = ({ line, details }: LogEntry): void => {
    host.print({ line: harmless(line), details: details.map(harmless) });
  };
  const warn = (title: string, message: string): void => {
    host.warn(title, message.split('\n').map(harmless).join('\n'));
  };
  const verbHost: VerbHost = {
    ...spelling,
    host: host.kind,
    connections: PIPELINE_CONNECTIONS,
    now: Date.now,
    environment,
    listenForCancel: () => cancelOnSignal('pipeline'),
    endedBy: 'pipeline',
    isDebugging: host.isDebugging(),
    tell: ({ level, line, details, title }) => {
      if (level === 'warning') warn(title ?? 'Offline servicing', line);
      else if (level === 'debug') [line, ...details].map(harmless).forEach(host.debug);
      else print({ line, details });
    },
  };
  const { view } = await runVerb(verb, texts, verbHost);
  publish(verb, view, environment, { host, mask, hidden, spelling, spell, harmless, print, warn });
}

function spellingOf(verb: Verb, host: PipelineHost): (name: string) => string {
  const spelled = new Map(verb.inputs.map((input) => [input.name, host.spell(input)]));
  return (name) => spelled.get(name) ?? name;
}

/** The result first, whatever becomes of the rest. */
function publish(verb: Verb, view: RunView, environment: NodeJS.ProcessEnv, publishing: Publishing): void {
  const { host } = publishing;
  const message = tellEnd(view, publishing);
  const file = keepReport(view, environment, publishing);
  const failure = publishOutputs(verb, view, file, publishing);
  if (failure !== undefined) keepInReport(view, file, failure, publishing);
  publishSummary(view, failure, publishing);
  const failureMessage = failure && tellErrors([failure], publishing);
  if (view.ending === 'done') {
    if (failureMessage !== undefined) host.end('failed', failureMessage);
  } else {
    host.end(isCancelled(view.errors) ? 'cancelled' : 'failed', message);
  }
}

/** Returns the message of a run that failed. */
function tellEnd(view: RunView, publishing: Publishing): string {
  for (const { title, text } of view.annotations) publishing.warn(title, text);
  for (const line of view.lines) publishing.print({ line, details: [] });
  if (view.ending === 'done') return '';
  stackLines(view.errors).map(publishing.harmless).forEach(publishing.host.debug);
  return tellErrors(view.errors, publishing);
}

/** Returns the message. */
function tellErrors(errors: readonly Diagnosis[], { host, harmless }: Publishing): string {
  const { title, message, wholeLines } = errorMessage(errors, harmless, host.errorPrefix);
  for (const line of wholeLines) host.print({ line, details: [] });
  host.tellError(title, message);
  return message;
}

function textsFrom(verb: Verb, host: PipelineHost): InputTexts {
  const texts = verb.inputs.map((input) => [input.name, host.readInput(input)] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined));
}

/** Registers every secret, and every form in which it travels, before anything is done with it. */
function hideSecrets(verb: Verb, host: PipelineHost, texts: InputTexts): SecretMask {
  const secrets = secretsOf(verb.inputs, texts);
  const lines = secrets
    .flatMap(variantsOf)
    .flatMap(formsOf)
    .flatMap((form) => form.split(/[\r\n]+/));
  // Of one character or none, a mask would hide half of the log, or be refused.
  for (const line of new Set(lines)) if (line.trim().length > 1) host.hide(line);
  return maskFor(secrets);
}

/** Writes the report where later steps find it, and returns its path; empty where there is none. */
function keepReport(view: RunView, environment: NodeJS.ProcessEnv, publishing: Publishing): string {
  const { mask, warn } = publishing;
  try {
    const path = newReportPath(environment);
    if (path === undefined) {
      warn(
        'No report',
        'There is no report: the host names no temporary folder for it (RUNNER_TEMP, AGENT_TEMPDIRECTORY).',
      );
      return '';
    }
    writeNewReport(path, reportText(view.report(path, []), mask));
    keepPage(view, pagePathOf(path), publishing);
    return path;
  } catch (error) {
    warn('No report', `The report could not be written: ${wordsOf(error)}`);
    return '';
  }
}

/** Writes the page for people beside the report, and attaches it to the run where the host can. */
function keepPage(view: RunView, path: string, { host, hidden, spelling, warn }: Publishing): void {
  if (view.page === undefined) return;
  try {
    writeNewReport(path, view.page({ mask: hidden, spelling, late: [] }));
    host.attach(path);
  } catch (error) {
    warn('No page', `The page of the run could not be written: ${wordsOf(error)}`);
  }
}

/** Returns why later steps do not get what they depend on. */
function publishOutputs(
  verb: Verb,
  view: RunView,
  file: string,
  { host, mask, warn }: Publishing,
): Diagnosis | undefined {
  const outputs = view.outputs(file);
  const failed: string[] = [];
  let why = '';
  for (const { name } of verb.outputs) {
    const value = outputs[name] ?? '';
    if (mask(value) !== value) {
      warn(
        'An output holds a secret',
        `Output ${name} holds a text that is registered as a secret: the host hides it, or drops the output, in later jobs.`,
      );
    }
    try {
      host.setOutput(name, value);
    } catch (error) {
      failed.push(name);
      why = wordsOf(error);
    }
  }
  if (failed.length === 0) return undefined;
  const noun = failed.length === 1 ? 'output' : 'outputs';
  return view.lostResult(`Cannot set the ${noun} ${failed.join(', ')}: ${why}.`, host.whyNoOutput);
}

/** The report was written before it was known, because an output has its path. */
function keepInReport(view: RunView, file: string, failure: Diagnosis, { mask, warn }: Publishing): void {
  if (file === '') return;
  try {
    writeReport(file, reportText(view.report(file, [failure]), mask));
  } catch (error) {
    warn('The report is not complete', `The report does not hold ${failure.code}: ${wordsOf(error)}`);
  }
}

/** A summary is a courtesy: a host without one must not fail the step. */
function publishSummary(
  view: RunView,
  failure: Diagnosis | undefined,
  { host, mask, spell, harmless, warn }: Publishing,
): void {
  try {
    const errors = failure === undefined ? [] : [failure];
    host.publishSummary(spell(view.summary({ mask, errors })), harmless(view.title));
  } catch (error) {
    warn('No job summary', `The job summary could not be written: ${wordsOf(error)}`);
  }
}
