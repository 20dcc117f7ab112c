import { mapNonEmpty, type NonEmpty } from '../collections/non-empty.js';
import type { CiId, ScheduleId } from '../site/identifiers.js';
import type { ImagePackage } from '../site/image-package.js';
import { ACTION, type ScheduleProperties } from '../site/servicing-schedule.js';
import { NEVER_DUE, type IntervalString } from '../site/schedule-token.js';
import type { WriteOrder } from '../plan/servicing-request.js';
import { startingWith, type PlannedStart } from '../plan/start-time.js';

/** What one schedule will be, known before anything is written. */
export interface IntendedSchedule {
  /**
   * The mark of this run and of this image in it: a name that no other schedule has. A create whose answer was lost is
   * looked up by it.
   */
  readonly name: string;
  readonly description: string;
  readonly image: ImagePackage;
  /** FQDN. */
  readonly siteServer: string;
  readonly updates: NonEmpty<CiId>;
  readonly start: PlannedStart;
  readonly updateDistributionPoints: boolean;
  readonly continueOnError: boolean;
  readonly cleanupProperty: string | undefined;
}

/** How often a write whose answer was lost is looked up and sent again, the first time counted. */
export const MOST_ATTEMPTS = 3;

/** Nothing that wakes the site's component runs a draft: it has no action, and its token is years away. */
export function draftProperties(intended: IntendedSchedule): ScheduleProperties {
  return propertiesWith(intended, ACTION.none, NEVER_DUE);
}

/** What makes the schedule run, in one update. */
export function startProperties(intended: IntendedSchedule, now: number): ScheduleProperties {
  const { action, token } = startingWith(intended.start, now);
  return propertiesWith(intended, action, token);
}

/** What the schedule is created with. */
export function firstProperties(
  intended: IntendedSchedule,
  order: WriteOrder,
  now: number,
): ScheduleProperties {
  return order === 'draft-first' ? draftProperties(intended) : startProperties(intended, now);
}

function propertiesWith(
  intended: IntendedSchedule,
  action: ScheduleProperties['action'],
  token: IntervalString,
): ScheduleProperties {
  const { name, description, updateDistributionPoints, continueOnError, cleanupProperty } = intended;
  return { action, token, name, description, updateDistributionPoints, continueOnError, cleanupProperty };
}

/** One schedule of a run, and what was written of it so far or may have been: an undo needs no more than this. */
export interface ScheduleInWriting {
  readonly intended: IntendedSchedule;
  /** A create was sent whose answer did not come: there may be a schedule that nobody knows the ID of. */
  mayHaveUnknown: boolean;
  /** The site accepted a create without telling an ID: there is a schedule for certain, even where none shows. */
  isAccepted: boolean;
  scheduleId: ScheduleId | undefined;
  /** Whether links may exist. */
  linksSent: boolean;
  /** Whether all links were seen at the site. */
  isWhole: boolean;
  /** Whether the schedule may be marked to run, or wait for its time. */
  startSent: boolean;
  /** Whether the site confirmed the start. */
  isStarted: boolean;
  /** What an undo has taken away so far, as far as the site confirmed it. */
  readonly takenAway: { readonly updates: Set<CiId>; image: boolean; schedule: boolean };
}

export function notYetWritten(intended: IntendedSchedule): ScheduleInWriting {
  return {
    intended,
    mayHaveUnknown: false,
    isAccepted: false,
    scheduleId: undefined,
    linksSent: false,
    isWhole: false,
    startSent: false,
    isStarted: false,
    takenAway: { updates: new Set(), image: false, schedule: false },
  };
}

export type SchedulesInWriting = NonEmpty<ScheduleInWriting>;

/** A schedule whose ID is known by now. */
export interface NumberedSchedule {
  readonly id: ScheduleId;
  readonly schedule: ScheduleInWriting;
}

export type NumberedSchedules = NonEmpty<NumberedSchedule>;

/** Throws where a schedule has no ID yet. */
export function numbered(schedules: SchedulesInWriting): NumberedSchedules {
  return mapNonEmpty(schedules, (schedule): NumberedSchedule => {
    if (schedule.scheduleId === undefined) throw new TypeError('A schedule without an ID.');
    return { id: schedule.scheduleId, schedule };
  });
}
