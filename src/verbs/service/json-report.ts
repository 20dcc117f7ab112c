import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { ImageResults } from '../../follow/update-results.js';
import type { CiId } from '../../site/identifiers.js';
import type { RetryNotice } from '../../provider/retry-policy.js';
import type { ImageResult, RunResult, RunState } from './run-result.js';
import { jsonImage, type JsonImage } from './json-image.js';
import { jsonRequest, type JsonRequest } from './json-request.js';
import type {
  JsonCiId,
  JsonCount,
  JsonId,
  JsonMoment,
  JsonPackageId,
  JsonSiteCode,
} from '../../report/json-values.js';
import { jsonError, type JsonError } from '../../report/json-error.js';
import { eventsOf } from './log-lines.js';
import type { Known, KnownImage } from '../../plan/known.js';
import type { Progress } from '../../plan/progress.js';
import type { FailedRun, LeftOver, ServiceRun } from './service-images.js';
import type { ServiceRequest } from './service-request.js';
import { warningsOf, warningTitleOf, type Warning } from './warnings.js';

/**
 * All that a run knows, for programs (docs/report.md). Its first part has the outputs by their camel names.
 * What is not known is null, never left out.
 */
export interface JsonReport {
  /** Another number when a property goes or changes its meaning; not when one comes. */
  readonly reportVersion: 1;
  /** The worst of the images. */
  readonly state: RunState;
  /** ID of the first image's schedule; empty if none was made for it. */
  readonly scheduleId: string;
  /**
   * Package ID to schedule ID. Of a run that failed: the schedules that run, or might be left.
   * @propertyNames { "type": "string", "pattern": "^[A-Z0-9]{3}[0-9A-F]{5}$" }
   */
  readonly scheduleIds: Readonly<Record<string, JsonId>>;
  /** Different CI_IDs applied to schedules, which is not yet installed. */
  readonly appliedCiCount: JsonCount;
  /** These CI_IDs, ascending, each once. */
  readonly ciIds: readonly JsonCiId[];
  /** Different CI_IDs that are skipped for every image. */
  readonly skippedCiCount: JsonCount;
  /** Of all images that were found. */
  readonly imagePackageIds: readonly JsonPackageId[];
  /** How many different updates the site installed in an image; null where nobody waited for that. */
  readonly installedCiCount: JsonCount | null;
  /** How many are neither installed nor not required on every index; null where nobody waited for that. */
  readonly failedCiCount: JsonCount | null;
  /** Path of the file that this is written to; empty for none. */
  readonly report: string;
  readonly product: { readonly name: string; readonly version: string };
  readonly startedAt: JsonMoment;
  readonly endedAt: JsonMoment;
  /** What was requested; null if the inputs were wrong. */
  readonly request: JsonRequest | null;
  /** The site that the provider serves; null if the run did not come that far. */
  readonly site: JsonSite | null;
  readonly updateGroups: readonly JsonUpdateGroup[];
  readonly articles: readonly JsonArticle[];
  readonly images: readonly JsonImage[];
  /** What was tried again, in order. */
  readonly retries: readonly JsonRetry[];
  /** As they were printed. */
  readonly warnings: readonly string[];
  /** Why the step failed; empty if it did not. */
  readonly errors: readonly JsonError[];
}

export interface JsonRetry extends RetryNotice {
  /**
   * The attempt that was to come.
   * @asType integer
   * @minimum 2
   */
  readonly attempt: number;
  /** The most that there are. */
  readonly attempts: JsonCount;
  /** The pause before it. */
  readonly delayMilliseconds: JsonCount;
}

export interface JsonSite {
  readonly code: JsonSiteCode;
  readonly name: string | null;
  readonly version: string | null;
}

export interface JsonUpdateGroup {
  readonly ciId: JsonCiId;
  readonly name: string;
  /** Updates in the group. */
  readonly updates: JsonCount;
}

export interface JsonArticle {
  /** With KB before it. */
  readonly article: string;
  /** Updates that the article stands for. */
  readonly updates: JsonCount;
}

/** What is written of every run, whatever came of it. */
export interface ReportFrame {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Path of the file that the report is written to, or empty. */
  readonly file: string;
  /** What went wrong after the run. */
  readonly late: readonly Diagnosis[];
}

/** The report of a run that has ended. `events`: what it told on its way. */
export function jsonReport(
  run: ServiceRun,
  { connection, follow }: ServiceRequest,
  events: readonly Progress[],
  frame: ReportFrame,
): JsonReport {
  const { request, site, groups, articles } = run.known;
  return {
    ...frameOf(frame),
    ...(run.kind === 'done' ? outputsOfResult(run.result) : outputsOfFailure(run)),
    request: jsonRequest({ connection, servicing: request, follow }),
    site:
      site === undefined
        ? null
        : { code: site.siteCode, name: site.siteName ?? null, version: site.version ?? null },
    updateGroups: groups.map(({ group: { ciId, name }, ciIds }) => ({ ciId, name, updates: ciIds.length })),
    articles,
    images: run.kind === 'done' ? imagesOfResult(run.known, run.result) : imagesOfFailure(run),
    retries: events.flatMap((each) => (each.kind === 'retry' ? [each.notice] : [])),
    warnings: [...warningsOnTheWay(events), ...(run.kind === 'done' ? warningsOf(run.result) : [])].map(
      ({ text }) => text,
    ),
    errors: errorsOf(run, frame),
  };
}

/** The report of wrong inputs: the errors, and nothing of a site. */
export function jsonReportOfWrongInputs(errors: readonly Diagnosis[], frame: ReportFrame): JsonReport {
  return {
    ...frameOf(frame),
    ...NO_OUTPUTS,
    state: 'failed',
    request: null,
    site: null,
    updateGroups: [],
    articles: [],
    images: [],
    retries: [],
    warnings: [],
    errors: [...errors, ...frame.late].map((error) => jsonError(error, [])),
  };
}

function frameOf({
  version,
  startedAt,
  endedAt,
  file,
}: ReportFrame): Pick<JsonReport, 'reportVersion' | 'report' | 'product' | 'startedAt' | 'endedAt'> {
  return {
    reportVersion: 1,
    report: file,
    product: { name: 'configmgr-offline-servicing', version },
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date(endedAt).toISOString(),
  };
}

/** The warnings of events, in the order in which they were told. */
export function warningsOnTheWay(events: readonly Progress[]): readonly Warning[] {
  return events.flatMap((progress) => {
    const title = warningTitleOf(progress);
    if (title === undefined) return [];
    const image = 'image' in progress && typeof progress.image === 'object' ? progress.image : undefined;
    return eventsOf(progress).map(({ line: text }) => ({ title, image, text }));
  });
}

function errorsOf(run: ServiceRun, { late }: ReportFrame): readonly JsonError[] {
  const all = run.kind === 'done' ? startedSchedules(run.result) : run.left;
  return [...run.errors, ...late].map((error) => jsonError(error, all));
}

/** The schedules of a run that is done. */
export function startedSchedules({ images }: RunResult): readonly LeftOver[] {
  return images.flatMap(({ image, schedule, startsAt }) =>
    schedule === undefined ? [] : [{ ...schedule, packageId: image.packageId, startsAt }],
  );
}

/** What a later step of a pipeline works with. */
export type Outputs = Pick<
  JsonReport,
  | 'state'
  | 'scheduleId'
  | 'scheduleIds'
  | 'appliedCiCount'
  | 'ciIds'
  | 'skippedCiCount'
  | 'imagePackageIds'
  | 'installedCiCount'
  | 'failedCiCount'
>;

function outputsOfResult({ state, images, appliedCiIds }: RunResult): Outputs {
  const [first] = images;
  return {
    state,
    scheduleId: first?.schedule === undefined ? '' : String(first.schedule.scheduleId),
    scheduleIds: Object.fromEntries(
      images.flatMap(({ image, schedule }) =>
        schedule === undefined ? [] : [[image.packageId, schedule.scheduleId]],
      ),
    ),
    appliedCiCount: appliedCiIds.length,
    ciIds: appliedCiIds,
    skippedCiCount: leftOutOfEveryImage(images),
    imagePackageIds: images.map(({ image }) => image.packageId),
    installedCiCount: countOf(images, ({ installed }) => installed),
    failedCiCount: countOf(images, ({ notSettled }) => notSettled),
  };
}

/** How many different updates; null where nobody waited for any image. */
function countOf(
  images: readonly ImageResult[],
  idsOf: (results: ImageResults) => readonly CiId[],
): number | null {
  const followed = images.flatMap((image) => image.followed ?? []);
  return followed.length === 0 ? null : new Set(followed.flatMap(({ results }) => idsOf(results))).size;
}

export const NO_OUTPUTS: Outputs = {
  state: 'failed',
  scheduleId: '',
  scheduleIds: {},
  appliedCiCount: 0,
  ciIds: [],
  skippedCiCount: 0,
  imagePackageIds: [],
  installedCiCount: null,
  failedCiCount: null,
};

/** Names the schedules that run, or may be left, so that a later step can find them. */
function outputsOfFailure({ known: { images }, left }: FailedRun): Outputs {
  const ids = new Map<string, number>(left.map(({ packageId, scheduleId }) => [packageId, scheduleId]));
  const first = images[0]?.image.packageId ?? left[0]?.packageId ?? '';
  return {
    ...NO_OUTPUTS,
    scheduleId: String(ids.get(first) ?? ''),
    scheduleIds: Object.fromEntries(ids),
    skippedCiCount: leftOutOfEveryImage(images),
    imagePackageIds: images.map(({ image }) => image.packageId),
  };
}

/** What later steps work with. */
export function outputsOfRun(run: ServiceRun): Outputs {
  return run.kind === 'done' ? outputsOfResult(run.result) : outputsOfFailure(run);
}

function leftOutOfEveryImage(images: readonly Pick<KnownImage | ImageResult, 'selection'>[]): number {
  const used = new Set(images.flatMap(({ selection }) => selection?.used.map(({ ciId }) => ciId) ?? []));
  const leftOut = images.flatMap(({ selection }) => selection?.leftOut.map(({ ciId }) => ciId) ?? []);
  return new Set(leftOut.filter((ciId) => !used.has(ciId))).size;
}

function imagesOfResult({ images }: Known, result: RunResult): readonly JsonImage[] {
  return result.images.map((each) =>
    jsonImage({
      ...each,
      applicable: images.find(({ image }) => image.packageId === each.image.packageId)?.applicable,
      scheduleId: each.schedule?.scheduleId,
      scheduleName: each.schedule?.name,
      followed: each.followed,
    }),
  );
}

function imagesOfFailure({ known: { images }, left }: FailedRun): readonly JsonImage[] {
  return images.map((each) => {
    // A stray schedule comes after the one that was meant.
    const own = left.filter(({ packageId }) => packageId === each.image.packageId).at(-1);
    return jsonImage({
      ...each,
      state: 'failed',
      scheduleId: own?.scheduleId,
      scheduleName: own?.name,
      startsAt: own?.startsAt,
      followed: undefined,
    });
  });
}
