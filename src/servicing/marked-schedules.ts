import { DiagnosedError } from '../diagnosis/diagnosis.js';
import {
  deleteSchedule,
  findSchedules,
  servicingScheduleOf,
  type ServicingSchedule,
} from '../site/servicing-schedule.js';
import { lookUntil } from './look-until.js';
import { isDraft, type ScheduleInWriting } from './schedule-draft.js';
import { attempt, readAll, type SiteAccess } from './site-access.js';

/** Schedules are found by the names that only this run gives, where the answer to a create was lost. */
type Names = readonly [string, ...string[]];

/** The schedules of these names, as soon as there is one for each; fewer when they would have become visible by now. */
export async function lookForSchedules(
  site: SiteAccess,
  names: Names,
): Promise<readonly ServicingSchedule[]> {
  const [first, ...others] = names;
  const what = `a schedule named "${first}"${others.length === 0 ? '' : ` and ${others.length} more`}`;
  return lookUntil(site, what, site.patience.longestInvisibleMilliseconds, async () => {
    const value = await named(site, names);
    const isEnough = names.every((name) => value.some((schedule) => schedule.name === name));
    return { value, isEnough };
  });
}

/** All schedules of these names, once whatever was created has become visible. */
export async function findAllSchedules(
  site: SiteAccess,
  names: Names,
): Promise<readonly ServicingSchedule[]> {
  await site.clock.sleep(site.patience.longestInvisibleMilliseconds, site.cancelled);
  return named(site, names);
}

/**
 * A create that was given up and took effect late leaves a second draft, which has no links and never runs.
 * By now the kept schedules have started, so nothing that goes wrong here is thrown: it is told.
 */
export async function removeStrayDrafts(site: SiteAccess, kept: readonly ScheduleInWriting[]): Promise<void> {
  const [name, ...otherNames] = kept.map(({ intended }) => intended.name);
  if (name === undefined) return;
  try {
    const ids = new Set(kept.map(({ scheduleId }) => scheduleId));
    const strays = (await findAllSchedules(site, [name, ...otherNames])).filter(
      // Nothing else is ever removed as a stray, whatever the site gives back for a name.
      (schedule) => !ids.has(schedule.scheduleId) && isDraft(schedule),
    );
    const removals =
      strays.length === 0
        ? []
        : await attempt(
            site,
            strays.map(({ scheduleId }) => deleteSchedule(scheduleId)),
          );
    for (const [place, { state }] of removals.entries()) {
      const stray = strays[place];
      if (state !== 'done' && stray !== undefined)
        site.tell({ kind: 'stray-draft-left', scheduleId: stray.scheduleId, name: stray.name ?? name });
    }
  } catch (error) {
    if (!(error instanceof DiagnosedError)) throw error;
    site.tell({ kind: 'stray-draft-left', scheduleId: undefined, name });
  }
}

async function named(site: SiteAccess, names: Names): Promise<readonly ServicingSchedule[]> {
  const [rows] = await readAll(site, [findSchedules(names)]);
  return schedulesOfThisRun(rows.map(servicingScheduleOf), names);
}

/** The site compares without regard to case; a name of this run is exactly this one. */
export function schedulesOfThisRun(
  found: readonly ServicingSchedule[],
  names: Names,
): readonly ServicingSchedule[] {
  return found.filter(({ name }) => name !== undefined && names.includes(name));
}
