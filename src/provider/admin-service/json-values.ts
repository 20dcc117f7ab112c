import type { Instance, JsonValue } from '../instance.js';
import { elementsOf, plainScalar } from '../plain-values.js';
import type { EmbeddedObject, TypedProperties, TypedValue } from '../cim-value.js';

type JsonObject = Readonly<Record<string, JsonValue>>;

/**
 * Properties as a body carries them. A body is refused for an empty array: a property that has one is left out
 * (docs/configmgr.md, "Requests of the administration service").
 */
export function jsonProperties(properties: TypedProperties): JsonObject {
  return withoutAbsent(Object.entries(properties).map(([name, value]) => [name, jsonValue(value)]));
}

/** Undefined for what a body cannot carry. */
function jsonValue(typed: TypedValue): JsonValue | undefined {
  switch (typed.cim) {
    case 'string':
    case 'boolean':
    case 'sint32':
    case 'uint32':
    case 'datetime':
      return plainScalar(typed);
    case 'string[]':
    case 'boolean[]':
    case 'sint32[]':
    case 'uint32[]':
    case 'datetime[]':
      return orAbsent(elementsOf(typed).map(plainScalar));
    case 'object':
      return embeddedObject(typed.value);
    case 'object[]':
      return orAbsent(typed.value.map(embeddedObject));
  }
}

const TYPE = '@odata.type';

/** The class comes first: a reader that meets a property of a derived class before it does not know that property. */
function embeddedObject({ class: className, properties }: EmbeddedObject): JsonObject {
  return { [TYPE]: `#AdminService.${className}`, ...jsonProperties(properties) };
}

/**
 * What a response holds of these properties, as a body carries it: arrays, embedded objects and dates as they came.
 * What has no value is left out.
 */
export function keptProperties(instance: Instance, names: readonly string[]): JsonObject {
  return withoutAbsent(names.map((name) => [name, keptValue(instance.get(name.toLowerCase()))]));
}

function keptValue(value: JsonValue | undefined): JsonValue | undefined {
  if (value === null || value === undefined || isNeverSet(value)) return undefined;
  // An element that is null stays: without it the array would be another one.
  if (isList(value))
    return orAbsent(value.map((element) => (element === null ? null : keptElement(element))));
  return typeof value === 'object' ? keptObject(value) : value;
}

function keptElement(element: JsonValue): JsonValue {
  return typeof element === 'object' && element !== null && !isList(element) ? keptObject(element) : element;
}

/** With its class, and without the other annotations and the system properties, which no body has. */
function keptObject(object: JsonObject): JsonObject {
  const type = object[TYPE];
  const members = Object.entries(object).filter(([name]) => !/^__|@/.test(name));
  return {
    ...(typeof type === 'string' ? { [TYPE]: type } : {}),
    ...withoutAbsent(members.map(([name, member]) => [name, keptValue(member)])),
  };
}

/** A date that was never set comes as one of these. Sent back, it would be set. */
function isNeverSet(value: JsonValue): boolean {
  return typeof value === 'string' && /^19[78]0-01-01T00:00:00(?:\.0+)?Z$/.test(value);
}

function orAbsent(elements: readonly JsonValue[]): readonly JsonValue[] | undefined {
  return elements.length === 0 ? undefined : elements;
}

function withoutAbsent(entries: readonly (readonly [string, JsonValue | undefined])[]): JsonObject {
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
