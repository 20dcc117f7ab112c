import type { NonEmpty } from '../collections/non-empty.js';
import type { Instance } from '../provider/instance.js';
import type { Change, ClassDefinition, Query } from '../provider/port.js';
import { scheduleId, type ScheduleId } from './identifiers.js';
import {
  identified,
  numberOf,
  optionalBooleanOf,
  optionalNumberOf,
  optionalTextOf,
} from './property-reading.js';
import { ACTION, cleanupPropertiesOf, SCHEDULE_STATE } from './servicing-schedule.js';
import { sint32 } from './typed-values.js';

const SCHEDULE = 'SMS_ImageServicingSchedule';

/** The property State of a schedule. `unknown`: a number that is not documented. */
export type ScheduleState = keyof typeof SCHEDULE_STATE | 'unknown';

/** What somebody who waits for a schedule has to know of it. */
export interface FollowedSchedule {
  readonly scheduleId: ScheduleId;
  readonly name: string | undefined;
  readonly state: ScheduleState;
  /** Whether somebody has asked for its end. */
  readonly isCancelAsked: boolean;
  /** One or more interval strings in a row; empty for none. */
  readonly token: string;
  readonly updatesDistributionPoints: boolean;
}

export function listFollowed(ids: NonEmpty<ScheduleId>): Query<FollowedSchedule> {
  return {
    verb: 'query',
    class: SCHEDULE,
    where: [{ property: 'ScheduleID', oneOf: ids }],
    key: ['ScheduleID'],
    properties: ['ScheduleID', 'Name', 'Action', 'Schedule', 'State', 'UpdateDP'],
    rows: { kind: 'at-most', forEachValue: 1 },
    decode: followedScheduleOf,
  };
}

/** A schedule that the component works on, whoever made it. */
export type RunningSchedule = Pick<FollowedSchedule, 'scheduleId' | 'name'>;

export const listRunning: Query<RunningSchedule> = {
  verb: 'query',
  class: SCHEDULE,
  where: [{ property: 'State', oneOf: [SCHEDULE_STATE.running] }],
  key: ['ScheduleID'],
  properties: ['ScheduleID', 'Name', 'State'],
  // The component services one schedule after the other.
  rows: { kind: 'one-is-enough' },
  decode: (instance) => ({
    scheduleId: idOf(instance),
    name: optionalTextOf(instance, SCHEDULE, 'Name'),
  }),
};

/**
 * Asks the site to end a schedule, and changes nothing else of it. `definition`: the class as this site has it, because
 * the property that removes superseded updates has a name that no public source tells.
 */
export function cancelSchedule(id: ScheduleId, definition: ClassDefinition | undefined): Change {
  const cleanup = definition === undefined ? [] : cleanupPropertiesOf(definition);
  return {
    verb: 'change',
    class: SCHEDULE,
    key: { ScheduleID: sint32(id) },
    properties: { Action: sint32(ACTION.cancel) },
    writable: ['Action', 'Schedule', 'UpdateDP', 'ContinueOnError', 'Name', 'Description', ...cleanup],
  };
}

function followedScheduleOf(instance: Instance): FollowedSchedule {
  return {
    scheduleId: idOf(instance),
    name: optionalTextOf(instance, SCHEDULE, 'Name'),
    state: stateOf(optionalNumberOf(instance, SCHEDULE, 'State') ?? SCHEDULE_STATE.none),
    isCancelAsked: optionalNumberOf(instance, SCHEDULE, 'Action') === ACTION.cancel,
    token: (optionalTextOf(instance, SCHEDULE, 'Schedule') ?? '').trim(),
    updatesDistributionPoints: optionalBooleanOf(instance, SCHEDULE, 'UpdateDP') ?? false,
  };
}

function stateOf(value: number): ScheduleState {
  switch (value) {
    case SCHEDULE_STATE.none:
      return 'none';
    case SCHEDULE_STATE.scheduled:
      return 'scheduled';
    case SCHEDULE_STATE.running:
      return 'running';
    case SCHEDULE_STATE.succeeded:
      return 'succeeded';
    case SCHEDULE_STATE.failed:
      return 'failed';
    default:
      return 'unknown';
  }
}

function idOf(instance: Instance): ScheduleId {
  const id = scheduleId(numberOf(instance, SCHEDULE, 'ScheduleID'));
  return identified(id, instance, SCHEDULE, 'ScheduleID');
}
