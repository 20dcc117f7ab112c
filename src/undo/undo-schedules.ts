import { nonEmpty } from '../collections/non-empty.js';
import { DiagnosedError } from '../diagnosis/diagnosis.js';
import {
  deleteSchedule,
  findRunningSchedules,
  findSchedules,
  readSchedule,
  updateSchedule,
  type ServicingSchedule,
  isDraft,
  hasBegun,
} from '../site/servicing-schedule.js';
import { findAllSchedules } from '../write/marked-schedules.js';
import { leftOf, removeSchedules, type Remains } from './remove-schedules.js';
import {
  draftProperties,
  type NumberedSchedule,
  type ScheduleInWriting,
  type SchedulesInWriting,
} from '../write/schedule-draft.js';
import { attempt, attemptParts, diagnosisOf, type SiteAccess } from '../plan/site-access.js';
import type { UndoAccess } from './undo-time.js';

const MOST_PASSES = 3;

/**
 * Removes what a failed run wrote, in reverse order: links, then schedules. Then looks whether they are gone, because
 * a request that was given up may take effect late. In a hurry it cannot wait until everything is visible, and then
 * does not claim that a schedule is gone whose removal the site did not confirm. Never throws.
 */
export async function undoSchedules(
  undo: UndoAccess,
  schedules: SchedulesInWriting,
): Promise<readonly Remains[]> {
  const { site, isHurried } = undo;
  const open = new Set<ScheduleInWriting>(
    schedules.filter(({ scheduleId, mayHaveUnknown }) => scheduleId !== undefined || mayHaveUnknown),
  );
  const settled: Remains[] = [];
  try {
    const targets = await findTargets(site, schedules);
    for (const schedule of schedules) {
      if (targets.some((target) => target.schedule === schedule)) continue;
      if (schedule.isAccepted) settled.push(perhapsSomewhere(schedule, ACCEPTED));
      else if (isHurried() && schedule.mayHaveUnknown) settled.push(perhapsSomewhere(schedule, NO_TIME));
      else settled.push({ kind: 'nothing' });
      open.delete(schedule);
    }
    const { disarmed, others } = await disarm(site, targets);
    for (const { target, remains } of others) {
      settled.push(remains);
      open.delete(target.schedule);
    }
    settled.push(...(await removeSchedules(undo, disarmed)));
    return settled;
  } catch (error) {
    const why = site.cancelled.aborted ? TIME_IS_UP : error instanceof Error ? error.message : String(error);
    return [...settled, ...[...open].map((schedule) => perhapsLeft(schedule, why))];
  }
}

/** Last written first. Where a create was lost, there may be one more schedule than is known. */
async function findTargets(
  site: SiteAccess,
  schedules: SchedulesInWriting,
): Promise<readonly NumberedSchedule[]> {
  const uncertain = schedules.filter(({ mayHaveUnknown }) => mayHaveUnknown);
  const names = nonEmpty(uncertain.map(({ intended }) => intended.name));
  const found = names === undefined ? [] : await findAllSchedules(site, names);
  return [...schedules].reverse().flatMap((schedule) => {
    const named = uncertain.includes(schedule)
      ? found.filter((each) => each.name === schedule.intended.name)
      : [];
    const known = schedule.scheduleId === undefined ? [] : [schedule.scheduleId];
    const ids = new Set([...known, ...named.map(({ scheduleId }) => scheduleId)]);
    return [...ids].map((id) => ({ id, schedule }));
  });
}

interface Disarmed {
  /** None of these can run while its links are taken away. */
  readonly disarmed: readonly NumberedSchedule[];
  readonly others: readonly { readonly target: NumberedSchedule; readonly remains: Remains }[];
}

/**
 * Turns schedules that may be started back into drafts. One that the component was faster with is left alone, and so is
 * a whole one that stays armed. One that stays armed and is not whole is deleted before its links.
 */
async function disarm(site: SiteAccess, targets: readonly NumberedSchedule[]): Promise<Disarmed> {
  const disarmed = targets.filter(({ schedule }) => !schedule.startSent);
  const others: { target: NumberedSchedule; remains: Remains }[] = [];
  let armed = targets.filter(({ schedule }) => schedule.startSent);
  for (let pass = 1; armed.length > 0; pass++) {
    const { seen, isAtWork } = await lookAt(site, armed);
    const stillArmed: NumberedSchedule[] = [];
    for (const [place, target] of armed.entries()) {
      const schedule = seen[place];
      const isHarmless = schedule === undefined || isDraft(schedule);
      if (schedule !== undefined && hasBegun(schedule)) others.push({ target, remains: running(target) });
      else if (isAtWork && mayBeInLine(target) && !(isHarmless && pass === 1))
        others.push({ target, remains: perhaps(target, isHarmless ? DRAFT_AGAIN : IN_LINE) });
      else if (isHarmless) disarmed.push(target);
      else stillArmed.push(target);
    }
    armed = stillArmed;
    if (pass > MOST_PASSES || armed.length === 0) break;
    await attempt(
      site,
      armed.map(({ id, schedule }) => updateSchedule(id, draftProperties(schedule.intended))),
    );
  }
  const torn = armed.filter(({ schedule }) => !schedule.isWhole);
  if (torn.length > 0)
    await attempt(
      site,
      torn.map(({ id }) => deleteSchedule(id)),
    );
  const whole = armed.filter(({ schedule }) => schedule.isWhole);
  others.push(...whole.map((target) => ({ target, remains: perhaps(target, STAYS_ARMED) })));
  return { disarmed: [...disarmed, ...torn], others };
}

/**
 * The component may take several schedules at one look and work on one after the other; nobody knows whether `State`
 * tells so before the turn of each has come. One that is whole does less harm where it runs than where it is taken apart.
 */
function mayBeInLine({ schedule: { isWhole, intended } }: NumberedSchedule): boolean {
  return isWhole && intended.start.kind === 'now';
}

const STAYS_ARMED =
  'it is whole and marked to run, and could not be turned back into a draft; it runs when its time has come.';
const IN_LINE =
  'it is whole and marked to run, and the site services an image at this moment: it may have been taken already, and was left to run.';
const DRAFT_AGAIN =
  'it was turned back into a draft, but the site services an image at this moment and may have taken it before: it was left whole.';

function perhaps({ id: scheduleId, schedule }: NumberedSchedule, why: string): Remains {
  const { intended } = schedule;
  return { kind: 'perhaps', scheduleId, intended, why, left: leftOf(schedule), mayRun: true };
}

const TIME_IS_UP = 'the undo had to end before it had finished.';
const NO_TIME = 'there was no time to wait until it would show.';
const ACCEPTED = 'the site accepted it, and does not show it.';

/** Of one that the undo did not finish with. */
function perhapsLeft(schedule: ScheduleInWriting, why: string): Remains {
  const { scheduleId, intended, startSent } = schedule;
  return { kind: 'perhaps', scheduleId, intended, why, left: leftOf(schedule), mayRun: startSent };
}

/** Of one whose ID is not known. */
function perhapsSomewhere(schedule: ScheduleInWriting, why: string): Remains {
  return perhapsLeft({ ...schedule, scheduleId: undefined }, why);
}

function running({ id, schedule: { intended, isWhole } }: NumberedSchedule): Remains {
  return { kind: 'running', scheduleId: id, intended, isWhole };
}

interface Sight {
  /** Undefined for a schedule that is gone. */
  readonly seen: readonly (ServicingSchedule | undefined)[];
  /** Whether the component services an image, of this run or of another; also where nobody tells. */
  readonly isAtWork: boolean;
}

/** A read that is refused for another reason than that the schedule is gone ends the undo. */
async function lookAt(site: SiteAccess, targets: readonly NumberedSchedule[]): Promise<Sight> {
  const names = nonEmpty(targets.map(({ schedule }) => schedule.intended.name));
  if (names === undefined) return { seen: [], isAtWork: false };
  const { reads, queries } = await attemptParts(site, {
    reads: targets.map(({ id }) => readSchedule(id)),
    queries: [findSchedules(names), findRunningSchedules],
  });
  const [namesakes, atWork] = queries;
  const seen = targets.map(({ id }, place) => {
    const read = reads[place];
    if (read?.state === 'done') return read.result;
    if (namesakes.state !== 'done') throw new DiagnosedError(diagnosisOf(namesakes.diagnosis));
    return namesakes.result.find(({ scheduleId }) => scheduleId === id);
  });
  return { seen, isAtWork: atWork.state !== 'done' || atWork.result.length > 0 };
}
