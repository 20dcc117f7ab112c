import { scheduleId } from './identifiers.js';
import { identified, numberOf, optionalNumberOf, optionalTextOf } from './property-reading.js';
import { linkedImageOf } from './servicing-schedule.js';
const SCHEDULE = 'SMS_ImageServicingSchedule';
/** The links of all schedules to these images: its cost grows with the schedules that these images have or had. */
export function listSchedulesOfImages(images) {
    return {
        verb: 'query',
        class: 'SMS_ImageServicingScheduledImage',
        where: [{ property: 'ImagePackageID', oneOf: images }],
        key: ['ScheduleID', 'ImagePackageID'],
        properties: ['ScheduleID', 'ImagePackageID'],
        decode: linkedImageOf,
    };
}
export function listSchedules(ids) {
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
function seenScheduleOf(instance) {
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
//# sourceMappingURL=schedules-of-images.js.map