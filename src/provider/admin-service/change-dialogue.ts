import type { Instance, JsonValue } from '../instance.js';
import type { Change, Get, Outcome, Update } from '../port.js';
import type { Dialogue, DialogueContext } from './dialogue.js';
import type { HttpAnswer } from './http-exchange.js';
import { jsonProperties, keptProperties } from './json-values.js';
import { notEmptied, notExact } from './refused-operation.js';
import { requestFor, singleOutcome } from './single-request.js';

const NOT_ATTEMPTED: HttpAnswer = { kind: 'not-attempted' };

/** Reads the object by its key, and puts it back whole with the changes: a site may empty what a PUT leaves out. */
export function* changeObject(operation: Change, context: DialogueContext): Dialogue {
  const { class: className, key, properties, writable } = operation;
  const named = { ...jsonProperties(key), ...jsonProperties(properties) };
  const get: Get<Instance> = { verb: 'get', class: className, key, decode: (instance) => instance };
  const [read] = yield [requestFor(get, context.address)];
  const found = singleOutcome(get, read ?? NOT_ATTEMPTED, context);
  if (found.state !== 'done' || found.result === undefined) return found;
  const update: Update = { verb: 'update', class: className, key, properties };
  const others = writable.filter((name) => !isNamed(name, operation));
  const kept = keptProperties(found.result, others);
  const inexact = Object.keys(kept).filter((name) => holdsInexact(kept[name]));
  if (inexact.length > 0) return { state: 'refused', diagnosis: notExact(inexact, operation, context) };
  const body = { ...named, ...kept };
  const [written] = yield [{ ...requestFor(update, context.address), body: JSON.stringify(body) }];
  const outcome = singleOutcome(update, written ?? NOT_ATTEMPTED, context);
  const emptied = Object.keys(properties).filter((name) => !(name in body) && holdsAny(found.result, name));
  if (outcome.state !== 'done' || emptied.length === 0) return outcome;
  // Left out, because no body carries an empty array. Whether the site emptied them shows only when it is asked.
  const [after] = yield [requestFor(get, context.address)];
  const seen = singleOutcome(get, after ?? NOT_ATTEMPTED, context);
  return emptiedOutcome(seen, emptied, operation, context);
}

function isNamed(name: string, { properties }: Change): boolean {
  return Object.keys(properties).some((named) => named.toLowerCase() === name.toLowerCase());
}

/** Whether a value has a whole number in it that is too large to be sent back as it came. */
function holdsInexact(value: JsonValue | undefined): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsInexact);
}

function holdsAny(instance: Instance | undefined, name: string): boolean {
  const value = instance?.get(name.toLowerCase());
  return Array.isArray(value) && value.length > 0;
}

function emptiedOutcome(
  seen: Outcome<Instance | undefined>,
  emptied: readonly string[],
  operation: Change,
  context: DialogueContext,
): Outcome<undefined> {
  if (seen.state !== 'done') {
    return { state: 'unknown', diagnosis: seen.diagnosis ?? notEmptied(emptied, operation, context) };
  }
  const full = emptied.filter((name) => holdsAny(seen.result, name));
  return full.length === 0
    ? { state: 'done', result: undefined }
    : { state: 'unreadable', diagnosis: notEmptied(full, operation, context) };
}
