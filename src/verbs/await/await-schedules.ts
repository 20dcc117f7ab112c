import { mapNonEmpty } from '../../collections/non-empty.js';
import { diagnosesIn } from '../../diagnosis/diagnosis.js';
import { followResult } from '../../follow/follow-result.js';
import { followRun, type FollowSite, type ImageToFollow } from '../../follow/follow-run.js';
import { findSchedulesToFollow, type FoundSchedules } from './find-schedules.js';
import type { FollowRequest } from './follow-request.js';
import type { FollowedRun } from './followed-run.js';
import { readImagesToFollow } from './read-images.js';

/** Waits for schedules that somebody else started. Never undoes them. */
export async function awaitSchedules(site: FollowSite, request: FollowRequest): Promise<FollowedRun> {
  try {
    const found = await findSchedulesToFollow(site, request.scheduleIds, request.siteCode, site.clock.now());
    const images = await readImagesToFollow(site, found.schedules);
    return await followFound(site, found, images, request);
  } catch (error) {
    return { kind: 'refused', errors: diagnosesIn(error) };
  }
}

/** Follows schedules that were found, and says what they have come to. */
export async function followFound(
  site: FollowSite,
  { site: identification, schedules }: FoundSchedules,
  images: readonly ImageToFollow[],
  { follow }: FollowRequest,
): Promise<FollowedRun> {
  const outcome = await followRun(site, schedules, images, follow);
  return {
    kind: 'followed',
    isCancelled: outcome.kind === 'cancelled',
    site: identification,
    schedules: mapNonEmpty(schedules, ({ scheduleId, name }) => ({ scheduleId, name })),
    result: followResult(outcome, follow),
  };
}
