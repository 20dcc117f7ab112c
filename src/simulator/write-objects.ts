import { emptyAnswer, jsonAnswer, type Answer } from './answer.js';
import { defaultOf, type ClassDefinition, type Properties, type Value } from './class-definitions.js';
import { entityWriter } from './entity-text.js';
import { accessDenied, notFound, shown } from './odata-error.js';
import type { KeyText } from './odata-request.js';
import { noObject, resolveKey } from './read-objects.js';
import { checkRequired, parseBody, readValues } from './request-body.js';
import { readScheduleString } from './schedule-token.js';
import type { ServicingComponent } from './servicing-component.js';
import { ACTION } from './servicing-enumerations.js';
import type { Operation } from './site-description.js';
import type { SiteState } from './site-state.js';
import { newCiId, UPDATE_GROUP, writtenGroup } from './update-groups.js';

export interface WriteContext {
  readonly state: SiteState;
  readonly component: ServicingComponent;
  readonly serviceUrl: string;
}

const SCHEDULE = 'SMS_ImageServicingSchedule';

/** POST to a class: a new object; or, where an object with the key in the body exists, that object anew. */
export function createObject(context: WriteContext, of: ClassDefinition, text: string): Answer {
  return createWith(context, of, () => readValues(of.name, of.properties, parseBody(text)));
}

/** The same with values that came in another way than a body. */
export function createWith(context: WriteContext, of: ClassDefinition, read: () => Properties): Answer {
  return betweenLooks(context, () => {
    const { state } = context;
    checkWritable(state, of, 'create');
    const values = read();
    checkRequired(of.name, of.properties, values);
    const hasKey = of.keys.every((key) => key.name in values);
    const before = hasKey ? state.object(of.name, values) : undefined;
    if (before !== undefined && !state.accountSees(of.name, before)) {
      throw accessDenied();
    }
    if (before === undefined && hasKey && of.keyFromSite) {
      // The site gives the keys of this class, so a key that it never gave is a wrong one.
      throw noObject(of);
    }
    const key = hasKey || !of.keyFromSite ? {} : newKey(state, of);
    const made = store(context, of, { ...values, ...key }, before);
    const write = entityWriter(of, { lazyFilled: false, siteCode: state.site.code });
    const head = `"@odata.context":${JSON.stringify(`${context.serviceUrl}/wmi/$metadata#${of.name}/$entity`)}`;
    return jsonAnswer(201, [`{${head},${write(made)}}`], 1);
  });
}

/**
 * PUT to an object that exists. The reference allows 200, 201 and 204: this is 204, without a body, because a
 * client that wants to read the object from the answer must fail here rather than on a real site.
 */
export function updateObject(
  context: WriteContext,
  of: ClassDefinition,
  keyText: KeyText,
  text: string,
): Answer {
  return updateWith(context, of, keyText, () => readValues(of.name, of.properties, parseBody(text)));
}

/** The same with values that came in another way than a body. */
export function updateWith(
  context: WriteContext,
  of: ClassDefinition,
  keyText: KeyText,
  read: () => Properties,
): Answer {
  return betweenLooks(context, () => {
    const { state } = context;
    checkWritable(state, of, 'update');
    const key = resolveKey(of, keyText);
    const before = state.accountObject(of.name, key);
    if (before === undefined) {
      throw noObject(of);
    }
    const values = read();
    checkRequired(of.name, of.properties, values);
    // The documented body holds the key too; one without it, or with another one, is refused.
    if (state.object(of.name, values) !== before) {
      throw notFound('The key in the body is not the key in the URI.');
    }
    store(context, of, values, before);
    return emptyAnswer(204);
  });
}

export function deleteObject(context: WriteContext, of: ClassDefinition, keyText: KeyText): Answer {
  return betweenLooks(context, () => {
    const { state, component } = context;
    checkWritable(state, of, 'delete');
    const found = state.accountObject(of.name, resolveKey(of, keyText));
    if (found === undefined) {
      throw noObject(of);
    }
    // The links of a deleted schedule stay: nothing says that the site removes them, so the client has to.
    state.remove(of.name, found);
    if (of.name === SCHEDULE && typeof found['ScheduleID'] === 'number') {
      component.scheduleDeleted(found['ScheduleID']);
    }
    return emptyAnswer(204);
  });
}

function newKey(state: SiteState, of: ClassDefinition): Properties {
  return of.name === UPDATE_GROUP ? { CI_ID: newCiId(state) } : { ScheduleID: state.newScheduleId() };
}

/** The component may look at any moment; right before and right after a write are the worst ones. */
function betweenLooks(context: WriteContext, write: () => Answer): Answer {
  context.component.betweenWrites();
  const answer = write();
  context.component.betweenWrites();
  return answer;
}

function checkWritable(state: SiteState, of: ClassDefinition, operation: Operation): void {
  if (!of.writable || !state.accountMay(operation, of.name)) {
    throw accessDenied();
  }
}

/**
 * Puts the whole object: a writable property that the body leaves out falls back to its default. Whether a real
 * site keeps the old value is not known; a client that relies on that must fail here. What the site itself keeps
 * in the object (its state, its last run) stays.
 */
function store(
  context: WriteContext,
  of: ClassDefinition,
  values: Properties,
  before: Properties | undefined,
): Properties {
  const { state, component } = context;
  const written: Record<string, Value> = {};
  for (const definition of of.properties) {
    const kept = definition.writable ? values[definition.name] : before?.[definition.name];
    written[definition.name] = kept ?? defaultOf(definition);
  }
  const object = of.name === UPDATE_GROUP ? writtenGroup(state, written, before, state.now()) : written;
  if (of.name === SCHEDULE) {
    checkSchedule(object, before);
  } else if (of.name !== UPDATE_GROUP) {
    checkLink(state, object);
  }
  state.accountPut(of.name, object);
  if (of.name === SCHEDULE && typeof object['ScheduleID'] === 'number') {
    component.scheduleWritten(object['ScheduleID'], Number(object['Action']));
  }
  return object;
}

function checkSchedule(object: Properties, before: Properties | undefined): void {
  const text = object['Schedule'];
  if (typeof text !== 'string' || readScheduleString(text) === undefined) {
    throw notFound(`The schedule string '${shown(text)}' cannot be read.`);
  }
  const actions: readonly unknown[] = Object.values(ACTION);
  // Cancelling is an update of a schedule that exists.
  if (!actions.includes(object['Action']) || (before === undefined && object['Action'] === ACTION.cancel)) {
    throw notFound(`The value '${shown(object['Action'])}' of the property 'Action' is not allowed here.`);
  }
}

/** A link needs both of its ends, as far as the account can see them. */
function checkLink(state: SiteState, link: Properties): void {
  const absent = (className: string, key: Properties): boolean =>
    state.accountObject(className, key) === undefined;
  if (absent(SCHEDULE, { ScheduleID: link['ScheduleID'] ?? 0 })) {
    throw notFound(`There is no schedule with the ScheduleID ${shown(link['ScheduleID'])}.`);
  }
  const image = link['ImagePackageID'];
  if (image !== undefined) {
    const key = { PackageID: image };
    if (absent('SMS_ImagePackage', key) && absent('SMS_OperatingSystemInstallPackage', key)) {
      throw notFound(`There is no image package '${shown(image)}'.`);
    }
  }
  const update = link['UpdateID'];
  if (update !== undefined && absent('SMS_SoftwareUpdate', { CI_ID: update })) {
    throw notFound(`There is no software update ${shown(update)}.`);
  }
}
