import type { CiId, PackageId, ScheduleId } from '../site/identifiers.js';
import { ACTION, type ScheduleProperties } from '../site/servicing-schedule.js';
import { NEVER_DUE, type IntervalString } from '../site/schedule-token.js';

/** What one schedule shall be, known before anything is written. */
export interface IntendedSchedule {
  /**
   * The mark of this run: a name that no other schedule has. A create whose answer was lost is looked up by it.
   */
  readonly name: string;
  readonly description: string;
  readonly image: PackageId;
  readonly updates: readonly CiId[];
  readonly updateDistributionPoints: boolean;
}

/** How often a write whose answer was lost is looked up and sent again, the first time counted. */
export const MOST_ATTEMPTS = 3;

/** Nothing that wakes the site's component runs a draft: it has no action, and its token is years away. */
export function draftProperties(intended: IntendedSchedule): ScheduleProperties {
  return propertiesWith(intended, ACTION.none, NEVER_DUE);
}

/** What starts the schedule, in one update. */
export function startProperties(intended: IntendedSchedule, now: IntervalString): ScheduleProperties {
  return propertiesWith(intended, ACTION.installNow, now);
}

function propertiesWith(
  intended: IntendedSchedule,
  action: ScheduleProperties['action'],
  token: IntervalString,
): ScheduleProperties {
  const { name, description, updateDistributionPoints } = intended;
  return { action, token, name, description, updateDistributionPoints, continueOnError: false };
}

/** What a run wrote so far, and may have written: an undo needs no more than this. */
export interface WriteLedger {
  /** A create was sent whose answer did not come: there may be a draft that nobody knows the ID of. */
  mayHaveUnknownDraft: boolean;
  scheduleId: ScheduleId | undefined;
  /** Whether links may exist. */
  linksSent: boolean;
  /** Whether the schedule may be started. */
  startSent: boolean;
}

export function emptyLedger(): WriteLedger {
  return { mayHaveUnknownDraft: false, scheduleId: undefined, linksSent: false, startSent: false };
}
