import { mapNonEmpty, type NonEmpty } from '../collections/non-empty.js';
import { attempt, diagnosisOf } from '../plan/site-access.js';
import { cancelSchedule } from '../site/followed-schedule.js';
import type { ScheduleId } from '../site/identifiers.js';
import { describeSchedule } from '../site/servicing-schedule.js';
import type { FollowAccess } from './follow-access.js';

/** Asks the site to end schedules, and changes nothing else of them. Returns those that the site took it for. */
export async function askToCancel(
  site: Pick<FollowAccess, 'provider' | 'cancelled' | 'tell'>,
  ids: NonEmpty<ScheduleId>,
): Promise<readonly ScheduleId[]> {
  const [described] = await attempt(site, [describeSchedule]);
  const definition = described.state === 'done' ? described.result : undefined;
  const outcomes = await attempt(
    site,
    mapNonEmpty(ids, (id) => cancelSchedule(id, definition)),
  );
  return ids.filter((scheduleId, place) => {
    const outcome = outcomes[place];
    if (outcome?.state === 'done') {
      site.tell({ kind: 'cancel-asked', scheduleId, byUs: true });
      return true;
    }
    site.tell({ kind: 'cancel-refused', scheduleId, why: diagnosisOf(outcome?.diagnosis) });
    return false;
  });
}
