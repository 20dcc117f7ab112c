import type { NonEmpty } from '../collections/non-empty.js';
import type { Instance } from '../provider/instance.js';
import type { ManualRemoval } from '../provider/manual-removal.js';
import type {
  ClassDefinition,
  Create,
  Decode,
  Delete,
  Describe,
  Get,
  Query,
  Update,
} from '../provider/port.js';
import type { KeyProperties, KeyValue, SmsClass, TypedProperties } from '../provider/cim-value.js';
import { ciId, packageId, scheduleId, type CiId, type PackageId, type ScheduleId } from './identifiers.js';
import {
  booleanOf,
  identified,
  numberOf,
  optionalBooleanOf,
  optionalTextOf,
  textOf,
} from './property-reading.js';
import { NEVER_DUE, type IntervalString } from './schedule-token.js';
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
} as const;

/** The property State of a schedule. Progress, history and update status have other enumerations. */
export const SCHEDULE_STATE = { none: 0, scheduled: 1, running: 2, succeeded: 3, failed: 4 } as const;

export interface ScheduleProperties {
  readonly action: (typeof ACTION)[keyof typeof ACTION];
  readonly token: IntervalString;
  readonly updateDistributionPoints: boolean;
  readonly continueOnError: boolean;
  /** Free text, printed in OfflineServicingMgr.log; names the run that made the schedule. */
  readonly name: string;
  readonly description: string;
  /** The property that asks for superseded updates to be removed, as the site's own class has it; undefined: not asked for. */
  readonly cleanupProperty: string | undefined;
}

/** A schedule as the site tells it. */
export interface ServicingSchedule {
  readonly scheduleId: ScheduleId;
  readonly name: string | undefined;
  readonly action: number;
  readonly token: string;
  readonly state: number;
  readonly updateDistributionPoints: boolean;
  readonly continueOnError: boolean;
}

/** The result is the key that the site gave to the new schedule; undefined where its response does not tell. */
export function createSchedule(properties: ScheduleProperties): Create<ScheduleId | undefined> {
  return {
    verb: 'create',
    class: SCHEDULE,
    keyFrom: 'site',
    properties: typed(properties),
    decode: newScheduleId,
  };
}

export function updateSchedule(id: ScheduleId, properties: ScheduleProperties): Update {
  return { verb: 'update', class: SCHEDULE, key: keyOf(id), properties: typed(properties) };
}

export function deleteSchedule(id: ScheduleId): Delete {
  return { verb: 'delete', class: SCHEDULE, key: keyOf(id) };
}

export function readSchedule(id: ScheduleId): Get<ServicingSchedule> {
  return { verb: 'get', class: SCHEDULE, key: keyOf(id), decode: servicingScheduleOf };
}

/** A schedule, and whether it asks for superseded updates to be removed where that was written. */
export interface WrittenSchedule extends ServicingSchedule {
  readonly isCleanupKept: boolean;
}

/** `cleanupProperty`: as it was written; undefined where it was not. */
export function readWrittenSchedule(
  id: ScheduleId,
  cleanupProperty: string | undefined,
): Get<WrittenSchedule> {
  const isCleanupKept = (instance: Instance): boolean =>
    cleanupProperty === undefined || optionalBooleanOf(instance, SCHEDULE, cleanupProperty) === true;
  return {
    ...readSchedule(id),
    decode: (instance) => ({ ...servicingScheduleOf(instance), isCleanupKept: isCleanupKept(instance) }),
  };
}

export const describeSchedule: Describe = { verb: 'describe', class: SCHEDULE };

/**
 * The properties of a schedule that may be the one for removing superseded updates. No public source names it, so
 * the class of the site itself is looked at (docs/configmgr.md, "What is not known").
 */
export function cleanupPropertiesOf({ properties }: ClassDefinition): readonly string[] {
  return properties
    .filter(({ name, kind }) => kind === 'boolean' && /supersed|cleanup|resetbase/i.test(name))
    .map(({ name }) => name);
}

export function findSchedules(names: NonEmpty<string>): Query<ServicingSchedule> {
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
export const findRunningSchedules: Query<ScheduleId> = {
  verb: 'query',
  class: SCHEDULE,
  key: ['ScheduleID'],
  where: [{ property: 'State', oneOf: [SCHEDULE_STATE.running] }],
  properties: ['ScheduleID', 'State'],
  decode: (instance) => scheduleIdOf(instance, SCHEDULE),
};

function servicingScheduleOf(instance: Instance): ServicingSchedule {
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

function newScheduleId(created: Instance): ScheduleId | undefined {
  const value = created.get('scheduleid');
  return typeof value === 'number' ? scheduleId(value) : undefined;
}

export function linkImage(schedule: ScheduleId, image: PackageId): Create<undefined> {
  return {
    verb: 'create',
    class: SCHEDULED_IMAGE,
    keyFrom: 'caller',
    properties: imageLinkKey(schedule, image),
    decode: nothing,
  };
}

export function unlinkImage(schedule: ScheduleId, image: PackageId): Delete {
  return { verb: 'delete', class: SCHEDULED_IMAGE, key: imageLinkKey(schedule, image) };
}

/** `expected`: as for the updates. */
export function listLinkedImages(schedules: NonEmpty<ScheduleId>, expected?: number): Query<LinkedImage> {
  const query = listLinks(SCHEDULED_IMAGE, schedules, 'ImagePackageID', linkedImageOf);
  return expected === undefined ? query : { ...query, rows: { kind: 'at-most', forEachValue: expected } };
}

export interface LinkedImage {
  readonly scheduleId: ScheduleId;
  readonly packageId: PackageId;
}

export function linkedImageOf(instance: Instance): LinkedImage {
  const id = packageId(textOf(instance, SCHEDULED_IMAGE, 'ImagePackageID'));
  return {
    scheduleId: scheduleIdOf(instance, SCHEDULED_IMAGE),
    packageId: identified(id, instance, SCHEDULED_IMAGE, 'ImagePackageID'),
  };
}

export function linkUpdate(schedule: ScheduleId, update: CiId): Create<undefined> {
  return {
    verb: 'create',
    class: SCHEDULED_UPDATE,
    keyFrom: 'caller',
    properties: updateLinkKey(schedule, update),
    decode: nothing,
  };
}

export function unlinkUpdate(schedule: ScheduleId, update: CiId): Delete {
  return { verb: 'delete', class: SCHEDULED_UPDATE, key: updateLinkKey(schedule, update) };
}

/** `expected`: how many links of one schedule the caller knows of; more are not looked for once so many were seen. */
export function listLinkedUpdates(schedules: NonEmpty<ScheduleId>, expected?: number): Query<LinkedUpdate> {
  const query = listLinks(SCHEDULED_UPDATE, schedules, 'UpdateID', linkedUpdateOf);
  return expected === undefined ? query : { ...query, rows: { kind: 'exactly', forEachValue: expected } };
}

export interface LinkedUpdate {
  readonly scheduleId: ScheduleId;
  readonly ciId: CiId;
}

function linkedUpdateOf(instance: Instance): LinkedUpdate {
  const id = ciId(numberOf(instance, SCHEDULED_UPDATE, 'UpdateID'));
  return {
    scheduleId: scheduleIdOf(instance, SCHEDULED_UPDATE),
    ciId: identified(id, instance, SCHEDULED_UPDATE, 'UpdateID'),
  };
}

/** What a person has to remove of a schedule: those of its links that are named, and then the schedule. */
export function manualRemovals(left: {
  readonly scheduleId: ScheduleId | undefined;
  /** Of the schedule, where it has to be found by it; undefined: it is gone, or its ID is enough. */
  readonly name: string | undefined;
  readonly updates: readonly CiId[];
  readonly images: readonly PackageId[];
  /** Whether the schedule itself may be there. */
  readonly isThere: boolean;
}): readonly ManualRemoval[] {
  const { scheduleId: id, name, updates, images, isThere } = left;
  const key = id === undefined ? undefined : { property: 'ScheduleID', value: sint32(id) };
  const links = (linkClass: SmsClass, property: string, values: readonly KeyValue[]): ManualRemoval[] =>
    key === undefined || values.length === 0
      ? []
      : [{ kind: 'objects', class: linkClass, key, rest: { property, values } }];
  return [
    ...links(SCHEDULED_UPDATE, 'UpdateID', updates.map(sint32)),
    ...links(SCHEDULED_IMAGE, 'ImagePackageID', images.map(text)),
    ...(isThere && key !== undefined ? [{ kind: 'object', class: SCHEDULE, key } as const] : []),
    ...(isThere && name !== undefined
      ? [
          {
            kind: 'to-be-found',
            class: SCHEDULE,
            by: { property: 'Name', value: text(name) },
            key: 'ScheduleID',
          } as const,
        ]
      : []),
  ];
}

function listLinks<Link>(
  linkClass: typeof SCHEDULED_IMAGE | typeof SCHEDULED_UPDATE,
  schedules: NonEmpty<ScheduleId>,
  property: string,
  decode: Decode<Link>,
): Query<Link> {
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
function nothing(): undefined {
  return undefined;
}

function typed(properties: ScheduleProperties): TypedProperties {
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

function keyOf(id: ScheduleId): KeyProperties {
  return { ScheduleID: sint32(id) };
}

function imageLinkKey(schedule: ScheduleId, image: PackageId): KeyProperties {
  return { ScheduleID: sint32(schedule), ImagePackageID: text(image) };
}

/** UpdateID is an SInt32, though it holds the update's CI_ID, which is a UInt32. */
function updateLinkKey(schedule: ScheduleId, update: CiId): KeyProperties {
  return { ScheduleID: sint32(schedule), UpdateID: sint32(update) };
}

function scheduleIdOf(instance: Instance, className: string): ScheduleId {
  return identified(
    scheduleId(numberOf(instance, className, 'ScheduleID')),
    instance,
    className,
    'ScheduleID',
  );
}

/** Whether the site's component has taken a schedule. */
export function hasBegun({ state }: ServicingSchedule): boolean {
  return state !== SCHEDULE_STATE.none && state !== SCHEDULE_STATE.scheduled;
}

/** Nothing that wakes the site's component runs a draft: it has no action, and its token is years away. */
export function isDraft({ action, token }: Pick<ServicingSchedule, 'action' | 'token'>): boolean {
  return action === ACTION.none && token.toUpperCase() === NEVER_DUE;
}
