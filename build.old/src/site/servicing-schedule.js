import { ciId, packageId, scheduleId } from './identifiers.js';
import { booleanOf, identified, numberOf, optionalBooleanOf, optionalTextOf, textOf, } from './property-reading.js';
import { NEVER_DUE } from './schedule-token.js';
import { boolean, sint32, text } from './typed-values.js';
const SCHEDULE = 'SMS_ImageServicingSchedule';
const SCHEDULED_IMAGE = 'SMS_ImageServicingScheduledImage';
const SCHEDULED_UPDATE = 'SMS_ImageServicingScheduledUpdate';
/** The property Action (docs/configmgr.md, "The objects of one servicing run"). */
export const ACTION = {
    /** Waits for its token. With a token far away: a draft. */
    none: 0,
    /** Runs as soon as the component looks, whatever the token says. */
    installNow: 1,
    cancel: 2,
};
/** The property State of a schedule. Progress, history and update status have other enumerations. */
export const SCHEDULE_STATE = { none: 0, scheduled: 1, running: 2, succeeded: 3, failed: 4 };
/** The result is the key that the site gave to the new schedule; undefined where its response does not tell. */
export function createSchedule(properties) {
    return {
        verb: 'create',
        class: SCHEDULE,
        keyFrom: 'site',
        properties: typed(properties),
        decode: newScheduleId,
    };
}
export function updateSchedule(id, properties) {
    return { verb: 'update', class: SCHEDULE, key: keyOf(id), properties: typed(properties) };
}
export function deleteSchedule(id) {
    return { verb: 'delete', class: SCHEDULE, key: keyOf(id) };
}
export function readSchedule(id) {
    return { verb: 'get', class: SCHEDULE, key: keyOf(id), decode: servicingScheduleOf };
}
/** `cleanupProperty`: as it was written; undefined where it was not. */
export function readWrittenSchedule(id, cleanupProperty) {
    const isCleanupKept = (instance) => cleanupProperty === undefined || optionalBooleanOf(instance, SCHEDULE, cleanupProperty) === true;
    return {
        ...readSchedule(id),
        decode: (instance) => ({ ...servicingScheduleOf(instance), isCleanupKept: isCleanupKept(instance) }),
    };
}
export const describeSchedule = { verb: 'describe', class: SCHEDULE };
/**
 * The properties of a schedule that may be the one for removing superseded updates. No public source names it, so
 * the class of the site itself is looked at (docs/configmgr.md, "What nobody knows").
 */
export function cleanupPropertiesOf({ properties }) {
    return properties
        .filter(({ name, kind }) => kind === 'boolean' && /supersed|cleanup|resetbase/i.test(name))
        .map(({ name }) => name);
}
export function findSchedules(names) {
    return {
        verb: 'query',
        class: SCHEDULE,
        key: ['ScheduleID'],
        where: [{ property: 'Name', oneOf: names }],
        properties: ['ScheduleID', 'Name', 'Action', 'Schedule', 'State', 'UpdateDP', 'ContinueOnError'],
        decode: servicingScheduleOf,
    };
}
/** The schedules that the component works on at this moment, whoever made them. */
export const findRunningSchedules = {
    verb: 'query',
    class: SCHEDULE,
    key: ['ScheduleID'],
    where: [{ property: 'State', oneOf: [SCHEDULE_STATE.running] }],
    properties: ['ScheduleID', 'State'],
    decode: (instance) => scheduleIdOf(instance, SCHEDULE),
};
function servicingScheduleOf(instance) {
    return {
        scheduleId: scheduleIdOf(instance, SCHEDULE),
        name: optionalTextOf(instance, SCHEDULE, 'Name'),
        action: numberOf(instance, SCHEDULE, 'Action'),
        token: textOf(instance, SCHEDULE, 'Schedule'),
        state: numberOf(instance, SCHEDULE, 'State'),
        updateDistributionPoints: booleanOf(instance, SCHEDULE, 'UpdateDP'),
        // Sites before 2012 SP1 have no such property, and stop at an update that fails.
        continueOnError: optionalBooleanOf(instance, SCHEDULE, 'ContinueOnError') ?? false,
    };
}
function newScheduleId(created) {
    const value = created.get('scheduleid');
    return typeof value === 'number' ? scheduleId(value) : undefined;
}
export function linkImage(schedule, image) {
    return {
        verb: 'create',
        class: SCHEDULED_IMAGE,
        keyFrom: 'caller',
        properties: imageLinkKey(schedule, image),
        decode: nothing,
    };
}
export function unlinkImage(schedule, image) {
    return { verb: 'delete', class: SCHEDULED_IMAGE, key: imageLinkKey(schedule, image) };
}
/** `expected`: as for the updates. */
export function listLinkedImages(schedules, expected) {
    const query = listLinks(SCHEDULED_IMAGE, schedules, 'ImagePackageID', linkedImageOf);
    return expected === undefined ? query : { ...query, rows: { kind: 'at-most', forEachValue: expected } };
}
export function linkedImageOf(instance) {
    const id = packageId(textOf(instance, SCHEDULED_IMAGE, 'ImagePackageID'));
    return {
        scheduleId: scheduleIdOf(instance, SCHEDULED_IMAGE),
        packageId: identified(id, instance, SCHEDULED_IMAGE, 'ImagePackageID'),
    };
}
export function linkUpdate(schedule, update) {
    return {
        verb: 'create',
        class: SCHEDULED_UPDATE,
        keyFrom: 'caller',
        properties: updateLinkKey(schedule, update),
        decode: nothing,
    };
}
export function unlinkUpdate(schedule, update) {
    return { verb: 'delete', class: SCHEDULED_UPDATE, key: updateLinkKey(schedule, update) };
}
/** `expected`: how many links of one schedule the caller knows of; more are not looked for once so many were seen. */
export function listLinkedUpdates(schedules, expected) {
    const query = listLinks(SCHEDULED_UPDATE, schedules, 'UpdateID', linkedUpdateOf);
    return expected === undefined ? query : { ...query, rows: { kind: 'exactly', forEachValue: expected } };
}
function linkedUpdateOf(instance) {
    const id = ciId(numberOf(instance, SCHEDULED_UPDATE, 'UpdateID'));
    return {
        scheduleId: scheduleIdOf(instance, SCHEDULED_UPDATE),
        ciId: identified(id, instance, SCHEDULED_UPDATE, 'UpdateID'),
    };
}
/** What a person has to remove of a schedule: those of its links that are named, and then the schedule. */
export function manualRemovals(left) {
    const { scheduleId: id, name, updates, images, isThere } = left;
    const key = id === undefined ? undefined : { property: 'ScheduleID', value: sint32(id) };
    const links = (linkClass, property, values) => key === undefined || values.length === 0
        ? []
        : [{ kind: 'objects', class: linkClass, key, rest: { property, values } }];
    return [
        ...links(SCHEDULED_UPDATE, 'UpdateID', updates.map(sint32)),
        ...links(SCHEDULED_IMAGE, 'ImagePackageID', images.map(text)),
        ...(isThere && key !== undefined ? [{ kind: 'object', class: SCHEDULE, key }] : []),
        ...(isThere && name !== undefined
            ? [
                {
                    kind: 'to-be-found',
                    class: SCHEDULE,
                    by: { property: 'Name', value: text(name) },
                    key: 'ScheduleID',
                },
            ]
            : []),
    ];
}
function listLinks(linkClass, schedules, property, decode) {
    return {
        verb: 'query',
        class: linkClass,
        key: ['ScheduleID', property],
        where: [{ property: 'ScheduleID', oneOf: schedules }],
        properties: ['ScheduleID', property],
        decode,
    };
}
/** A link is its key, and that is known. */
function nothing() {
    return undefined;
}
function typed(properties) {
    return {
        Action: sint32(properties.action),
        Schedule: text(properties.token),
        UpdateDP: boolean(properties.updateDistributionPoints),
        ContinueOnError: boolean(properties.continueOnError),
        Name: text(properties.name),
        Description: text(properties.description),
        ...(properties.cleanupProperty === undefined ? {} : { [properties.cleanupProperty]: boolean(true) }),
    };
}
function keyOf(id) {
    return { ScheduleID: sint32(id) };
}
function imageLinkKey(schedule, image) {
    return { ScheduleID: sint32(schedule), ImagePackageID: text(image) };
}
/** UpdateID is an SInt32, though it holds the update's CI_ID, which is a UInt32. */
function updateLinkKey(schedule, update) {
    return { ScheduleID: sint32(schedule), UpdateID: sint32(update) };
}
function scheduleIdOf(instance, className) {
    return identified(scheduleId(numberOf(instance, className, 'ScheduleID')), instance, className, 'ScheduleID');
}
/** Whether the site's component has taken a schedule. */
export function hasBegun({ state }) {
    return state !== SCHEDULE_STATE.none && state !== SCHEDULE_STATE.scheduled;
}
/** Nothing that wakes the site's component runs a draft: it has no action, and its token is years away. */
export function isDraft({ action, token }) {
    return action === ACTION.none && token.toUpperCase() === NEVER_DUE;
}
//# sourceMappingURL=servicing-schedule.js.map