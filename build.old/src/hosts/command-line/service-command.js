import { resolve } from 'node:path';
import { wrongInput } from '../../diagnosis/diagnosis.js';
import { spelledFor } from '../../diagnosis/input-mention.js';
import { readInputs } from '../../verbs/service/read-inputs.js';
import { CONNECTIONS } from '../../parameters/input-table.js';
import { harmlessWith } from '../../report/harmless-text.js';
import { jsonReport, withError } from '../../verbs/service/json-report.js';
import { entriesOf } from '../../verbs/service/log-lines.js';
import { outputFailure } from '../../verbs/service/output-failure.js';
import { reportText } from '../../report/report-text.js';
import { resultLines } from '../../verbs/service/result-lines.js';
import { diagnosisLines, stackLines } from '../../report/diagnosis-lines.js';
import { RunRecord } from '../../verbs/service/run-record.js';
import { maskFor, secretsOf } from '../../report/secret-mask.js';
import { isWarning, warningsOf } from '../../verbs/service/warnings.js';
import { EXIT_BY_KEY } from '../cancel-on-signal.js';
import { emptyReport, writeReport } from '../report-file.js';
import { reachDirectly, runStep } from '../run-step.js';
import { isReaderGone, LINES_ARE_LOST, stopWhenLinesAreLost } from '../standard-streams.js';
import { VERSION } from '../version.js';
import { readServiceArguments, spellInput } from './arguments.js';
import { CANCELLING, failureLines } from './failure-lines.js';
import { serveOwnSite } from './simulator-connection.js';
const COMMAND_LINE = {
    spell: spellInput,
    writtenIn: 'arguments',
    connections: CONNECTIONS,
    now: Date.now,
};
const EXIT_CODE = { done: 0, failed: 1, 'wrong-inputs': 2 };
/** Runs `service` and returns the exit code: 0 done, 1 failed, 2 wrong inputs, 130 ended by Ctrl+C. */
export async function serviceCommand(args, { environment, stdout, stderr, listenForCancel, endedBy }) {
    const record = new RunRecord(Date.now);
    const { texts, errors, json, report: named } = readServiceArguments(args, environment);
    const file = prepareReport(named);
    const hideSecrets = maskFor(secretsOf(texts));
    const mask = (text) => hideSecrets(spelledFor(COMMAND_LINE, text));
    const harmless = harmlessWith(mask);
    const complain = (line) => {
        stderr.write(`${harmless(line)}\n`);
    };
    const say = (line) => {
        (json ? stderr : stdout).write(`${harmless(line)}\n`);
    };
    const reach = async (connection) => {
        if (connection.kind !== 'simulator')
            return reachDirectly(connection);
        say('SIMULATED: a made-up site in this process. Nothing real is read or changed.');
        return serveOwnSite(environment);
    };
    let cancelling;
    const wrong = file.error === undefined ? errors : [...errors, file.error];
    const ended = await runStep(() => record.asked(readInputs(texts, COMMAND_LINE, wrong)), {
        environment,
        listenForCancel: () => {
            const byUser = listenForCancel(() => {
                if (endedBy === 'person')
                    complain(CANCELLING);
            });
            cancelling = { ...byUser, requested: stopWhenLinesAreLost(byUser.requested, record) };
            return cancelling;
        },
        endedBy,
        reach,
        tell: (progress) => {
            record.hear(progress);
            const before = isWarning(progress) ? 'Warning: ' : '';
            for (const { line, details } of entriesOf(progress))
                [`${before}${line}`, ...details.map((each) => `  ${each}`)].forEach(say);
        },
    });
    const isStopped = cancelling?.requested.reason === LINES_ARE_LOST && isCancelled(ended);
    const end = isStopped ? stoppedEnd(await stdout.failure()) : ended;
    const isByKey = cancelling?.byKey() === true;
    const exitCode = isByKey && end.kind === 'failed' ? EXIT_BY_KEY : EXIT_CODE[end.kind];
    if (end.kind === 'done')
        closingLines(end.result).forEach(say);
    else
        errorLines(end.errors, isByKey, record, environment).forEach(complain);
    const keep = (whole) => keepReport(whole, file.path, mask, say);
    const report = keep(jsonReport(record, end, VERSION, file.path ?? ''));
    if (json)
        stdout.write(reportText(report, mask));
    const failure = isStopped ? undefined : await stdout.failure();
    if (failure === undefined)
        return exitCode;
    if (end.kind === 'done' && !json)
        resultLines(end.result).forEach(complain);
    const lost = lostOutput(failure, json, report);
    if (lost === undefined)
        return exitCode;
    diagnosisLines(lost).forEach(complain);
    keep(withError(report, lost));
    return Math.max(exitCode, 1);
}
/** Without --json a reader that has seen enough of the lines has missed nothing that it asked for. */
function lostOutput(failure, json, report) {
    if (isReaderGone(failure) && !json)
        return undefined;
    return outputFailure(`${wordsOfFailure(failure)}.`, LOST_OUTPUT, report);
}
function closingLines(result) {
    return [...warningsOf(result).map((warning) => `Warning: ${warning}`), ...resultLines(result)];
}
function errorLines(errors, isByKey, record, environment) {
    const stacks = wantsDebugOutput(environment) ? stackLines(errors) : [];
    return [...failureLines(errors, isByKey, record), ...stacks];
}
/** The report as it was kept: without a path where it could not be written. */
function keepReport(report, path, mask, say) {
    if (path === undefined)
        return report;
    try {
        writeReport(path, reportText(report, mask));
        return report;
    }
    catch (error) {
        say(`Warning: the report could not be written: ${wordsOf(error)}`);
        return { ...report, report: '' };
    }
}
const LOST_OUTPUT = 'The disk of the file is full, or the program that was to read it has ended.';
function isCancelled(end) {
    return end.kind === 'failed' && end.errors.every(({ code }) => code === 'OS501');
}
/** Nobody cancelled the run, so it does not say so. */
function stoppedEnd(failure) {
    const error = {
        code: 'OS404',
        what: `${failure === undefined ? 'Standard error cannot be written' : wordsOfFailure(failure)}, and the run stopped before it wrote anything at the site.`,
        cause: LOST_OUTPUT,
        next: 'Give the run an output that takes all of its lines, and run it again.',
    };
    return { kind: 'failed', errors: [error] };
}
function wordsOfFailure(failure) {
    return isReaderGone(failure)
        ? 'Standard output was closed by its reader (EPIPE)'
        : `Standard output cannot be written: ${failure.message}`;
}
/** The switches of the pipelines, in which the command may be a step, too. */
function wantsDebugOutput(environment) {
    return environment['RUNNER_DEBUG'] === '1' || /^true$/i.test(environment['SYSTEM_DEBUG'] ?? '');
}
function prepareReport(named) {
    if (named === undefined)
        return {};
    try {
        const path = resolve(named);
        emptyReport(path);
        return { path };
    }
    catch (error) {
        return {
            error: wrongInput('OS111', `--report names a file that cannot be written: ${wordsOf(error)}.`, 'Name a file in a folder that exists and that the account may write to, for example --report report.json.'),
        };
    }
}
function wordsOf(error) {
    return error instanceof Error ? error.message : String(error);
}
//# sourceMappingURL=service-command.js.map