import type { NonEmpty } from '../../collections/non-empty.js';
import type { FollowSettings } from '../../follow/follow-settings.js';
import type { ConnectionRequest } from '../../parameters/connection-request.js';
import type { ScheduleId, SiteCode } from '../../site/identifiers.js';

/** All inputs of a verb that follows schedules, checked and typed. */
export interface FollowRequest {
  readonly connection: ConnectionRequest;
  /** Undefined: whatever site the provider serves. */
  readonly siteCode: SiteCode | undefined;
  readonly scheduleIds: NonEmpty<ScheduleId>;
  readonly follow: FollowSettings;
}
