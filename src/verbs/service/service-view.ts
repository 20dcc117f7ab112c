import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import { VERSION } from '../../diagnosis/version.js';
import type { NonEmpty } from '../../collections/non-empty.js';
import type { Known } from '../../plan/known.js';
import { failureSummary } from '../../report/failure-summary.js';
import { htmlPage } from '../../report/page/html-page.js';
import { NO_MASK } from '../../report/secret-mask.js';
import type { Ending, RunStart, RunView } from '../verb.js';
import { failedJobSummary, jobSummary } from './job-summary.js';
import {
  jsonReport,
  jsonReportOfWrongInputs,
  NO_OUTPUTS,
  outputsOfRun,
  startedSchedules,
  warningsOnTheWay,
  type ReportFrame,
} from './json-report.js';
import { outputFailure } from './output-failure.js';
import { outputTexts } from './outputs.js';
import { pageModelOf, type PageEvents } from './page-model.js';
import { resultLines } from './result-lines.js';
import type { FailedRun, ServiceRun } from './service-images.js';
import type { ServiceRequest } from './service-request.js';
import type { SummaryFrame } from './summary-frame.js';
import { mergedWarnings, warningsOf } from './warnings.js';

/** The one view of a run, from which log, summary, report and outputs follow. `startedAt`: milliseconds since 1970. */
export function serviceView(
  run: ServiceRun,
  request: ServiceRequest,
  { events, moments }: PageEvents,
  { startedAt, endedAt }: Pick<ReportFrame, 'startedAt' | 'endedAt'>,
): RunView {
  const isDone = run.kind === 'done';
  const warnings = isDone ? warningsOf(run.result) : [];
  const { connection } = request;
  const frame = (): SummaryFrame => ({
    warnings: warningsOnTheWay(events),
    connection,
    version: VERSION,
    startedAt,
    endedAt,
  });
  const schedules = isDone ? startedSchedules(run.result) : run.left;
  return {
    ending: endingOf(run),
    errors: run.errors,
    warnings: warnings.map(({ text }) => text),
    annotations: mergedWarnings(warnings).map(({ title, texts }) => ({ title, text: texts.join('\n') })),
    lines: isDone ? resultLines(run.result) : [],
    cancelledLine: isDone ? undefined : cancelledLine(run),
    outputs: (file) => outputTexts(outputsOfRun(run), file),
    report: (file, late) =>
      jsonReport(run, request, events, { version: VERSION, startedAt, endedAt, file, late }),
    title: `Offline servicing of ${imagesText(run.known)}`,
    summary: ({ mask = NO_MASK, errors = [] }) =>
      isDone
        ? jobSummary(run.result, frame(), { mask, errors: [...run.errors, ...errors] })
        : failedJobSummary({ ...run, errors: [...run.errors, ...errors] }, frame(), { mask }),
    page: ({ mask, spelling, late }) =>
      htmlPage(
        pageModelOf(run, request, { events, moments }, { version: VERSION, startedAt, endedAt, late }),
        mask,
        spelling,
      ),
    lostResult: (what, cause) => outputFailure(what, cause, { schedules, isDone }),
  };
}

function endingOf(run: ServiceRun): Ending {
  if (run.kind !== 'done') return run.kind;
  if (run.isCancelled) return 'cancelled';
  return run.errors.length === 0 ? 'done' : 'failed';
}

/** The view of inputs that are wrong: nothing was asked of a site. */
export function viewOfWrongInputs(errors: NonEmpty<Diagnosis>, { now }: Pick<RunStart, 'now'>): RunView {
  const at = now();
  return {
    ending: 'wrong-inputs',
    errors,
    warnings: [],
    annotations: [],
    lines: [],
    cancelledLine: undefined,
    outputs: (file) => outputTexts(NO_OUTPUTS, file),
    report: (file, late) =>
      jsonReportOfWrongInputs(errors, { version: VERSION, startedAt: at, endedAt: now(), file, late }),
    title: 'Offline servicing',
    summary: ({ mask, errors: late = [] }) => failureSummary([...errors, ...late], { ...(mask && { mask }) }),
    page: undefined,
    lostResult: (what, cause) => outputFailure(what, cause, { schedules: [], isDone: false }),
  };
}

/** `Windows Server 2022 and 2 more`: by its name where the site knows it. */
function imagesText({ images, request }: Known): string {
  const names =
    images.length > 0
      ? images.map(({ image }) => image.name)
      : request.images.map((each) => (typeof each === 'string' ? each : each.line));
  const [first = '', ...others] = names;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** For a cancel that left nothing. */
function cancelledLine({ kind, left, errors, removed }: FailedRun): string | undefined {
  if (kind !== 'cancelled' || left.length > 0 || errors.some(({ code }) => code !== 'OS501'))
    return undefined;
  if (removed.length === 0) return 'Cancelled. Nothing is left at the site.';
  const named =
    removed.length === 1 ? `Schedule ${removed.join('')} was` : `Schedules ${removed.join(', ')} were`;
  return `Cancelled. ${named} removed; nothing is left at the site.`;
}
