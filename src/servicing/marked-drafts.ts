import { DiagnosedError } from '../diagnosis/diagnosis.js';
import type { ScheduleId } from '../site/identifiers.js';
import { NEVER_DUE } from '../site/schedule-token.js';
import {
  ACTION,
  deleteSchedule,
  findSchedules,
  servicingScheduleOf,
  type ServicingSchedule,
} from '../site/servicing-schedule.js';
import { lookUntil } from './look-until.js';
import { attempt, readAll, type SiteAccess } from './site-access.js';

/** Schedules are found by the name that only this run gives, where the answer to a create was lost. */

/** A schedule of that name, as soon as one shows; undefined when it would have become visible by now. */
export async function lookForDraft(site: SiteAccess, name: string): Promise<ServicingSchedule | undefined> {
  const { longestInvisibleMilliseconds } = site.patience;
  return lookUntil(site, `a schedule named "${name}"`, longestInvisibleMilliseconds, async () => {
    const [value] = await named(site, name);
    return { value, isEnough: value !== undefined };
  });
}

/** All schedules of that name, once whatever was created has become visible. */
export async function findAllDrafts(site: SiteAccess, name: string): Promise<readonly ServicingSchedule[]> {
  await site.clock.sleep(site.patience.longestInvisibleMilliseconds, site.cancelled);
  return named(site, name);
}

/**
 * A create that was given up and took effect late leaves a second draft, which has no links and never runs.
 * By now the kept schedule has started, so nothing that goes wrong here is thrown: it is told.
 */
export async function removeStrayDrafts(site: SiteAccess, kept: ScheduleId, name: string): Promise<void> {
  try {
    const strays = (await findAllDrafts(site, name)).filter(
      (schedule) => schedule.scheduleId !== kept && isDraft(schedule),
    );
    if (strays.length === 0) return;
    const removals = await attempt(
      site,
      strays.map(({ scheduleId }) => deleteSchedule(scheduleId)),
    );
    for (const [place, { state }] of removals.entries()) {
      if (state !== 'done')
        site.tell({ kind: 'stray-draft-left', scheduleId: strays[place]?.scheduleId, name });
    }
  } catch (error) {
    if (!(error instanceof DiagnosedError)) throw error;
    site.tell({ kind: 'stray-draft-left', scheduleId: undefined, name });
  }
}

/** Nothing else is ever removed as a stray, whatever the site gives back for a name. */
function isDraft({ action, token }: ServicingSchedule): boolean {
  return action === ACTION.none && token.toUpperCase() === NEVER_DUE;
}

async function named(site: SiteAccess, name: string): Promise<readonly ServicingSchedule[]> {
  const [rows] = await readAll(site, [findSchedules(name)]);
  // The site compares without regard to case.
  return rows.map(servicingScheduleOf).filter((schedule) => schedule.name === name);
}
