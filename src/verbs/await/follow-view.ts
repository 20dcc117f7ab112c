import type { NonEmpty } from '../../collections/non-empty.js';
import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import { VERSION } from '../../diagnosis/version.js';
import type { FollowedImage, FollowState } from '../../follow/followed-image.js';
import { errorSections, failureSummary, type SummaryOptions } from '../../report/failure-summary.js';
import { jsonError, type JsonError } from '../../report/json-error.js';
import { jsonFollowedImage, type JsonFollowedImage } from '../../report/json-follow.js';
import { NO_MASK } from '../../report/secret-mask.js';
import { rowsWithRoom, withinLimit } from '../../report/summary-limits.js';
import { shownWith } from '../../report/summary-text.js';
import type { Ending, RunView } from '../verb.js';
import type { FollowedRun } from './followed-run.js';

/** The report of a verb that follows schedules. What is not known is null. */
export interface JsonFollowReport {
  readonly reportVersion: 1;
  readonly state: FollowState;
  readonly imagePackageIds: readonly string[];
  /** The path of the file that this is written to; empty for none. */
  readonly report: string;
  readonly product: { readonly name: string; readonly version: string };
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly site: { readonly code: string; readonly name: string | null } | null;
  readonly schedules: readonly { readonly scheduleId: number; readonly name: string | null }[];
  readonly images: readonly JsonFollowedImage[];
  readonly warnings: readonly string[];
  readonly errors: readonly JsonError[];
}

/** When a run began and ended, in milliseconds since 1970. */
export interface RunTimes {
  readonly startedAt: number;
  readonly endedAt: number;
}

/** The view of a run that followed schedules. `errors`: why the step fails, as the verb judges it. */
export function followView(run: FollowedRun, errors: readonly Diagnosis[], times: RunTimes): RunView {
  const images = run.kind === 'followed' ? run.result.images : [];
  const warnings = run.kind === 'followed' ? run.result.warnings : [];
  const state = run.kind === 'followed' ? run.result.state : 'failed';
  const imagePackageIds = images.map(({ packageId }) => packageId);
  return {
    ending: endingOf(run, errors),
    errors,
    warnings,
    annotations: warnings.map((text) => ({ title: 'Not all is as it should be', text })),
    title: `Offline servicing of ${imagePackageIds.join(', ') || 'no image'}`,
    lines: images.map(imageLine),
    cancelledLine: undefined,
    outputs: (file) => ({ state, 'image-package-ids': JSON.stringify(imagePackageIds), report: file }),
    report: (file, late): JsonFollowReport => ({
      reportVersion: 1,
      state,
      imagePackageIds,
      report: file,
      product: { name: 'configmgr-offline-servicing', version: VERSION },
      startedAt: new Date(times.startedAt).toISOString(),
      endedAt: new Date(times.endedAt).toISOString(),
      site: run.kind === 'followed' ? { code: run.site.siteCode, name: run.site.siteName ?? null } : null,
      schedules:
        run.kind === 'followed'
          ? run.schedules.map(({ scheduleId, name }) => ({ scheduleId, name: name ?? null }))
          : [],
      images: images.map(jsonFollowedImage),
      warnings,
      errors: [...errors, ...late].map((error) => jsonError(error, [])),
    }),
    summary: (options) => summaryOf(state, images, errors, options),
    page: undefined,
    lostResult: (what, cause) => ({
      code: 'OS404',
      what: `${what} Nothing was changed at the site by waiting.`,
      cause,
      next: 'Mend that, and wait for the schedules again.',
    }),
  };
}

/** The view of inputs that are wrong: nothing was asked of a site. */
export function viewOfWrongFollow(errors: NonEmpty<Diagnosis>, now: () => number): RunView {
  const at = now();
  return {
    ...followView({ kind: 'refused', errors }, errors, { startedAt: at, endedAt: at }),
    ending: 'wrong-inputs',
  };
}

function endingOf(run: FollowedRun, errors: readonly Diagnosis[]): Ending {
  if (run.kind === 'followed' && run.isCancelled) return 'cancelled';
  return errors.length === 0 ? 'done' : 'failed';
}

const WORDS: Readonly<Record<FollowState, string>> = {
  succeeded: 'was serviced',
  'partly-failed': 'was serviced without some of its updates',
  failed: 'failed',
  cancelled: 'was not serviced: its schedule was cancelled',
  'cancel-requested': 'is still being serviced: a cancel was requested',
  'timed-out': 'was not serviced in time',
  running: 'is still being serviced',
  scheduled: 'still waits for its servicing',
};

function imageLine({ packageId, scheduleId, state, results, updates }: FollowedImage): string {
  const counts =
    updates.length === 0
      ? ''
      : `: ${results.installed.length} updates installed, ${results.notSettled.length} not`;
  return `Image ${packageId} (schedule ${scheduleId}) ${WORDS[state]}${counts}.`;
}

function summaryOf(
  state: FollowState,
  images: readonly FollowedImage[],
  errors: readonly Diagnosis[],
  { mask = NO_MASK, errors: late = [] }: SummaryOptions,
): string {
  const all = [...errors, ...late];
  if (images.length === 0) return failureSummary(all, { mask });
  const shown = shownWith(mask);
  return withinLimit([
    `## ${all.length === 0 ? '✅' : '❌'} Offline servicing: ${state}`,
    '',
    ...errorSections(all, shown),
    '| Image | Schedule | State | Installed | Not installed |',
    '| --- | ---: | --- | ---: | ---: |',
    ...rowsWithRoom(
      images.map(
        ({ packageId, scheduleId, state: each, results, updates }) =>
          `| ${shown(packageId)} | ${scheduleId} | ${each} | ${updates.length === 0 ? '–' : results.installed.length} | ${updates.length === 0 ? '–' : results.notSettled.length} |`,
      ),
      1,
    ),
    '',
  ]);
}
