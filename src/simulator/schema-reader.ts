/** The part of JSON Schema that `npm run manifests` makes of types. */
export interface Schema {
  readonly $ref?: string;
  /** One of them fits. Each takes another type of value. */
  readonly anyOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  /** What a text must be, for an error message. */
  readonly expected?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly default?: unknown;
}

export type Definitions = Readonly<Record<string, Schema>>;

/** A check by a name that the schema has as `format`: the text as it will be used, or undefined to refuse it. */
export type Formats = Readonly<Record<string, (text: string) => string | undefined>>;

/** What a value is read with, and where its problems go. */
export interface Reading {
  readonly definitions: Definitions;
  readonly formats: Formats;
  readonly problems: string[];
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Copies a value of parsed JSON as its schema wants it, with all defaults. Each problem is added to the reading, with
 * its place in the document; the copy is then not to be used.
 */
export function readValue(schema: Schema, value: unknown, at: string, reading: Reading): unknown {
  const chosen = schemaFor(value, schema, reading.definitions);
  const read = chosen === undefined ? undefined : allowedValue(chosen, value, reading.formats);
  if (chosen === undefined || read === undefined) {
    const text = JSON.stringify(value);
    const short = text.length > 60 ? `${text.slice(0, 57)}...` : text;
    reading.problems.push(
      `${at}: ${short} is not allowed here; it must be ${expectation(schema, reading.definitions)}.`,
    );
    return undefined;
  }
  if (Array.isArray(read)) {
    const { items = {} } = chosen;
    return read.map((one: unknown, index) => readValue(items, one, `${at}[${index}]`, reading));
  }
  return isObject(read) ? readObject(chosen, read, at, reading) : read;
}

function readObject(
  schema: Schema,
  value: Readonly<Record<string, unknown>>,
  at: string,
  reading: Reading,
): object {
  const { properties = {}, required = [] } = schema;
  const read: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) {
    // A default can have fields that have defaults themselves.
    const { [name]: one = property.default } = value;
    if (one !== undefined) {
      read[name] = readValue(property, one, `${at}.${name}`, reading);
    } else if (required.includes(name)) {
      reading.problems.push(`${at}: the field "${name}" is missing.`);
    }
  }
  const others = Object.keys(value).filter((name) => !Object.hasOwn(properties, name));
  return others.length === 0 ? read : { ...read, ...readOthers(schema, value, others, at, reading) };
}

/** The fields of an object whose names are free. */
function readOthers(
  { properties = {}, additionalProperties = false }: Schema,
  value: Readonly<Record<string, unknown>>,
  names: readonly string[],
  at: string,
  reading: Reading,
): object {
  if (typeof additionalProperties === 'object') {
    return Object.fromEntries(
      names.map((name) => [name, readValue(additionalProperties, value[name], `${at}.${name}`, reading)]),
    );
  }
  const allowed = Object.keys(properties).join(', ');
  for (const name of names) {
    reading.problems.push(`${at}: there is no field ${JSON.stringify(name)}; allowed are ${allowed}.`);
  }
  return {};
}

/** The schema that a value of this type has to fit; undefined if there is none for the type. */
function schemaFor(value: unknown, schema: Schema, definitions: Definitions): Schema | undefined {
  const { anyOf, $ref } = schema;
  if (anyOf !== undefined) {
    for (const one of anyOf) {
      const found = schemaFor(value, one, definitions);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if ($ref !== undefined) return schemaFor(value, referredTo($ref, definitions), definitions);
  return isOfType(value, schema.type) ? schema : undefined;
}

function choicesOf(schema: Schema, definitions: Definitions): readonly Schema[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((one) => choicesOf(one, definitions));
  return schema.$ref === undefined ? [schema] : choicesOf(referredTo(schema.$ref, definitions), definitions);
}

const referredTo = (reference: string, definitions: Definitions): Schema =>
  definitions[reference.slice('#/definitions/'.length)] ?? {};

function isOfType(value: unknown, type: Schema['type']): boolean {
  if (typeof type === 'object') return type.some((one) => isOfType(value, one));
  switch (type) {
    case 'integer':
      return Number.isSafeInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'null':
      return value === null;
    case undefined:
    default:
      return typeof value === type;
  }
}

/** A value of the right type as it will be used; undefined for one that the schema excludes. */
function allowedValue(schema: Schema, value: unknown, formats: Formats): unknown {
  const { enum: choices, pattern, format, minimum = -Infinity, maximum = Infinity } = schema;
  if (schema.const !== undefined && value !== schema.const) return undefined;
  if (choices?.includes(value) === false) return undefined;
  if (typeof value === 'number') return value >= minimum && value <= maximum ? value : undefined;
  if (typeof value !== 'string') return value;
  if (pattern !== undefined && !expressionOf(pattern).test(value)) return undefined;
  const check = format === undefined ? undefined : formats[format];
  return check === undefined ? value : check(value);
}

const expressions = new Map<string, RegExp>();

/** Made once for each pattern: a site can have a hundred thousand updates. */
function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern) ?? new RegExp(pattern, 'u');
  expressions.set(pattern, known);
  return known;
}

const expectation = (schema: Schema, definitions: Definitions): string =>
  choicesOf(schema, definitions)
    .flatMap((one) => [one.type].flat().map((type) => expectedOfType(one, type)))
    .filter((text, at, all) => all.indexOf(text) === at)
    .join(', or ');

function expectedOfType(schema: Schema, type: string | undefined): string {
  const { expected, const: only, enum: choices = only === undefined ? undefined : [only] } = schema;
  if (type === 'null') return 'null';
  if (expected !== undefined) return expected;
  if (choices !== undefined) {
    return `one of ${choices
      .filter((one) => one !== null)
      .map((one) => JSON.stringify(one))
      .join(', ')}`;
  }
  switch (type) {
    case 'integer':
      return `a whole number from ${schema.minimum ?? ''} to ${schema.maximum ?? ''}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'string':
      return 'a text';
    case undefined:
    default: {
      const names = Object.keys(schema.properties ?? {});
      return names.length === 0 ? 'an object' : `an object with the fields ${names.join(', ')}`;
    }
  }
}
