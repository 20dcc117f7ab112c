import type { Diagnosis, DiagnosisCommands } from '../diagnosis/diagnosis.js';
import type { ManualRemoval } from '../provider/manual-removal.js';
import type { ScheduleId } from '../site/identifiers.js';
import { manualRemovals } from '../site/servicing-schedule.js';
import type { IntendedSchedule } from '../write/schedule-draft.js';
import type { Remains } from './remove-schedules.js';

type Of<Kind extends Remains['kind']> = Extract<Remains, { readonly kind: Kind }>;

/** What a person has to remove by hand of what may be left. */
export function removalsOf(remains: readonly Remains[]): readonly ManualRemoval[] {
  return remains.flatMap((each) => {
    if (each.kind !== 'perhaps') return [];
    const { scheduleId, intended, left } = each;
    const name = scheduleId === undefined || left.isToBeFound ? intended.name : undefined;
    return manualRemovals({ ...left, scheduleId, name, isThere: left.schedule });
  });
}

/** The error of a run that failed while it wrote: why, what was and was not undone, and what removes the rest. */
export function diagnoseRemains(
  because: Diagnosis,
  remains: readonly Remains[],
  commands: readonly DiagnosisCommands[] = [],
): Diagnosis {
  const removed = remains.filter((each): each is Of<'removed'> => each.kind === 'removed');
  const running = remains.filter((each): each is Of<'running'> => each.kind === 'running');
  const perhaps = remains.filter((each): each is Of<'perhaps'> => each.kind === 'perhaps');
  const what = [
    because.what,
    ...(removed.length > 0 ? [undone(removed)] : []),
    ...running.map(notUndone),
    ...perhaps.map(notUndoneForCertain),
    ...(removed.length + running.length + perhaps.length === 0 ? ['Nothing had been written.'] : []),
  ].join(' ');
  const next = [
    ...running.map(followIt),
    ...(perhaps.length > 0 ? [LOOK_FOR_IT] : []),
    ...(perhaps.some(({ mayRun }) => mayRun) ? [LOOK_AT_STATE] : []),
    because.next,
  ].join(' ');
  const code = codeOf(because, running.length > 0, perhaps.length > 0);
  return {
    code,
    what,
    cause: because.cause,
    next,
    ...(commands.length === 0 ? {} : { commands }),
    ...(because.code === code ? {} : { because }),
  };
}

function codeOf(because: Diagnosis, isRunning: boolean, isUncertain: boolean): Diagnosis['code'] {
  if (isUncertain) return 'OS402';
  if (isRunning) return 'OS403';
  return because.code === 'OS501' ? 'OS501' : 'OS401';
}

function undone(removed: readonly Of<'removed'>[]): string {
  const all = removed.map(({ scheduleId, intended }) => named(scheduleId, intended)).join(', ');
  return `Undone: ${all} and ${removed.length === 1 ? 'its' : 'their'} links were removed, and nothing of them is left.`;
}

function notUndone({ scheduleId, intended, isWhole }: Of<'running'>): string {
  const with_ = isWhole ? 'with all its updates' : 'perhaps with some of its updates only';
  return `Not undone: ${named(scheduleId, intended)} has started meanwhile, ${with_}, and was left alone.`;
}

function notUndoneForCertain({ scheduleId, intended, why }: Of<'perhaps'>): string {
  return `Not undone for certain: ${named(scheduleId, intended)} or links of it may be left: ${why}`;
}

function named(scheduleId: ScheduleId | undefined, { name, image }: IntendedSchedule): string {
  const which = scheduleId === undefined ? 'a schedule' : `schedule ${scheduleId}`;
  return `${which} (name "${name}", image ${image.packageId})`;
}

function followIt({ scheduleId }: Of<'running'>): string {
  return `Follow schedule ${scheduleId} in OfflineServicingMgr.log on the site server before the step is run again.`;
}

const LOOK_FOR_IT =
  'Look for it in SMS_ImageServicingSchedule by that name and remove it. A draft (Action 0, due at the end of 2033) does not run by itself; one with Action 1, or with an earlier time, does.';

const LOOK_AT_STATE =
  'While its State is 2 (Running), leave it alone: do not run the commands before it has ended.';

/** A schedule of a run that failed, which runs or may be left at the site. */
export interface LeftSchedule {
  readonly scheduleId: ScheduleId;
  readonly intended: IntendedSchedule;
}

/** Those that run first. One whose ID nobody knows stands only in the diagnosis. */
export function leftSchedules(remains: readonly Remains[]): readonly LeftSchedule[] {
  const idOf = (each: Remains): readonly LeftSchedule[] =>
    'scheduleId' in each && each.scheduleId !== undefined
      ? [{ scheduleId: each.scheduleId, intended: each.intended }]
      : [];
  return (['running', 'perhaps'] as const).flatMap((kind) =>
    remains.filter((each) => each.kind === kind).flatMap(idOf),
  );
}
