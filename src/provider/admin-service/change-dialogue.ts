import type { Instance, JsonValue } from '../instance.js';
import type { Change, Get, Update } from '../port.js';
import type { Dialogue, DialogueContext } from './dialogue.js';
import type { HttpAnswer } from './http-exchange.js';
import { plainValues, requestFor, singleOutcome } from './single-request.js';

const NOT_ATTEMPTED: HttpAnswer = { kind: 'not-attempted' };

/** Reads the object by its key, and puts it back whole with the changes: a site may empty what a PUT leaves out. */
export function* changeObject(operation: Change, context: DialogueContext): Dialogue {
  const { class: className, key, properties, writable } = operation;
  const get: Get<Instance> = { verb: 'get', class: className, key, decode: (instance) => instance };
  const [read] = yield [requestFor(get, context.address)];
  const found = singleOutcome(get, read ?? NOT_ATTEMPTED, context);
  if (found.state !== 'done' || found.result === undefined) return found;
  const update: Update = { verb: 'update', class: className, key, properties };
  const body = { ...keptValues(found.result, writable), ...plainValues({ ...key, ...properties }) };
  const [written] = yield [{ ...requestFor(update, context.address), body: JSON.stringify(body) }];
  return singleOutcome(update, written ?? NOT_ATTEMPTED, context);
}

/** A PUT is refused for null and for an empty array: what the object does not have is left out. */
function keptValues(instance: Instance, writable: readonly string[]): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(
    writable.flatMap((name) => {
      const value = sendable(instance.get(name.toLowerCase()));
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** Undefined for what a PUT cannot carry. Embedded objects come with annotations and system properties of their own. */
function sendable(value: JsonValue | undefined): JsonValue | undefined {
  if (value === null || value === undefined) return undefined;
  if (isList(value)) return value.length === 0 ? undefined : value.flatMap((one) => sendable(one) ?? []);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const sent = /^__|@/.test(name) ? undefined : sendable(member);
      return sent === undefined ? [] : [[name, sent] as const];
    }),
  );
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
