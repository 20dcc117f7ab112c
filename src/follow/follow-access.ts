import type { SiteAccess } from '../plan/site-access.js';
import type { TellFollow } from './follow-event.js';
import type { ServicingLogFile } from './servicing-log-file.js';

/** What following acts through. */
export interface FollowAccess extends Pick<SiteAccess, 'provider' | 'clock' | 'cancelled'> {
  readonly random: () => number;
  readonly tell: TellFollow;
  /** Not there: nobody reads the log. */
  readonly log?: ServicingLogFile | undefined;
}
