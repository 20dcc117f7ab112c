import type { SiteAccess } from '../plan/site-access.js';
import type { TellFollow } from './follow-event.js';

/** What following acts through. */
export interface FollowAccess extends Pick<SiteAccess, 'provider' | 'clock' | 'cancelled'> {
  readonly random: () => number;
  readonly tell: TellFollow;
}
