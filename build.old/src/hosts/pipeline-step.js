import { INPUTS, PIPELINE_CONNECTIONS, } from '../parameters/input-table.js';
import { readInputs } from '../verbs/service/read-inputs.js';
import { spelledFor } from '../diagnosis/input-mention.js';
import { errorMessage } from '../report/error-message.js';
import { harmlessWith } from '../report/harmless-text.js';
import { jobSummary } from '../verbs/service/job-summary.js';
import { failureSummary } from '../report/failure-summary.js';
import { jsonReport, withError } from '../verbs/service/json-report.js';
import { entriesOf } from '../verbs/service/log-lines.js';
import { outputFailure } from '../verbs/service/output-failure.js';
import { outputsOf } from '../verbs/service/outputs.js';
import { reportText } from '../report/report-text.js';
import { resultLines } from '../verbs/service/result-lines.js';
import { stackLines } from '../report/diagnosis-lines.js';
import { RunRecord } from '../verbs/service/run-record.js';
import { formsOf, maskFor, secretsOf, variantsOf } from '../report/secret-mask.js';
import { isWarning, warningsOf } from '../verbs/service/warnings.js';
import { cancelOnSignal } from './cancel-on-signal.js';
import { newReportPath, writeNewReport, writeReport } from './report-file.js';
import { runStep } from './run-step.js';
import { stopWhenLinesAreLost } from './standard-streams.js';
import { VERSION } from './version.js';
/** Reads the inputs of a pipeline's step, runs it, and publishes how it ended. Never throws. */
export async function runPipelineStep(host, environment) {
    const record = new RunRecord(Date.now);
    const texts = textsFrom(host);
    const inputHost = {
        spell: host.spell,
        writtenIn: 'yaml',
        connections: PIPELINE_CONNECTIONS,
        now: Date.now,
    };
    const hidden = hideSecrets(host, texts);
    const mask = (text) => hidden(spelledFor(inputHost, text));
    const harmless = harmlessWith(mask);
    const print = ({ line, details }) => {
        host.print({ line: harmless(line), details: details.map(harmless) });
    };
    const warn = (message) => {
        host.warn(harmless(message));
    };
    const end = await runStep(() => record.asked(readInputs(texts, inputHost)), {
        environment,
        listenForCancel: () => {
            const byHost = cancelOnSignal('pipeline');
            return { ...byHost, requested: stopWhenLinesAreLost(byHost.requested, record) };
        },
        endedBy: 'pipeline',
        tell: (progress) => {
            record.hear(progress);
            for (const entry of entriesOf(progress)) {
                if (isWarning(progress))
                    warn(entry.line);
                else
                    print(entry);
            }
        },
    });
    const spell = (text) => spelledFor(inputHost, text);
    publish(record, end, environment, { host, mask, spell, harmless, print, warn });
}
/** The result first, whatever becomes of the rest. */
function publish(record, end, environment, publishing) {
    const { host } = publishing;
    const message = tellEnd(end, publishing);
    const report = keepReport(record, end, environment, publishing);
    const failure = publishOutputs(report, publishing);
    if (failure !== undefined)
        keepInReport(report, failure, publishing);
    publishSummary(record, end, failure, publishing);
    const failureMessage = failure && tellErrors([failure], publishing);
    if (end.kind === 'done') {
        if (failureMessage !== undefined)
            host.end('failed', failureMessage);
    }
    else {
        const isCancelled = end.errors.every(({ code }) => code === 'OS501');
        host.end(isCancelled ? 'cancelled' : 'failed', message);
    }
}
function textsFrom(host) {
    const texts = INPUTS.map(({ name }) => [name, host.readInput(name)]);
    return Object.fromEntries(texts.filter(([, text]) => text !== undefined));
}
/** Returns the message of a run that failed. */
function tellEnd(end, publishing) {
    if (end.kind !== 'done') {
        stackLines(end.errors).map(publishing.harmless).forEach(publishing.host.debug);
        return tellErrors(end.errors, publishing);
    }
    warningsOf(end.result).forEach(publishing.warn);
    for (const line of resultLines(end.result))
        publishing.print({ line, details: [] });
    return '';
}
/** Returns the message. */
function tellErrors(errors, { host, harmless }) {
    const { title, message, wholeLines } = errorMessage(errors, harmless, host.errorPrefix);
    for (const line of wholeLines)
        host.print({ line, details: [] });
    host.tellError(title, message);
    return message;
}
/** Registers every secret, and every form in which it travels, before anything is done with it. */
function hideSecrets(host, texts) {
    const secrets = secretsOf(texts);
    const lines = secrets
        .flatMap(variantsOf)
        .flatMap(formsOf)
        .flatMap((form) => form.split(/[\r\n]+/));
    // Of one character or none, a mask would hide half of the log, or be refused.
    for (const line of new Set(lines))
        if (line.trim().length > 1)
            host.hide(line);
    return maskFor(secrets);
}
/** Writes the report where later steps find it. Undefined where the run cannot even be told as one. */
function keepReport(record, end, environment, { mask, warn }) {
    let report;
    try {
        const path = newReportPath(environment);
        report = jsonReport(record, end, VERSION, path ?? '');
        if (path === undefined)
            warn('There is no report: the host names no temporary folder for it (RUNNER_TEMP, AGENT_TEMPDIRECTORY).');
        else
            writeNewReport(path, reportText(report, mask));
        return report;
    }
    catch (error) {
        warn(`The report could not be written: ${wordsOf(error)}`);
        return report && { ...report, report: '' };
    }
}
/** Returns why later steps do not get what they depend on. */
function publishOutputs(report, { host, mask, warn }) {
    if (report === undefined)
        return outputFailure('No output was set.', 'The run could not be reported.', report);
    const failed = [];
    let why = '';
    for (const [name, value] of Object.entries(outputsOf(report))) {
        if (mask(value) !== value) {
            warn(`Output ${name} holds a text that is registered as a secret: the host hides it, or drops the output, in later jobs.`);
        }
        try {
            host.setOutput(name, value);
        }
        catch (error) {
            failed.push(name);
            why = wordsOf(error);
        }
    }
    if (failed.length === 0)
        return undefined;
    const noun = failed.length === 1 ? 'output' : 'outputs';
    return outputFailure(`Cannot set the ${noun} ${failed.join(', ')}: ${why}.`, host.whyNoOutput, report);
}
/** The report was written before it was known, because an output has its path. */
function keepInReport(report, failure, { mask, warn }) {
    if (report === undefined || report.report === '')
        return;
    try {
        writeReport(report.report, reportText(withError(report, failure), mask));
    }
    catch (error) {
        warn(`The report does not hold ${failure.code}: ${wordsOf(error)}`);
    }
}
/** A summary is a courtesy: a host without one must not fail the step. */
function publishSummary(record, end, failure, { host, mask, spell, warn }) {
    try {
        const failures = failure === undefined ? [] : [failure];
        const summary = end.kind === 'done'
            ? jobSummary(end.result, record.warnings, { mask, errors: failures })
            : failureSummary([...end.errors, ...failures], { mask });
        host.publishSummary(spell(summary));
    }
    catch (error) {
        warn(`The job summary could not be written: ${wordsOf(error)}`);
    }
}
function wordsOf(error) {
    return error instanceof Error ? error.message : String(error);
}
//# sourceMappingURL=pipeline-step.js.map