import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { ImageResult, RunResult, RunState } from '../servicing/run-result.js';

/** The outputs of a run by their camel names, and the details of each image. */
export interface JsonResult {
  readonly state: RunState | 'failed';
  /** Empty where no schedule was made. */
  readonly scheduleId: string;
  readonly scheduleIds: Readonly<Record<string, number>>;
  readonly appliedCiCount: number;
  readonly ciIds: readonly number[];
  readonly skippedCiCount: number;
  readonly imagePackageIds: readonly string[];
  readonly images: readonly JsonImage[];
  /** Empty for a run that did not fail. */
  readonly errors: readonly Diagnosis[];
}

interface JsonImage {
  readonly packageId: string;
  readonly name: string;
  readonly state: RunState;
  readonly scheduleId: number | null;
  readonly scheduleName: string | null;
  readonly siteServer: string;
  readonly used: readonly JsonUpdate[];
  readonly leftOut: readonly (JsonUpdate & { readonly need: string; readonly reason: string })[];
}

interface JsonUpdate {
  readonly ciId: number;
  readonly article: string | null;
  readonly title: string | null;
}

export function jsonResult(result: RunResult): JsonResult {
  const scheduled = result.images.flatMap(({ image, schedule }) =>
    schedule === undefined ? [] : [[image.packageId, schedule.scheduleId] as const],
  );
  const skippedEverywhere = leftOutOfEveryImage(result.images);
  return {
    state: result.state,
    scheduleId: scheduled[0] === undefined ? '' : String(scheduled[0][1]),
    scheduleIds: Object.fromEntries(scheduled),
    appliedCiCount: result.appliedCiIds.length,
    ciIds: result.appliedCiIds,
    skippedCiCount: skippedEverywhere.size,
    imagePackageIds: result.images.map(({ image }) => image.packageId),
    images: result.images.map(jsonImage),
    errors: [],
  };
}

/** Of a run that failed. Names the schedule that runs, or may be left, so that a later step can find it. */
export function jsonFailure(errors: readonly Diagnosis[]): JsonResult {
  const left = errors.flatMap(({ schedules = [] }) => schedules);
  return {
    state: 'failed',
    scheduleId: left[0] === undefined ? '' : String(left[0].scheduleId),
    scheduleIds: Object.fromEntries(left.map(({ packageId, scheduleId }) => [packageId, scheduleId])),
    appliedCiCount: 0,
    ciIds: [],
    skippedCiCount: 0,
    imagePackageIds: [],
    images: [],
    errors,
  };
}

function leftOutOfEveryImage(images: readonly ImageResult[]): ReadonlySet<number> {
  const used = new Set(images.flatMap(({ selection }) => selection.used.map(({ ciId }) => ciId)));
  const leftOut = images.flatMap(({ selection }) => selection.leftOut.map(({ ciId }) => ciId));
  return new Set(leftOut.filter((ciId) => !used.has(ciId)));
}

function jsonImage({ image, state, schedule, siteServer, selection }: ImageResult): JsonImage {
  return {
    packageId: image.packageId,
    name: image.name,
    state,
    scheduleId: schedule?.scheduleId ?? null,
    scheduleName: schedule?.name ?? null,
    siteServer,
    used: selection.used.map(({ ciId, article, title }) => ({
      ciId,
      article: article ?? null,
      title: title ?? null,
    })),
    leftOut: selection.leftOut.map(({ ciId, update, reason }) => ({
      ciId,
      article: update?.article ?? null,
      title: update?.title ?? null,
      need: reason.need,
      reason: reason.why,
    })),
  };
}
