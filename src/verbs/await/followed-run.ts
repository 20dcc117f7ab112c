import type { NonEmpty } from '../../collections/non-empty.js';
import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { FollowResult } from '../../follow/follow-result.js';
import type { SiteIdentification } from '../../site/site-server.js';
import type { ScheduleId } from '../../site/identifiers.js';

/** A schedule as it was at the last look. */
export interface EndedSchedule {
  readonly scheduleId: ScheduleId;
  readonly name: string | undefined;
}

/** How a run that followed schedules ended. It never throws. */
export type FollowedRun =
  | {
      readonly kind: 'followed';
      /** The step was cancelled while it waited. */
      readonly isCancelled: boolean;
      readonly site: SiteIdentification;
      readonly schedules: readonly EndedSchedule[];
      readonly result: FollowResult;
    }
  /** Nothing could be followed. */
  | { readonly kind: 'refused'; readonly errors: NonEmpty<Diagnosis> };
