import { nonEmpty, type NonEmpty } from '../../collections/non-empty.js';
import { diagnosesIn, isCancelled, type Diagnosis } from '../../diagnosis/diagnosis.js';
import type { CiId, PackageId, ScheduleId } from '../../site/identifiers.js';
import type { ImagePackage } from '../../site/image-package.js';
import type { UpdateGroup } from '../../site/update-group.js';
import { readPlan, type ImagePlan, type ServicingPlan } from '../../plan/read-plan.js';
import { diagnoseRemains, leftSchedules, removalsOf } from '../../undo/remains-diagnosis.js';
import type { ImageToFollow } from '../../follow/follow-run.js';
import { followImages, readBeforeWriting, type Followed, type FollowRequest } from './follow-images.js';
import { appliedCiIdsOf, worstOf, type ImageResult, type RunResult, type RunState } from './run-result.js';
import {
  notYetWritten,
  type IntendedSchedule,
  type NumberedSchedule,
  type ScheduleInWriting,
  type SchedulesInWriting,
} from '../../write/schedule-draft.js';
import type { ServicingRequest } from '../../plan/servicing-request.js';
import { CANCELLED, type SiteAccess } from '../../plan/site-access.js';
import type { Known } from '../../plan/known.js';
import type { Remains } from '../../undo/remove-schedules.js';
import { undoSchedules } from '../../undo/undo-schedules.js';
import { watchUndoTime } from '../../undo/undo-time.js';
import { isNothingToDo } from '../../plan/update-selection.js';
import { writeSchedules } from '../../write/write-schedules.js';

/** How a run ended. It never throws: whatever a site, a user or a host does is one of these. */
export type ServiceRun = DoneRun | FailedRun;

/** A run that did what was asked for at the site. What came of the servicing may make its step fail all the same. */
export interface DoneRun {
  readonly kind: 'done';
  readonly known: Known;
  readonly result: RunResult;
  /** Why the servicing is not what somebody waits for; empty where it is, and where nobody waits. */
  readonly errors: readonly Diagnosis[];
  /** The step was cancelled while it waited. */
  readonly isCancelled: boolean;
}

export interface FailedRun {
  readonly kind: 'failed' | 'cancelled';
  readonly known: Known;
  readonly errors: NonEmpty<Diagnosis>;
  /** The schedules that run, or may be left. */
  readonly left: readonly LeftOver[];
  /** The schedules that were written and are gone again. */
  readonly removed: readonly ScheduleId[];
}

/** A schedule of a run that failed, and when it starts, for people; undefined for one that starts at once, or was not started. */
export interface LeftOver {
  readonly scheduleId: ScheduleId;
  readonly packageId: PackageId;
  readonly name: string;
  readonly startsAt: string | undefined;
}

/**
 * One run: reads everything, selects, and writes a schedule for each image that needs one.
 * `mark` makes the names of the schedules unlike any others; hosts draw it by chance.
 */
export async function serviceImages(
  site: SiteAccess,
  request: ServicingRequest,
  mark: string,
  follow?: FollowRequest,
): Promise<ServiceRun> {
  site.tell({ kind: 'settings', settings: request });
  const planned = await readPlan(site, request);
  const { known } = planned;
  if (planned.kind === 'refused') return failedRun(known, planned.errors, [], []);
  const { plan } = planned;
  const schedules = nonEmpty(
    plan.images.flatMap((image) => {
      const intended = intendedSchedule(image, plan, request, mark);
      return intended === undefined ? [] : [notYetWritten(intended)];
    }),
  );
  if (schedules === undefined || request.dryRun) return doneRun(known, resultOf(plan, request, []));
  const before = follow && (await beforeWriting(site, plan));
  if (before?.kind === 'refused') return failedRun(known, before.errors, [], []);
  const written = await writeOrUndo(site, schedules, plan, request);
  if (written.kind === 'failed') return failedRun(known, written.errors, written.remains, schedules);
  const result = resultOf(plan, request, written.schedules);
  const followed = follow && before && (await followImages(site, written.schedules, before.images, follow));
  return doneRun(known, result, followed);
}

/** `followed`: undefined where nobody waited for the servicing. */
function doneRun(known: Known, result: RunResult, followed?: Followed): DoneRun {
  if (followed === undefined) return { kind: 'done', known, result, errors: [], isCancelled: false };
  const images = result.images.map((image): ImageResult => {
    const own = followed.result.images.find(({ packageId }) => packageId === image.image.packageId);
    return own === undefined ? image : { ...image, state: own.state, followed: own };
  });
  const { errors, isCancelled } = followed;
  const followWarnings = followed.result.warnings;
  return {
    kind: 'done',
    known,
    result: { ...result, images, state: worstOf(images, followed.result.state), followWarnings },
    errors,
    isCancelled,
  };
}

async function beforeWriting(
  site: SiteAccess,
  plan: ServicingPlan,
): Promise<
  | { readonly kind: 'read'; readonly images: readonly ImageToFollow[] }
  | { readonly kind: 'refused'; readonly errors: NonEmpty<Diagnosis> }
> {
  try {
    return { kind: 'read', images: await readBeforeWriting(site, plan) };
  } catch (error) {
    return { kind: 'refused', errors: diagnosesIn(error) };
  }
}

function failedRun(
  known: Known,
  errors: NonEmpty<Diagnosis>,
  remains: readonly Remains[],
  schedules: readonly ScheduleInWriting[],
): FailedRun {
  return {
    kind: isCancelled(errors) ? 'cancelled' : 'failed',
    known,
    errors,
    left: leftSchedules(remains).map(({ scheduleId, intended }) => {
      const isStarted = schedules.some((each) => each.intended === intended && each.isStarted);
      const { name, image, start } = intended;
      const startsAt = isStarted && start.kind === 'later' ? start.told : undefined;
      return { scheduleId, packageId: image.packageId, name, startsAt };
    }),
    removed: remains.flatMap((each) => (each.kind === 'removed' ? [each.scheduleId] : [])),
  };
}

type WriteEnd =
  | { readonly kind: 'written'; readonly schedules: readonly NumberedSchedule[] }
  | {
      readonly kind: 'failed';
      readonly errors: NonEmpty<Diagnosis>;
      readonly remains: readonly Remains[];
    };

async function writeOrUndo(
  site: SiteAccess,
  schedules: SchedulesInWriting,
  plan: ServicingPlan,
  { writeOrder, ifScheduled }: ServicingRequest,
): Promise<WriteEnd> {
  // Whoever can still stop the run without an undo has to know that it is too late from here on.
  site.tell({ kind: 'writing' });
  if (site.cancelled.aborted) return { kind: 'failed', errors: [CANCELLED], remains: [] };
  const undo = watchUndoTime(site, writesOf(schedules));
  try {
    const last = { ifScheduled, before: plan.otherSchedules };
    return { kind: 'written', schedules: await writeSchedules(site, schedules, writeOrder, last) };
  } catch (error) {
    // A defect of this product in the middle of the writes must not leave half a schedule either.
    const [because] = diagnosesIn(error);
    site.tell({ kind: 'undoing', because });
    const remains = await undoSchedules(undo, schedules);
    const commands = site.provider.removalCommands(removalsOf(remains), plan.site.siteCode);
    return { kind: 'failed', errors: [diagnoseRemains(because, remains, commands)], remains };
  } finally {
    undo.release();
  }
}

/** How many objects the run makes. */
function writesOf(schedules: SchedulesInWriting): number {
  return schedules.reduce((sum, { intended }) => sum + intended.updates.length + 2, 0);
}

/** Undefined for an image that needs no schedule. */
function intendedSchedule(
  { image, siteServer, start, selection }: ImagePlan,
  { groups, cleanupProperty }: ServicingPlan,
  request: ServicingRequest,
  mark: string,
): IntendedSchedule | undefined {
  const [first, ...others] = selection.used.map(({ ciId }): CiId => ciId);
  if (first === undefined) return undefined;
  return {
    name: `Offline servicing ${image.packageId} ${mark}`,
    description: describe(image, groups),
    image,
    siteServer,
    updates: [first, ...others],
    start,
    updateDistributionPoints: request.updateDistributionPoints,
    continueOnError: request.continueOnUpdateError,
    cleanupProperty,
  };
}

/** Short, because nobody documents how much text the property takes. */
function describe(image: ImagePackage, groups: readonly UpdateGroup[]): string {
  const [only, ...others] = groups;
  const source =
    only === undefined
      ? 'Updates'
      : others.length === 0
        ? `Update group ${only.ciId}`
        : `${groups.length} update groups`;
  return `${source} for image ${image.packageId}, by configmgr-offline-servicing`;
}

function resultOf(
  plan: ServicingPlan,
  request: ServicingRequest,
  written: readonly NumberedSchedule[],
): RunResult {
  const images = plan.images.map(
    ({ image, siteServer, indexes, versions, start, selection }): ImageResult => {
      const own = written.find(({ schedule }) => schedule.intended.image.packageId === image.packageId);
      const state: RunState = isNothingToDo(selection)
        ? 'nothing-to-do'
        : own === undefined
          ? 'planned'
          : 'scheduled';
      return {
        image,
        state,
        schedule: own && { scheduleId: own.id, name: own.schedule.intended.name },
        siteServer,
        indexes,
        versions,
        selection,
        startsAt: start.kind === 'later' ? start.told : undefined,
        followed: undefined,
      };
    },
  );
  return {
    site: plan.site,
    updateGroups: plan.groups,
    settings: request,
    state: worstOf(images),
    images,
    appliedCiIds: appliedCiIdsOf(images),
    followWarnings: [],
  };
}
