import { defect, DiagnosedError } from '../diagnosis/diagnosis.js';
import type { ImagePackage } from '../site/image-package.js';
import type { UpdateGroup } from '../site/update-group.js';
import { readPlan, type ServicingPlan } from './read-plan.js';
import type { ImageResult, RunResult, RunState } from './run-result.js';
import { emptyLedger, type IntendedSchedule } from './schedule-draft.js';
import type { ServicingRequest } from './servicing-request.js';
import type { SiteAccess } from './site-access.js';
import { diagnoseRemains, undoSchedule } from './undo-schedule.js';
import { isNothingToDo } from './update-selection.js';
import { writeSchedule } from './write-schedule.js';

/**
 * One run: reads everything, selects, and writes a schedule for the image.
 * `mark` makes the name of the schedule unlike any other; hosts draw it by chance.
 * Throws a DiagnosedError for whatever keeps the run from its end.
 */
export async function serviceImage(
  site: SiteAccess,
  request: ServicingRequest,
  mark: string,
): Promise<RunResult> {
  const plan = await readPlan(site, request);
  if (isNothingToDo(plan.selection)) return resultOf(plan, 'nothing-to-do');
  if (request.dryRun) return resultOf(plan, 'planned');

  const intended = intendedSchedule(plan, request, mark);
  const ledger = emptyLedger();
  try {
    const scheduleId = await writeSchedule(site, intended, plan.image, plan.siteServer, ledger);
    return resultOf(plan, 'scheduled', { scheduleId, scheduleName: intended.name });
  } catch (error) {
    // A defect of this product in the middle of the writes must not leave half a schedule either.
    const because = error instanceof DiagnosedError ? error.diagnoses[0] : defect(error);
    site.tell({ kind: 'undoing', because });
    const remains = await undoSchedule(withTimeToUndo(site), intended, ledger, () => site.cancelled.aborted);
    throw new DiagnosedError(diagnoseRemains(because, remains, intended));
  }
}

/**
 * A cancelled run cannot act any more: its undo gets a short time of its own from then on, in which it cannot wait for
 * long. A run may also be cancelled while it is undone.
 */
function withTimeToUndo(site: SiteAccess): SiteAccess {
  const { undoAfterCancelMilliseconds: time, longestInvisibleMilliseconds: longest } = site.patience;
  const timeIsUp = new AbortController();
  const startClock = (): void => {
    setTimeout(() => {
      timeIsUp.abort();
    }, time).unref();
  };
  if (site.cancelled.aborted) startClock();
  else site.cancelled.addEventListener('abort', startClock, { once: true });
  return {
    ...site,
    cancelled: timeIsUp.signal,
    patience: {
      ...site.patience,
      longestInvisibleMilliseconds: site.cancelled.aborted ? Math.min(longest, time / 3) : longest,
    },
  };
}

function intendedSchedule(plan: ServicingPlan, request: ServicingRequest, mark: string): IntendedSchedule {
  return {
    name: `Offline servicing ${plan.image.packageId} ${mark}`,
    description: describe(plan.image, plan.group),
    image: plan.image.packageId,
    updates: plan.selection.used.map(({ ciId }) => ciId),
    updateDistributionPoints: request.updateDistributionPoints,
  };
}

/** Short, because nobody documents how much text the property takes. */
function describe(image: ImagePackage, group: UpdateGroup): string {
  return `Update group ${group.ciId} for image ${image.packageId}, by configmgr-offline-servicing`;
}

function resultOf(
  plan: ServicingPlan,
  state: RunState,
  written: Pick<ImageResult, 'scheduleId' | 'scheduleName'> = {
    scheduleId: undefined,
    scheduleName: undefined,
  },
): RunResult {
  const { image, siteServer, selection } = plan;
  return {
    siteCode: plan.site.siteCode,
    updateGroup: plan.group,
    state,
    images: [{ image, state, ...written, siteServer, selection }],
    appliedCiIds: state === 'scheduled' ? selection.used.map(({ ciId }) => ciId) : [],
  };
}
