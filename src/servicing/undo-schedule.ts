import { DiagnosedError, type Diagnosis } from '../diagnosis/diagnosis.js';
import type { ScheduleId } from '../site/identifiers.js';
import {
  deleteSchedule,
  findSchedules,
  linkedImageOf,
  linkedUpdateOf,
  listLinkedImages,
  listLinkedUpdates,
  readSchedule,
  SCHEDULE_STATE,
  servicingScheduleOf,
  unlinkImage,
  unlinkUpdate,
  updateSchedule,
  type ServicingSchedule,
} from '../site/servicing-schedule.js';
import { findAllDrafts } from './marked-drafts.js';
import { draftProperties, type IntendedSchedule, type WriteLedger } from './schedule-draft.js';
import { attempt, readAll, type SiteAccess } from './site-access.js';

/** What is left at the site of a run that failed. */
export type Remains =
  | { readonly kind: 'nothing'; readonly removed: readonly ScheduleId[] }
  /** The component has taken it: a schedule that runs is never deleted. */
  | { readonly kind: 'running'; readonly scheduleId: ScheduleId }
  | { readonly kind: 'perhaps'; readonly scheduleId: ScheduleId | undefined; readonly why: string };

const MOST_PASSES = 3;

/**
 * Removes what a failed run wrote, in reverse order: links, then the schedule. Then looks whether it is gone, because
 * a request that was given up may take effect late. In a hurry it cannot wait until everything is visible, and then
 * does not claim that a schedule is gone whose removal the site did not confirm. Never throws.
 */
export async function undoSchedule(
  site: SiteAccess,
  intended: IntendedSchedule,
  ledger: WriteLedger,
  isHurried: () => boolean,
): Promise<Remains> {
  let id = ledger.scheduleId;
  try {
    if (id === undefined && !ledger.mayHaveUnknownDraft) return { kind: 'nothing', removed: [] };
    const removed: ScheduleId[] = [];
    const found = ledger.mayHaveUnknownDraft ? await findAllDrafts(site, intended.name) : [];
    if (isHurried() && id === undefined && found.length === 0)
      throw new Error('there was no time to wait until it would show.');
    const ids = new Set([...(id === undefined ? [] : [id]), ...found.map(({ scheduleId }) => scheduleId)]);
    for (const each of ids) {
      id = each;
      if (ledger.startSent && (await runsInSpiteOf(site, intended, each)))
        return { kind: 'running', scheduleId: each };
      await removeOne(site, intended, each, ledger, isHurried);
      removed.push(each);
    }
    return { kind: 'nothing', removed };
  } catch (error) {
    return { kind: 'perhaps', scheduleId: id, why: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Turns a schedule that may be started back into a draft, so that it cannot run while its links are taken away.
 * Tells whether the component was faster. Throws where the schedule stays armed: then it is better left whole.
 */
async function runsInSpiteOf(site: SiteAccess, intended: IntendedSchedule, id: ScheduleId): Promise<boolean> {
  const draft = draftProperties(intended);
  for (let tried = 1; tried <= MOST_PASSES; tried++) {
    const schedule = await lookAt(site, id, intended.name);
    if (schedule === undefined) return false;
    if (hasBegun(schedule)) return true;
    if (schedule.action === draft.action && schedule.token.toUpperCase() === draft.token) return false;
    await attempt(site, [updateSchedule(id, draft)]);
  }
  const last = await lookAt(site, id, intended.name);
  if (last === undefined || last.action === draft.action) return last !== undefined && hasBegun(last);
  throw new Error(
    'it is whole and marked to run, and could not be turned back into a draft; it runs when the component looks next.',
  );
}

function hasBegun({ state }: ServicingSchedule): boolean {
  return state !== SCHEDULE_STATE.none && state !== SCHEDULE_STATE.scheduled;
}

/** Undefined for a schedule that is gone; a read that is refused for another reason ends the undo. */
async function lookAt(
  site: SiteAccess,
  id: ScheduleId,
  name: string,
): Promise<ServicingSchedule | undefined> {
  const [read, namesakes] = await attempt(site, [readSchedule(id), findSchedules(name)]);
  if (read.state === 'done') return servicingScheduleOf(read.result);
  if (namesakes.state !== 'done') throw new DiagnosedError(namesakes.refusal?.diagnosis ?? UNREADABLE);
  return namesakes.result.map(servicingScheduleOf).find(({ scheduleId }) => scheduleId === id);
}

async function removeOne(
  site: SiteAccess,
  intended: IntendedSchedule,
  id: ScheduleId,
  ledger: WriteLedger,
  isHurried: () => boolean,
): Promise<void> {
  let updates = ledger.linksSent ? intended.updates : [];
  let images = ledger.linksSent ? [intended.image] : [];
  for (let pass = 1; ; pass++) {
    const links = [
      ...updates.map((update) => unlinkUpdate(id, update)),
      ...images.map((image) => unlinkImage(id, image)),
    ];
    const unlinked = await attempt(site, links);
    const [removal] = await attempt(site, [deleteSchedule(id)]);
    // A link that was never made answers 404 like one that may not be removed: what counts is what is still there,
    // once everything had the time to become visible.
    const isCertain = [...unlinked, removal].every(({ state }) => state === 'done');
    if (!isCertain) await site.clock.sleep(site.patience.longestInvisibleMilliseconds, site.cancelled);
    const [imageRows, updateRows, schedules] = await readAll(site, [
      listLinkedImages(id),
      listLinkedUpdates(id),
      findSchedules(intended.name),
    ]);
    images = imageRows.map(linkedImageOf);
    updates = updateRows.map(linkedUpdateOf);
    const isThere = schedules.map(servicingScheduleOf).some(({ scheduleId }) => scheduleId === id);
    const isSure = removal.state === 'done' || !isHurried();
    if (!isThere && images.length === 0 && updates.length === 0 && isSure) return;
    if (pass === MOST_PASSES) {
      const words = removal.state === 'done' ? '' : ` ${removal.refusal?.diagnosis.what ?? ''}`;
      throw new Error(
        `${updates.length} update links, ${images.length} image links and ${isThere ? 'the' : 'no'} schedule are still there.${words}`,
      );
    }
  }
}

const UNREADABLE: Diagnosis = {
  code: 'OS305',
  what: 'The schedule could not be read any more.',
  cause: 'The site answers no longer.',
  next: 'Look at it in the console.',
};

/** The error of a run that failed while it wrote: why, and what was and was not undone. */
export function diagnoseRemains(because: Diagnosis, remains: Remains, intended: IntendedSchedule): Diagnosis {
  const named = `(name "${intended.name}", image ${intended.image})`;
  switch (remains.kind) {
    case 'nothing': {
      const undone =
        remains.removed.length === 0
          ? 'Nothing had been written.'
          : `Undone: schedule ${remains.removed.join(', ')} ${named} and its links were removed, and nothing of them is left.`;
      return {
        ...because,
        code: because.code === 'OS501' ? 'OS501' : 'OS401',
        what: `${because.what} ${undone}`,
      };
    }
    case 'running':
      return {
        schedule: { scheduleId: remains.scheduleId, packageId: intended.image },
        code: 'OS403',
        what: `${because.what} Not undone: schedule ${remains.scheduleId} ${named} has started meanwhile, with all its updates, and was left alone.`,
        cause: because.cause,
        next: `Follow schedule ${remains.scheduleId} in OfflineServicingMgr.log on the site server before the step is run again. ${because.next}`,
      };
    case 'perhaps': {
      const which = remains.scheduleId === undefined ? 'a schedule' : `schedule ${remains.scheduleId}`;
      return {
        ...(remains.scheduleId === undefined
          ? {}
          : { schedule: { scheduleId: remains.scheduleId, packageId: intended.image } }),
        code: 'OS402',
        what: `${because.what} Not undone for certain: ${which} ${named} or links of it may be left: ${remains.why}`,
        cause: because.cause,
        next: `Look for it in SMS_ImageServicingSchedule by that name and remove it. A draft (Action 0, due at the end of 2033) does not run by itself; one with Action 1 does. ${because.next}`,
      };
    }
  }
}
