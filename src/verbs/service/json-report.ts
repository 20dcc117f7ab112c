import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { RetryNotice } from '../../provider/retry-policy.js';
import type { ImageResult, RunResult, RunState } from './run-result.js';
import { jsonImage, type JsonImage } from './json-image.js';
import { jsonRequest, type JsonRequest } from './json-request.js';
import type { FoundImage, RunRecord } from './run-record.js';
import { warningsOf } from './warnings.js';

/** How a run ended, as a host knows it. */
export type RunEnd =
  | { readonly kind: 'done'; readonly result: RunResult }
  | { readonly kind: 'wrong-inputs' | 'failed'; readonly errors: readonly Diagnosis[] };

export type ReportState = RunState | 'failed';

/**
 * All that a run knows, for programs (docs/report.md). Its first part has the outputs by their camel names.
 * What is not known is null, never left out.
 */
export interface JsonReport {
  /** Another number when a property goes or changes its meaning; not when one comes. */
  readonly reportVersion: 1;
  readonly state: ReportState;
  /** Of the first image; empty where none was made for it. */
  readonly scheduleId: string;
  readonly scheduleIds: Readonly<Record<string, number>>;
  readonly appliedCiCount: number;
  readonly ciIds: readonly number[];
  readonly skippedCiCount: number;
  readonly imagePackageIds: readonly string[];
  /** The path of the file that this is written to; empty for none. */
  readonly report: string;
  readonly product: { readonly name: string; readonly version: string };
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** Null where the inputs were wrong. */
  readonly request: JsonRequest | null;
  readonly site: JsonSite | null;
  readonly updateGroups: readonly JsonUpdateGroup[];
  readonly articles: readonly JsonArticle[];
  readonly images: readonly JsonImage[];
  readonly retries: readonly RetryNotice[];
  readonly warnings: readonly string[];
  /** Empty for a run that did not fail. */
  readonly errors: readonly JsonError[];
}

export interface JsonSite {
  readonly code: string;
  readonly name: string | null;
  readonly version: string | null;
}

export interface JsonUpdateGroup {
  readonly ciId: number;
  readonly name: string;
  readonly updates: number;
}

export interface JsonArticle {
  readonly article: string;
  readonly updates: number;
}

export interface JsonError extends Required<Omit<Diagnosis, 'because' | 'stack'>> {
  /** What the run failed with before its undo began; null for an error that stands for itself. */
  readonly because: JsonError | null;
}

/** The report of a run that has just ended. `file`: where it is written to, or empty. */
export function jsonReport(record: RunRecord, end: RunEnd, version: string, file: string): JsonReport {
  const { request, site, groups, articles, retries, warnings } = record;
  return {
    reportVersion: 1,
    ...(end.kind === 'done' ? outputsOfResult(end.result) : outputsOfFailure(record, end.errors)),
    report: file,
    product: { name: 'configmgr-offline-servicing', version },
    startedAt: new Date(record.startedAt).toISOString(),
    endedAt: new Date(record.now()).toISOString(),
    request: request === undefined ? null : jsonRequest(request),
    site:
      site === undefined
        ? null
        : { code: site.siteCode, name: site.siteName ?? null, version: site.version ?? null },
    updateGroups: groups.map(({ group: { ciId, name }, updates }) => ({ ciId, name, updates })),
    articles: articles.map(({ article, updates }) => ({ article, updates })),
    images: end.kind === 'done' ? imagesOfResult(record, end.result) : imagesOfFailure(record, end.errors),
    retries: retries.map(({ label, why, attempt, attempts, delayMilliseconds }) => ({
      label,
      why,
      attempt,
      attempts,
      delayMilliseconds,
    })),
    warnings: [...warnings, ...(end.kind === 'done' ? warningsOf(end.result) : [])],
    errors: end.kind === 'done' ? [] : end.errors.map(jsonError),
  };
}

/** The same run, which then failed to tell its result. What it did at the site stays as it is told. */
export function withError(report: JsonReport, error: Diagnosis): JsonReport {
  return { ...report, errors: [...report.errors, jsonError(error)] };
}

/** What a later step of a pipeline works with. */
export type Outputs = Pick<
  JsonReport,
  'state' | 'scheduleId' | 'scheduleIds' | 'appliedCiCount' | 'ciIds' | 'skippedCiCount' | 'imagePackageIds'
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
  };
}

/** Names the schedules that run, or may be left, so that a later step can find them. */
function outputsOfFailure({ images }: RunRecord, errors: readonly Diagnosis[]): Outputs {
  const left = schedulesLeft(errors);
  // An image that was asked for but never found stands in no list; what is left belongs to one that was.
  const first = [...images.keys()][0] ?? left.keys().next().value ?? '';
  return {
    state: 'failed',
    scheduleId: String(left.get(first) ?? ''),
    scheduleIds: Object.fromEntries(left),
    appliedCiCount: 0,
    ciIds: [],
    skippedCiCount: leftOutOfEveryImage([...images.values()]),
    imagePackageIds: [...images.keys()],
  };
}

function schedulesLeft(errors: readonly Diagnosis[]): ReadonlyMap<string, number> {
  return new Map(
    errors.flatMap(({ schedules = [] }) =>
      schedules.map(({ packageId, scheduleId }) => [packageId, scheduleId] as const),
    ),
  );
}

function leftOutOfEveryImage(images: readonly Pick<FoundImage | ImageResult, 'selection'>[]): number {
  const used = new Set(images.flatMap(({ selection }) => selection?.used.map(({ ciId }) => ciId) ?? []));
  const leftOut = images.flatMap(({ selection }) => selection?.leftOut.map(({ ciId }) => ciId) ?? []);
  return new Set(leftOut.filter((ciId) => !used.has(ciId))).size;
}

function imagesOfResult({ images }: RunRecord, result: RunResult): readonly JsonImage[] {
  return result.images.map((each) =>
    jsonImage({
      ...each,
      applicable: images.get(each.image.packageId)?.applicable,
      scheduleId: each.schedule?.scheduleId,
      scheduleName: each.schedule?.name,
    }),
  );
}

function imagesOfFailure(record: RunRecord, errors: readonly Diagnosis[]): readonly JsonImage[] {
  const left = schedulesLeft(errors);
  return [...record.images.values()].map((found) => {
    const scheduleId = left.get(found.image.packageId);
    const seen = scheduleId === undefined ? undefined : record.schedules.get(scheduleId);
    return jsonImage({
      ...found,
      state: 'failed',
      scheduleId,
      scheduleName: seen?.name,
      startsAt: seen?.startsAt,
    });
  });
}

function jsonError({
  code,
  what,
  cause,
  next,
  schedules = [],
  commands = [],
  because,
}: Diagnosis): JsonError {
  return {
    code,
    what,
    cause,
    next,
    schedules: schedules.map(({ scheduleId, packageId }) => ({ scheduleId, packageId })),
    commands: commands.map(({ where, lines }) => ({ where, lines: [...lines] })),
    because: because === undefined ? null : jsonError(because),
  };
}
