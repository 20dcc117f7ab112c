import {
  defaultOf,
  edmType,
  type CimType,
  type EmbeddedObject,
  type Properties,
  type PropertyDefinition,
  type Scalar,
  type Value,
} from './class-definitions.js';
import { classOfEmbedded, ownClassIn, propertiesOfEmbedded } from './embedded-classes.js';
import { notFound, shown, type ODataError } from './odata-error.js';

/** Reads a body as the service's reader does: one JSON object, or a 404. */
export function parseBody(text: string): ReadonlyMap<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw notFound('Invalid JSON. An unexpected token was found when reading from the JSON reader.');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw notFound(
      `An unexpected '${nodeName(parsed)}' node was found when reading from the JSON reader. ` +
        "A 'StartObject' node was expected.",
    );
  }
  return new Map(Object.entries(parsed));
}

const nodeName = (value: unknown): string =>
  Array.isArray(value)
    ? 'StartArray'
    : typeof value === 'object' && value !== null
      ? 'StartObject'
      : 'PrimitiveValue';

/**
 * The typed values of a body. Refused: unknown names (annotations and `__` fields too, which nobody was seen to
 * send), values that the caller may not write, values of another JSON type or outside the CIM type's range, null
 * and empty arrays, and the absence of a required one.
 */
export function readValues(
  owner: string,
  definitions: readonly PropertyDefinition[],
  body: ReadonlyMap<string, unknown>,
): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [name, value] of body) {
    const definition = definitions.find((one) => one.name === name);
    if (definition === undefined) {
      throw notFound(`The property '${name}' does not exist on type 'AdminService.${owner}'.`);
    }
    if (!definition.writable) {
      throw notFound(`The property '${name}' of type 'AdminService.${owner}' is read-only.`);
    }
    values[name] = readValue(definition, value);
  }
  checkRequired(owner, definitions, values);
  return values;
}

/** Refuses values among which a required one is missing. */
export function checkRequired(
  owner: string,
  definitions: readonly PropertyDefinition[],
  values: Properties,
): void {
  const missing = definitions.find((one) => one.required && !(one.name in values));
  if (missing !== undefined) {
    throw notFound(`The property '${missing.name}' of type 'AdminService.${owner}' is required.`);
  }
}

function readValue(definition: PropertyDefinition, value: unknown): Value {
  if (value === null) {
    throw notFound(`A null value was found for the property '${definition.name}'. Leave the property out.`);
  }
  const { type } = definition;
  if (!definition.array) {
    return typeof type === 'string' ? readScalar(definition, value) : readEmbedded(type.embedded, value);
  }
  if (!Array.isArray(value) || value.length === 0) {
    throw notFound(`The property '${definition.name}' needs an array that is not empty, or is left out.`);
  }
  return typeof type === 'string'
    ? value.map((element: unknown) => readScalar(definition, element))
    : value.map((element: unknown) => readEmbedded(type.embedded, element));
}

/**
 * An object of the declared class, or of one derived from it that it names first. The name is kept where it is another
 * one than declared, as a response shows it; a property that is left out has the default of its type.
 */
function readEmbedded(declared: string, value: unknown): EmbeddedObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw notFound(
      `An unexpected '${nodeName(value)}' node was found when reading from the JSON reader. ` +
        "A 'StartObject' node was expected.",
    );
  }
  const [first, ...others] = Object.entries(value);
  const members = first?.[0] === TYPE ? others : Object.entries(value);
  const named = first?.[0] === TYPE ? ownClassIn({ [TYPE]: first[1] as unknown }) : undefined;
  const of = classOfEmbedded(declared, named);
  if (of === undefined) {
    throw notFound(`A value of the type 'AdminService.${named ?? declared}' is not allowed here.`);
  }
  const definitions = propertiesOfEmbedded(of);
  const read = readValues(of.name, definitions, new Map(members));
  return {
    ...(of.name === declared ? {} : { [TYPE]: `#AdminService.${of.name}` }),
    ...Object.fromEntries(definitions.map((one) => [one.name, (read[one.name] ?? defaultOf(one)) as Scalar])),
  };
}

const TYPE = '@odata.type';

function readScalar(definition: PropertyDefinition, value: unknown): Scalar {
  if (typeof definition.type !== 'string') {
    throw wrongType(definition, value);
  }
  const read = READERS[definition.type](value);
  if (read === undefined) {
    throw wrongType(definition, value);
  }
  return read;
}

const wrongType = (definition: PropertyDefinition, value: unknown): ODataError =>
  notFound(
    typeof value === 'object'
      ? `An unexpected '${nodeName(value)}' node was found when reading from the JSON reader. ` +
          "A 'PrimitiveValue' node was expected."
      : `Cannot convert the literal '${shown(value)}' of the property '${definition.name}' to the expected ` +
          `type '${edmType({ ...definition, array: false })}'.`,
  );

const integer =
  (least: number, most: number) =>
  (value: unknown): number | undefined =>
    Number.isSafeInteger(value) && typeof value === 'number' && value >= least && value <= most
      ? value
      : undefined;

/** The range of a number's CIM type, both ends included. */
export const RANGES: Readonly<Record<'SInt32' | 'UInt32' | 'SInt64', readonly [number, number]>> = {
  SInt32: [-(2 ** 31), 2 ** 31 - 1],
  UInt32: [0, 2 ** 32 - 1],
  SInt64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

const READERS: Readonly<Record<CimType, (value: unknown) => Scalar | undefined>> = {
  String: (value) => (typeof value === 'string' ? value : undefined),
  Boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  SInt32: integer(...RANGES.SInt32),
  UInt32: integer(...RANGES.UInt32),
  SInt64: integer(...RANGES.SInt64),
  // Only UTC with a Z was seen in bodies.
  DateTime: (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z$/u.test(value) &&
    !Number.isNaN(Date.parse(value))
      ? value.replace(/\.0+Z$/u, 'Z')
      : undefined,
};
