import { nonEmpty, type NonEmpty } from '../collections/non-empty.js';
import { DiagnosedError } from '../diagnosis/diagnosis.js';
import {
  deleteSchedule,
  findSchedules,
  type ServicingSchedule,
  isDraft,
} from '../site/servicing-schedule.js';
import { lookUntil } from './look-until.js';
import type { ScheduleInWriting } from './schedule-draft.js';
import { attempt, readAll, type SiteAccess } from '../plan/site-access.js';

/** Schedules are found by the names that only this run gives, where the answer to a create was lost. */
type Names = NonEmpty<string>;

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
 * A create that was given up and took effect late leaves a second schedule, which has no links: a draft or, written
 * as the console does it, one that is marked to run.
 * By now the kept schedules have started, so nothing that goes wrong here is thrown: it is told.
 */
export async function removeStrayDrafts(site: SiteAccess, kept: readonly ScheduleInWriting[]): Promise<void> {
  const names = nonEmpty(kept.map(({ intended }) => intended.name));
  if (names === undefined) return;
  const [name] = names;
  try {
    const ids = new Set(kept.map(({ scheduleId }) => scheduleId));
    const strays = (await findAllSchedules(site, names)).filter(({ scheduleId }) => !ids.has(scheduleId));
    // Nothing else is ever removed, whatever the site gives back for a name: one that is marked to run may have begun.
    const drafts = strays.filter(isDraft);
    const removals =
      drafts.length === 0
        ? []
        : await attempt(
            site,
            drafts.map(({ scheduleId }) => deleteSchedule(scheduleId)),
          );
    const removed = new Set(drafts.filter((_, place) => removals[place]?.state === 'done'));
    for (const stray of strays) {
      if (removed.has(stray)) continue;
      site.tell({ kind: 'stray-schedule-left', scheduleId: stray.scheduleId, name: stray.name ?? name });
    }
  } catch (error) {
    if (!(error instanceof DiagnosedError)) throw error;
    site.tell({ kind: 'stray-schedule-left', scheduleId: undefined, name });
  }
}

async function named(site: SiteAccess, names: Names): Promise<readonly ServicingSchedule[]> {
  const [rows] = await readAll(site, [findSchedules(names)]);
  return schedulesOfThisRun(rows, names);
}

/** The site compares without regard to case; a name of this run is exactly this one. */
export function schedulesOfThisRun(
  found: readonly ServicingSchedule[],
  names: Names,
): readonly ServicingSchedule[] {
  return found.filter(({ name }) => name !== undefined && names.includes(name));
}
