import { mapNonEmpty, nonEmpty } from '../../collections/non-empty.js';
import { diagnosesIn, DiagnosedError } from '../../diagnosis/diagnosis.js';
import { askToCancel } from '../../follow/ask-to-cancel.js';
import type { FollowEvent } from '../../follow/follow-event.js';
import type { FollowSite } from '../../follow/follow-run.js';
import { followFound } from '../await/await-schedules.js';
import { findSchedulesToFollow } from '../await/find-schedules.js';
import type { FollowRequest } from '../await/follow-request.js';
import type { FollowedRun } from '../await/followed-run.js';

/** Asks the site to end the schedules that have not ended, and follows all of them. Changes nothing else of them. */
export async function cancelSchedules(site: FollowSite, request: FollowRequest): Promise<FollowedRun> {
  try {
    const found = await findSchedulesToFollow(site, request.scheduleIds, request.siteCode, site.clock.now());
    const open = nonEmpty(found.schedules.filter(({ state }) => state !== 'succeeded' && state !== 'failed'));
    const refused: (FollowEvent & { readonly kind: 'cancel-refused' })[] = [];
    const tell = (told: FollowEvent): void => {
      if (told.kind === 'cancel-refused') refused.push(told);
      site.tell(told);
    };
    const asked =
      open &&
      new Set(
        await askToCancel(
          { ...site, tell },
          mapNonEmpty(open, ({ scheduleId }) => scheduleId),
        ),
      );
    const errors = nonEmpty(refused.map(({ why }) => why));
    if (errors !== undefined) throw new DiagnosedError(...errors);
    const schedules = mapNonEmpty(found.schedules, (schedule) => ({
      ...schedule,
      isCancelAsked: asked?.has(schedule.scheduleId) === true,
    }));
    return await followFound(site, { ...found, schedules }, [], request);
  } catch (error) {
    return { kind: 'refused', errors: diagnosesIn(error) };
  }
}
