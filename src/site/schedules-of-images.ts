import type { NonEmpty } from '../collections/non-empty.js';
import type { Instance } from '../provider/instance.js';
import type { Query } from '../provider/port.js';
import { scheduleId, type PackageId, type ScheduleId } from './identifiers.js';
import { identified, numberOf, optionalNumberOf, optionalTextOf } from './property-reading.js';
import { linkedImageOf, type LinkedImage } from './servicing-schedule.js';

const SCHEDULE = 'SMS_ImageServicingSchedule';

/**
 * A schedule of an image, whoever made it. The console, a script or another product may leave properties without a
 * value: what the site does not tell counts as 0 or as empty, which is what a new object has.
 */
export interface SeenSchedule {
  readonly scheduleId: ScheduleId;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly action: number;
  /** One or more interval strings in a row; empty for none. */
  readonly token: string;
  readonly state: number;
}

/** The links of all schedules to these images: its cost grows with the schedules that these images have or had. */
export function listSchedulesOfImages(images: NonEmpty<PackageId>): Query<LinkedImage> {
  return {
    verb: 'query',
    class: 'SMS_ImageServicingScheduledImage',
    where: [{ property: 'ImagePackageID', oneOf: images }],
    key: ['ScheduleID', 'ImagePackageID'],
    properties: ['ScheduleID', 'ImagePackageID'],
    decode: linkedImageOf,
  };
}

export function listSchedules(ids: NonEmpty<ScheduleId>): Query<SeenSchedule> {
  return {
    verb: 'query',
    class: SCHEDULE,
    where: [{ property: 'ScheduleID', oneOf: ids }],
    key: ['ScheduleID'],
    properties: ['ScheduleID', 'Name', 'Description', 'Action', 'Schedule', 'State'],
    rows: { kind: 'at-most', forEachValue: 1 },
    decode: seenScheduleOf,
  };
}

function seenScheduleOf(instance: Instance): SeenSchedule {
  const id = scheduleId(numberOf(instance, SCHEDULE, 'ScheduleID'));
  return {
    scheduleId: identified(id, instance, SCHEDULE, 'ScheduleID'),
    name: optionalTextOf(instance, SCHEDULE, 'Name'),
    description: optionalTextOf(instance, SCHEDULE, 'Description'),
    action: optionalNumberOf(instance, SCHEDULE, 'Action') ?? 0,
    token: (optionalTextOf(instance, SCHEDULE, 'Schedule') ?? '').trim(),
    state: optionalNumberOf(instance, SCHEDULE, 'State') ?? 0,
  };
}
