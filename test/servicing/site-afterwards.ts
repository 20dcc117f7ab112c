import assert from 'node:assert/strict';

import type { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import type { SiteCode } from '../../src/site/identifiers.js';
import { DEFAULT_SWITCHES } from '../../src/verbs/service/read-request.js';
import type { RunResult } from '../../src/verbs/service/run-result.js';
import { serviceImages, type FailedRun, type ServiceRun } from '../../src/verbs/service/service-images.js';
import type { ServicingRequest } from '../../src/plan/servicing-request.js';
import type { SiteAccess } from '../../src/plan/site-access.js';
import type { RunningSimulator, SiteDescription } from '../../src/simulator/index.js';
import { until } from '../until.js';
import { SMALL_SITE, type SiteUnderTest, type SiteUnderTestOptions } from '../site-under-test.js';

/** A group of few updates, all usable, so that every single request of a run can be made to fail. */
export const SMALL_GROUP_UPDATES: readonly number[] = (
  SMALL_SITE.groups.find(({ name }) => name === 'Windows 7')?.updates ?? []
).slice(0, 4);

export const SITE_WITH_SMALL_GROUP = {
  ...SMALL_SITE,
  groups: [
    ...SMALL_SITE.groups,
    { ciId: 17_000_001, name: 'Small', description: '', updates: SMALL_GROUP_UPDATES, deployed: false },
  ],
};

export const REQUEST: ServicingRequest = {
  ...DEFAULT_SWITCHES,
  siteCode: 'LAB' as SiteCode,
  siteServer: undefined,
  images: ['Windows 7 Enterprise'],
  updateGroups: ['Small'],
  updates: [],
  excludeUpdates: [],
  updateDistributionPoints: true,
  start: { kind: 'now' },
  continueOnUpdateError: false,
  removeSupersededUpdates: false,
  unusableUpdates: 'fail',
  alreadyInstalled: 'skip',
  supersededUpdates: 'skip-if-newer-selected',
  notRequiredUpdates: 'include',
  unsupportedImages: 'fail',
  ifScheduled: 'fail',
  writeOrder: 'draft-first',
  dryRun: false,
};

export type Ended =
  | { readonly run: ServiceRun; readonly result: RunResult; readonly error: undefined }
  | {
      readonly run: FailedRun;
      readonly result: undefined;
      readonly error: Diagnosis;
      /** All that was told together; the first is `error`. */
      readonly diagnoses: readonly Diagnosis[];
    };

export async function runOnce(
  site: SiteUnderTest,
  request: Partial<ServicingRequest> = {},
  cancelled?: AbortSignal,
): Promise<Ended> {
  return runWith(site.access(cancelled), request);
}

/** The same, with a clock or a patience of the test's own. */
export async function runWith(access: SiteAccess, request: Partial<ServicingRequest> = {}): Promise<Ended> {
  return endedOf(await serviceImages(access, { ...REQUEST, ...request }, 'the-mark'));
}

export function endedOf(run: ServiceRun): Ended {
  if (run.kind === 'done') return { run, result: run.result, error: undefined };
  return { run, result: undefined, error: run.errors[0], diagnoses: run.errors };
}

/** What a site holds of this run. */
export interface Remains {
  readonly schedules: readonly number[];
  readonly images: number;
  readonly updates: number;
  readonly runs: readonly {
    readonly scheduleId: number;
    readonly updates: number;
    readonly images: number;
  }[];
}

export function remainsOf({ state }: RunningSimulator): Remains {
  return {
    schedules: state.objects('SMS_ImageServicingSchedule').map((schedule) => Number(schedule['ScheduleID'])),
    images: state.objects('SMS_ImageServicingScheduledImage').length,
    updates: state.objects('SMS_ImageServicingScheduledUpdate').length,
    runs: state.servicingRuns.map(({ scheduleId, updateIds, imagePackageIds }) => ({
      scheduleId,
      updates: updateIds.length,
      images: imagePackageIds.length,
    })),
  };
}

export const NOTHING: Remains = { schedules: [], images: 0, updates: 0, runs: [] };

/** Waits until the site has dealt with every request, those that the client gave up included. */
export async function settled({ requests }: RunningSimulator): Promise<void> {
  // An answer without an end does nothing, and its client has gone.
  const isPending = ({ outcome, fault }: (typeof requests)[number]): boolean =>
    outcome === 'pending' && fault !== 'oversize';
  await until(() => !requests.some(isPending), 'the site has dealt with every request');
}

/**
 * The promise that every run has to keep whatever goes wrong: one whole schedule or nothing of ours, never a half one
 * that ran, and a result that says which of the two it is.
 */
export async function assertWholeOrNothing(
  site: SiteUnderTest,
  ended: Ended,
  wanted: number,
): Promise<'whole' | 'nothing'> {
  await settled(site.simulator);
  const remains = remainsOf(site.simulator);
  const told = JSON.stringify({ remains, error: ended.error }, undefined, 1);
  for (const run of remains.runs)
    assert.deepEqual([run.images, run.updates], [1, wanted], `a half schedule ran: ${told}`);
  assert.equal(site.simulator.state.deletedWhileRunning.length, 0, told);
  if (remains.schedules.length === 0) {
    assert.deepEqual(remains, NOTHING, told);
    assert.ok(ended.error !== undefined, told);
    assert.ok(['OS401', 'OS501'].includes(ended.error.code) || /^OS[23]/.test(ended.error.code), told);
    return 'nothing';
  }
  assert.deepEqual([remains.schedules.length, remains.images, remains.updates], [1, 1, wanted], told);
  assert.ok(remains.runs.length > 0, `left behind, and it will not run: ${told}`);
  if (ended.result === undefined) assert.equal(ended.error.code, 'OS403', told);
  else assert.equal(ended.result.images[0]?.schedule?.scheduleId, remains.schedules[0], told);
  return 'whole';
}

const WRITES = ['POST', 'PUT', 'DELETE'];

export function writesOf({ simulator }: SiteUnderTest): number {
  return simulator.requests.filter(({ method }) => WRITES.includes(method)).length;
}

export function errorOf(ended: Ended): NonNullable<Ended['error']> {
  assert.ok(ended.error, JSON.stringify(ended.result));
  return ended.error;
}

/** Changes some updates of the small group. */
export function withUpdates(
  change: Partial<SiteDescription['updates'][number]>,
  which: readonly number[],
): SiteDescription {
  return {
    ...SITE_WITH_SMALL_GROUP,
    updates: SITE_WITH_SMALL_GROUP.updates.map((update) =>
      which.includes(update.ciId) ? { ...update, ...change } : update,
    ),
  };
}

export const [FIRST = 0, SECOND = 0] = SMALL_GROUP_UPDATES;
export function small(description: SiteDescription = SITE_WITH_SMALL_GROUP): SiteUnderTestOptions {
  return { simulator: { description } };
}

/** The schedules that a run which failed left, or that run. */
export function leftOf({ run }: Ended): FailedRun['left'] {
  return run.kind === 'done' ? [] : run.left;
}
