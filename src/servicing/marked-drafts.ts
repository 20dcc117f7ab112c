import type { ScheduleId } from '../site/identifiers.js';
import {
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
  await site.clock.sleep(site.patience.longestInvisibleMilliseconds, site.cancelled);
  const [looked] = await attempt(site, [findSchedules(name)]);
  if (looked.state !== 'done') {
    site.tell({ kind: 'stray-draft-left', scheduleId: undefined, name });
    return;
  }
  const strays = looked.result.map((row) => servicingScheduleOf(row).scheduleId).filter((id) => id !== kept);
  if (strays.length === 0) return;
  const removals = await attempt(
    site,
    strays.map((id) => deleteSchedule(id)),
  );
  for (const [place, { state }] of removals.entries()) {
    if (state !== 'done') site.tell({ kind: 'stray-draft-left', scheduleId: strays[place], name });
  }
}

async function named(site: SiteAccess, name: string): Promise<readonly ServicingSchedule[]> {
  const [rows] = await readAll(site, [findSchedules(name)]);
  // The site compares without regard to case.
  return rows.map(servicingScheduleOf).filter((schedule) => schedule.name === name);
}
