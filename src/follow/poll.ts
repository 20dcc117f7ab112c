import type { NonEmpty } from '../collections/non-empty.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { attempt, diagnosisOf, type SiteReach } from '../plan/site-access.js';
import type { Outcome } from '../provider/port.js';
import { listFollowed, listRunning } from '../site/followed-schedule.js';
import type { ScheduleId } from '../site/identifiers.js';
import { listHistory, listProgress } from '../site/servicing-progress.js';
import type { Sight } from './schedule-course.js';

/** What came of one look at the site. */
export type Poll =
  { readonly kind: 'seen'; readonly sight: Sight } | { readonly kind: 'unseen'; readonly why: Diagnosis };

/**
 * Looks once at all schedules, in one batch (`images`: how many one of them has at most): the rows of their images first and the State last, because a site writes
 * them in this order (docs/configmgr.md, "The end of a run, and its log").
 */
export async function poll(site: SiteReach, ids: NonEmpty<ScheduleId>, images: number): Promise<Poll> {
  const [history, progress, schedules, running] = await attempt(site, [
    listHistory(ids),
    listProgress(ids, images),
    listFollowed(ids),
    listRunning,
  ]);
  const failed = [history, progress, schedules, running].map(whyNot).find((why) => why !== undefined);
  if (failed !== undefined) return { kind: 'unseen', why: failed };
  return {
    kind: 'seen',
    sight: {
      rows: [...rowsOf(history), ...rowsOf(progress)],
      schedules: rowsOf(schedules),
      running: rowsOf(running),
    },
  };
}

function whyNot(outcome: Outcome<unknown>): Diagnosis | undefined {
  return outcome.state === 'done' ? undefined : diagnosisOf(outcome.diagnosis);
}

function rowsOf<Row>(outcome: Outcome<readonly Row[]>): readonly Row[] {
  return outcome.state === 'done' ? outcome.result : [];
}
