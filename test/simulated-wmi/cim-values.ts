import {
  defaultOf,
  type ClassDefinition,
  type EmbeddedObject,
  type Properties,
  type PropertyDefinition,
  type Scalar,
  type Value,
} from '../../src/simulator/class-definitions.js';
import { classOfEmbedded, ownClassIn, propertiesOfEmbedded } from '../../src/simulator/embedded-classes.js';
import { lazyValue } from '../../src/simulator/entity-text.js';
import { WmiError, type CimObject, type CimValue } from './wmi-error.js';

/** Text as base64 of UTF-16, for a text may be no text that UTF-8 can carry. */
type SentValue = string | SentObject;

interface SentObject {
  readonly class: string;
  readonly properties: readonly SentProperty[];
}

/** A property as the module sends it. */
export interface SentProperty {
  readonly name: string;
  readonly type: string;
  readonly value: SentValue | readonly SentValue[] | null;
  readonly key: boolean;
  /** False for what an instance had already when it was read. */
  readonly modified: boolean;
}

const typeName = ({ type, array }: PropertyDefinition): string => {
  const one = typeof type === 'string' ? type : 'Instance';
  return array ? `${one}Array` : one;
};

/**
 * The values that were sent, by the names that the class has for them.
 * @throws WmiError for a name that it has not, and for a value of another CIM type: nothing is converted
 */
export function takenValues(
  definitions: readonly PropertyDefinition[],
  sent: readonly SentProperty[],
): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const { name, type, value } of sent) {
    const definition = definitions.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (definition === undefined) throw new WmiError('0x80041008');
    if (value === null) throw new WmiError('0x80041008');
    if (type !== typeName(definition)) throw new WmiError('0x80041005');
    const read = (one: SentValue): Scalar | EmbeddedObject =>
      typeof one === 'string' ? taken(type.replace('Array', ''), one) : takenObject(definition, one);
    // One property holds scalars or objects, never both.
    values[definition.name] = (isList(value) ? value.map(read) : read(value)) as Value;
  }
  return values;
}

/** An object of the declared class or of one derived from it. What it was not given has the default of its type. */
function takenObject(declared: PropertyDefinition, sent: SentObject): EmbeddedObject {
  const base = typeof declared.type === 'string' ? '' : declared.type.embedded;
  const of = classOfEmbedded(base, sent.class);
  if (of === undefined) throw new WmiError('0x80041005');
  const definitions = propertiesOfEmbedded(of);
  const given = takenValues(
    definitions,
    sent.properties.filter(({ value }) => value !== null),
  );
  return {
    ...(of.name === base ? {} : { '@odata.type': `#AdminService.${of.name}` }),
    ...Object.fromEntries(
      definitions.map((one) => [one.name, (given[one.name] ?? defaultOf(one)) as Scalar]),
    ),
  };
}

function isList<Item>(value: Item | readonly Item[]): value is readonly Item[] {
  return Array.isArray(value);
}

/** For records: the values alone, whatever their class says of them. */
export function plainValues(sent: readonly SentProperty[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    sent.map(({ name, type, value }) => {
      const plain = (one: SentValue): unknown =>
        typeof one === 'string' ? taken(type.replace('Array', ''), one) : plainValues(one.properties);
      if (value === null) return [name, null];
      return [name, isList(value) ? value.map(plain) : plain(value)];
    }),
  );
}

function taken(type: string, value: string): string | number | boolean {
  switch (type) {
    case 'String':
      return Buffer.from(value, 'base64').toString('utf16le');
    case 'Boolean':
      return value === 'True';
    case 'DateTime':
      return value;
    default:
      return Number(value);
  }
}

/** `names`: undefined for all. Lazy properties are empty unless the object was read by its key. */
export function cimObject(
  of: ClassDefinition,
  namespace: string,
  row: Properties,
  form: { readonly names?: readonly string[] | undefined; readonly lazyFilled: boolean },
): CimObject {
  const definitions =
    form.names === undefined
      ? of.properties
      : of.properties.filter(({ name }) => form.names?.includes(name) === true);
  return {
    class: of.name,
    namespace,
    properties: definitions.map((definition) => ({
      ...cimValue(definition, valueOf(definition, row, form.lazyFilled), namespace),
      key: of.keys.some(({ name }) => name === definition.name),
    })),
  };
}

function valueOf({ name, lazy }: PropertyDefinition, row: Properties, lazyFilled: boolean): Value {
  if (!lazy) return row[name] ?? null;
  return lazyFilled ? (lazyValue(row, name) ?? null) : null;
}

function cimValue(definition: PropertyDefinition, value: Value, namespace: string): CimValue {
  const { name, type } = definition;
  const whole = { name, type: typeName(definition) };
  if (value === null) return { ...whole, value: null };
  if (typeof type === 'string') return { ...whole, value };
  const toObject = (one: Value): CimObject => embeddedCim(type.embedded, one as EmbeddedObject, namespace);
  return { ...whole, value: isList<Value>(value) ? value.map(toObject) : toObject(value) };
}

function embeddedCim(declared: string, object: EmbeddedObject, namespace: string): CimObject {
  const of = classOfEmbedded(declared, ownClassIn(object));
  if (of === undefined) throw new TypeError(`No object of ${declared} can be like that.`);
  return {
    class: of.name,
    namespace,
    properties: propertiesOfEmbedded(of).map((one) => ({
      name: one.name,
      type: typeName(one),
      value: object[one.name] ?? null,
    })),
  };
}
