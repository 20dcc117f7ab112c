import { isNonEmpty, mapNonEmpty } from '../collections/non-empty.js';
import { DiagnosedError, type Diagnosis } from '../diagnosis/diagnosis.js';
import type { Outcome } from '../provider/port.js';
import type { ScheduleId } from '../site/identifiers.js';
import { createSchedule } from '../site/servicing-schedule.js';
import { lookForRivals, readsOfLastLook, type LastLook } from './last-look.js';
import { lookForSchedules, removeStrayDrafts } from './marked-schedules.js';
import {
  firstProperties,
  MOST_ATTEMPTS,
  numbered,
  type NumberedSchedules,
  type ScheduleInWriting,
  type SchedulesInWriting,
} from './schedule-draft.js';
import { linkEverything } from './schedule-links.js';
import type { WriteOrder } from '../plan/servicing-request.js';
import { attempt, diagnosisOf, requireDone, stopIfCancelled, type SiteAccess } from '../plan/site-access.js';
import { startSchedules } from './start-schedules.js';

/**
 * Writes the schedules of a run in waves: the drafts, their links, a comparison, the starts. A process that is killed
 * anywhere in between leaves drafts, which never run, or whole schedules. Notes in each schedule what it sends before
 * it sends it. Throws a diagnosis when the site refuses for good; undoing is the caller's.
 */
export async function writeSchedules(
  site: SiteAccess,
  schedules: SchedulesInWriting,
  order: WriteOrder,
  lastLook: LastLook,
): Promise<NumberedSchedules> {
  await createSchedules(site, schedules, order);
  const all = numbered(schedules);
  for (const { id, schedule } of all) {
    const { name } = schedule.intended;
    site.tell({ kind: 'schedule-written', scheduleId: id, name, isDraft: order === 'draft-first' });
  }
  stopIfCancelled(site);

  const seen = await linkEverything(site, all, order, readsOfLastLook(all, lastLook));
  for (const { id, schedule } of all) {
    site.tell({ kind: 'read-back', scheduleId: id, updates: schedule.intended.updates.length });
  }
  stopIfCancelled(site);
  await lookForRivals(site, all, lastLook, seen);

  await startSchedules(site, all, order);
  if (schedules.some(({ mayHaveUnknown }) => mayHaveUnknown)) await removeStrayDrafts(site, schedules);
  return all;
}

async function createSchedules(
  site: SiteAccess,
  schedules: SchedulesInWriting,
  order: WriteOrder,
): Promise<void> {
  const now = site.clock.now();
  const isMissing = ({ scheduleId }: ScheduleInWriting): boolean => scheduleId === undefined;
  let missing: readonly ScheduleInWriting[] = schedules;
  for (let tried = 1; ; tried++) {
    const lost = await sendCreates(site, missing, order, now);
    missing = missing.filter(isMissing);
    if (!isNonEmpty(missing)) return;
    stopIfCancelled(site);
    const names = mapNonEmpty(missing, ({ intended }) => intended.name);
    const found = await lookForSchedules(site, names);
    for (const schedule of missing) {
      schedule.scheduleId = found.find(({ name }) => name === schedule.intended.name)?.scheduleId;
    }
    missing = missing.filter(isMissing);
    const [absent] = missing;
    if (absent === undefined) return;
    // There is one already. A second one would be as invisible.
    const accepted = missing.find(({ isAccepted }) => isAccepted);
    if (accepted !== undefined) throw new DiagnosedError(withoutId(accepted.intended.name));
    if (tried === MOST_ATTEMPTS) throw new DiagnosedError(lost ?? withoutId(absent.intended.name));
  }
}

/** Returns why an answer was lost, where one was. Throws when the site refuses one. */
async function sendCreates(
  site: SiteAccess,
  schedules: readonly ScheduleInWriting[],
  order: WriteOrder,
  now: number,
): Promise<Diagnosis | undefined> {
  if (order === 'as-console') for (const schedule of schedules) schedule.startSent = true;
  const outcomes = await attempt(
    site,
    schedules.map(({ intended }) => createSchedule(firstProperties(intended, order, now))),
  );
  for (const [place, schedule] of schedules.entries()) {
    noteCreate(schedule, outcomes[place]);
  }
  // After all were looked at: what the others made is known by then, and can be undone.
  const refused = outcomes.find(({ state }) => state === 'refused' || state === 'not-attempted');
  if (refused !== undefined) requireDone(refused);
  const unknown = outcomes.find(({ state }) => state === 'unknown');
  return unknown?.state === 'unknown' ? diagnosisOf(unknown.diagnosis) : undefined;
}

function noteCreate(schedule: ScheduleInWriting, outcome: Outcome<ScheduleId | undefined> | undefined): void {
  if (outcome?.state === 'done') {
    schedule.scheduleId = outcome.result;
    schedule.isAccepted = schedule.scheduleId === undefined;
  }
  if (outcome?.state === 'unknown' || schedule.isAccepted) schedule.mayHaveUnknown = true;
}

function withoutId(name: string): Diagnosis {
  return {
    code: 'OS210',
    what: `The site accepted a new schedule (name "${name}") but tells no ScheduleID, and shows none of that name.`,
    cause: 'The account may create schedules but not see them.',
    next: 'Check the rights of the account on operating system images.',
  };
}
