import { resolve } from 'node:path';

import { wrongInput, type Diagnosis } from '../../diagnosis/diagnosis.js';
import { spelledFor, type InputSpelling } from '../../diagnosis/input-mention.js';
import { CONNECTIONS } from '../../parameters/connection-kinds.js';
import type { ConnectionRequest } from '../../parameters/connection-request.js';
import { diagnosisLines, stackLines } from '../../report/diagnosis-lines.js';
import { harmlessWith } from '../../report/harmless-text.js';
import { reportText } from '../../report/report-text.js';
import type { RunEvent } from '../../report/run-event.js';
import { maskFor, secretsOf, type SecretMask } from '../../report/secret-mask.js';
import type { Ending, RunView, Verb } from '../../verbs/verb.js';
import { EXIT_BY_KEY, type Cancelling, type EndedBy } from '../cancel-on-signal.js';
import { emptyReport, pagePathOf, writeReport } from '../report-file.js';
import { SYSTEM_TICKS, type PhaseWatch } from '../phase-watch.js';
import { runVerb, wordsOf } from '../run-verb.js';
import { isReaderGone, LINES_ARE_LOST } from '../standard-streams.js';
import { reachDirectly, type ReachedSite } from '../with-site.js';
import { readArguments, spellInput } from './arguments.js';
import { serveOwnSite } from './simulator-connection.js';
import { foldedDetails, laidOut } from './terminal-layout.js';
import type { TextStream } from './text-stream.js';

/** What the command does to the world outside. */
export interface CommandContext {
  readonly environment: NodeJS.ProcessEnv;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly listenForCancel: (onFirst: () => void) => Cancelling;
  readonly endedBy: EndedBy;
}

const EXIT_CODE: Readonly<Record<Ending, number>> = { done: 0, failed: 1, cancelled: 1, 'wrong-inputs': 2 };

/** Runs a verb and returns the exit code: 0 done, 1 failed, 2 wrong inputs, 130 ended by Ctrl+C. */
export async function verbCommand(
  verb: Verb,
  args: readonly string[],
  { environment, stdout, stderr, listenForCancel, endedBy }: CommandContext,
): Promise<number> {
  const { texts, errors, json, verbose, report: named } = readArguments(verb, args, environment);
  const file = prepareReport(named);
  const spelling = { spell: spellInput(verb), writtenIn: 'arguments' } as const;
  const hideSecrets = maskFor(secretsOf(verb.inputs, texts));
  const mask = (text: string): string => hideSecrets(spelledFor(spelling, text));
  const harmless = harmlessWith(mask);
  const complain = printerOn(stderr, harmless, environment);
  const lines = streamOfLines(json, stdout, stderr);
  const say = printerOn(lines, harmless, environment);
  const isDebugging = verbose || wantsDebugOutput(environment);

  const watchPhases = await phasesOnTerminal(harmless, stderr, environment);
  const { view: ended, cancelling } = await runVerb(
    verb,
    texts,
    {
      ...spelling,
      host: 'command-line',
      connections: CONNECTIONS,
      now: Date.now,
      environment,
      listenForCancel: () =>
        listenForCancel(() => {
          if (endedBy === 'person') complain(CANCELLING);
        }),
      endedBy,
      isDebugging,
      watchPhases,
      reach: async (connection) => reach(connection, environment, say),
      tell: (event) => {
        const details = foldedDetails(event.details, lines.layout(environment), isDebugging);
        linesOf({ ...event, details }, isDebugging).forEach(event.level === 'debug' ? complain : say);
      },
    },
    file.error === undefined ? errors : [...errors, file.error],
  );
  const isStopped = cancelling?.requested.reason === LINES_ARE_LOST && ended.ending === 'cancelled';
  const view = isStopped ? stopped(ended, await stdout.failure()) : ended;
  const isByKey = cancelling?.byKey() === true;
  closingLines(view).forEach(say);
  if (view.ending !== 'done') errorLines(view, isByKey, isDebugging).forEach(complain);

  const kept = keepReport(view, [], file.path ?? '', mask, say);
  keepPage(view, kept, { mask: hideSecrets, spelling, say });
  if (json) stdout.write(reportText(view.report(kept, []), mask));
  const exitCode = exitCodeOf(view, isByKey);
  const failure = isStopped ? undefined : await stdout.failure();
  if (failure === undefined) return exitCode;
  if (view.ending === 'done' && !json) view.lines.forEach(complain);
  // Without --json a reader that has seen enough of the lines has missed nothing that it asked for.
  if (isReaderGone(failure) && !json) return exitCode;
  const lost = view.lostResult(`${wordsOfFailure(failure)}.`, LOST_OUTPUT);
  diagnosisLines(lost).forEach(complain);
  keepReport(view, [lost], kept, mask, say);
  return Math.max(exitCode, 1);
}

/** With --json, standard output belongs to the result. */
function streamOfLines(json: boolean, stdout: TextStream, stderr: TextStream): TextStream {
  return json ? stderr : stdout;
}

function printerOn(
  stream: TextStream,
  harmless: (text: string) => string,
  environment: NodeJS.ProcessEnv,
): (line: string) => void {
  return (line) => {
    stream.write(`${laidOut(harmless(line), stream.layout(environment))}\n`);
  };
}

/** Undefined where standard error is no terminal. The spinner is loaded only for one. */
async function phasesOnTerminal(
  harmless: (text: string) => string,
  stderr: TextStream,
  environment: NodeJS.ProcessEnv,
): Promise<PhaseWatch | undefined> {
  const { isTerminal } = stderr.layout(environment);
  if (!isTerminal || environment['TERM'] === 'dumb' || environment['CI'] !== undefined) return undefined;
  const { livePhase } = await import(/* webpackMode: "eager" */ './live-phase.js');
  return livePhase(harmless, () => stderr.layout(environment).columns ?? 80, SYSTEM_TICKS);
}

/** What a person reads who has pressed Ctrl+C for the first time. */
const CANCELLING =
  'Cancelling: what was written is removed, however long that takes. Press Ctrl+C again to stop at once.';

async function reach(
  connection: ConnectionRequest,
  environment: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<ReachedSite> {
  if (connection.kind !== 'simulator') return reachDirectly(connection);
  say('SIMULATED: a made-up site in this process. Nothing real is read or changed.');
  return serveOwnSite(environment);
}

function linesOf({ level, line, details }: RunEvent, isDebugging: boolean): readonly string[] {
  if (level === 'debug' && !isDebugging) return [];
  const before = { debug: 'Debug: ', info: '', notice: 'Notice: ', warning: 'Warning: ' }[level];
  return [`${before}${line}`, ...details.map((each) => `  ${each}`)];
}

function exitCodeOf({ ending }: RunView, isByKey: boolean): number {
  const isEndedByKey = isByKey && (ending === 'failed' || ending === 'cancelled');
  return isEndedByKey ? EXIT_BY_KEY : EXIT_CODE[ending];
}

function closingLines({ warnings, lines }: RunView): readonly string[] {
  return [...warnings.map((warning) => `Warning: ${warning}`), ...lines];
}

/** To whoever pressed Ctrl+C, a run that took back all that it wrote is no error. */
function errorLines(
  { errors, cancelledLine }: RunView,
  isByKey: boolean,
  isDebugging: boolean,
): readonly string[] {
  const told =
    isByKey && cancelledLine !== undefined
      ? [cancelledLine]
      : errors.flatMap((error) => diagnosisLines(error));
  return isDebugging ? [...told, ...stackLines(errors)] : told;
}

/** Returns the path of the report; empty where there is none. */
function keepReport(
  view: RunView,
  late: readonly Diagnosis[],
  path: string,
  mask: SecretMask,
  say: (line: string) => void,
): string {
  if (path === '') return '';
  try {
    writeReport(path, reportText(view.report(path, late), mask));
    return path;
  } catch (error) {
    say(`Warning: the report could not be written: ${wordsOf(error)}`);
    return '';
  }
}

/** The page for people goes beside the report. */
function keepPage(
  view: RunView,
  reportPath: string,
  {
    mask,
    spelling,
    say,
  }: { readonly mask: SecretMask; readonly spelling: InputSpelling; readonly say: (line: string) => void },
): void {
  if (reportPath === '' || view.page === undefined) return;
  try {
    writeReport(pagePathOf(reportPath), view.page({ mask, spelling, late: [] }));
  } catch (error) {
    say(`Warning: the page of the run could not be written: ${wordsOf(error)}`);
  }
}

const LOST_OUTPUT = 'The disk of the file is full, or the program that was to read it has ended.';

/** Nobody cancelled the run, so it does not say so. */
function stopped(view: RunView, failure: NodeJS.ErrnoException | undefined): RunView {
  const error: Diagnosis = {
    code: 'OS404',
    what: `${failure === undefined ? 'Standard error cannot be written' : wordsOfFailure(failure)}, and the run stopped before it wrote anything at the site.`,
    cause: LOST_OUTPUT,
    next: 'Give the run an output that takes all of its lines, and run it again.',
  };
  return { ...view, ending: 'failed', errors: [error], cancelledLine: undefined };
}

function wordsOfFailure(failure: NodeJS.ErrnoException): string {
  return isReaderGone(failure)
    ? 'Standard output was closed by its reader (EPIPE)'
    : `Standard output cannot be written: ${failure.message}`;
}

/** The switches of the pipelines, in which the command may be a step, too. */
function wantsDebugOutput(environment: NodeJS.ProcessEnv): boolean {
  return environment['RUNNER_DEBUG'] === '1' || /^true$/i.test(environment['SYSTEM_DEBUG'] ?? '');
}

/** The absolute path of the report, or why there will be none; neither where none is asked for. */
type PreparedReport =
  | { readonly path: string; readonly error?: undefined }
  | { readonly path?: undefined; readonly error?: Diagnosis };

function prepareReport(named: string | undefined): PreparedReport {
  if (named === undefined) return {};
  try {
    const path = resolve(named);
    emptyReport(path);
    return { path };
  } catch (error) {
    return {
      error: wrongInput(
        'OS111',
        `--report names a file that cannot be written: ${wordsOf(error)}.`,
        'Name a file in a folder that exists and that the account may write to, for example --report report.json.',
      ),
    };
  }
}
