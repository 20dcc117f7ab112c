import { DiagnosedError } from '../diagnosis/diagnosis.js';
import { instanceOf, type Instance, type JsonValue } from '../provider/instance.js';

/**
 * Readers for what a site answers. What comes from outside is never trusted to have the documented type: each reader
 * returns a value of the type that it promises or throws a diagnosis with code OS210.
 */

export function textOf(instance: Instance, className: string, property: string): string {
  const value = valueOf(instance, property);
  return typeof value === 'string' ? value : wrongType(value, className, property, 'text');
}

/** For a property that an older or a newer site may lack; an empty text counts as lacking. */
export function optionalTextOf(instance: Instance, className: string, property: string): string | undefined {
  const value = valueOf(instance, property);
  if (value === undefined || value === null || value === '') return undefined;
  return textOf(instance, className, property);
}

export function numberOf(instance: Instance, className: string, property: string): number {
  const value = valueOf(instance, property);
  return typeof value === 'number' ? value : wrongType(value, className, property, 'a number');
}

/** For a property that a site may leave without a value. */
export function optionalNumberOf(
  instance: Instance,
  className: string,
  property: string,
): number | undefined {
  const value = valueOf(instance, property);
  return value === undefined || value === null ? undefined : numberOf(instance, className, property);
}

export function booleanOf(instance: Instance, className: string, property: string): boolean {
  const value = valueOf(instance, property);
  return typeof value === 'boolean' ? value : wrongType(value, className, property, 'a boolean');
}

/** For a property that an older site may lack, or leaves without a value. */
export function optionalBooleanOf(
  instance: Instance,
  className: string,
  property: string,
): boolean | undefined {
  const value = valueOf(instance, property);
  return value === undefined || value === null ? undefined : booleanOf(instance, className, property);
}

/** The same for a boolean that a class may declare as a number, of which only 1 stands for true. */
export function optionalFlagOf(instance: Instance, className: string, property: string): boolean | undefined {
  const value = valueOf(instance, property);
  return typeof value === 'number' ? value === 1 : optionalBooleanOf(instance, className, property);
}

/** Milliseconds since 1970. Undefined for a date that is lacking or was never set, which a site shows as one of long ago. */
export function optionalDateOf(instance: Instance, className: string, property: string): number | undefined {
  const text = optionalTextOf(instance, className, property);
  if (text === undefined) return undefined;
  const milliseconds = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(milliseconds)) return wrongType(text, className, property, 'a date');
  return milliseconds > NEVER_SET ? milliseconds : undefined;
}

/** 1970-01-01 and 1980-01-01 stand for a date that was never set, in whatever zone they were written. */
const NEVER_SET = Date.UTC(1980, 0, 2);

/** For a lazy array, which a site gives as null where it holds nothing. */
export function numbersOf(instance: Instance, className: string, property: string): readonly number[] {
  const value = valueOf(instance, property);
  if (value === null) return [];
  if (!Array.isArray(value)) return wrongType(value, className, property, 'a list of numbers');
  return value.map((element: JsonValue) =>
    typeof element === 'number' ? element : wrongType(element, className, property, 'a list of numbers'),
  );
}

/** For an array of texts that an older site may lack, or that a site gives as null where it holds nothing. */
export function textsOf(instance: Instance, className: string, property: string): readonly string[] {
  const value = valueOf(instance, property);
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return wrongType(value, className, property, 'a list of texts');
  return value.map((element: JsonValue) =>
    typeof element === 'string' ? element : wrongType(element, className, property, 'a list of texts'),
  );
}

/** An object that is the value of a property. */
export interface Embedded {
  /** As far as it tells: over the administration service only where its property declares another class. */
  readonly class: string | undefined;
  readonly properties: Instance;
}

/** Undefined for a property without a value. */
export function embeddedObjectOf(
  instance: Instance,
  className: string,
  property: string,
): Embedded | undefined {
  const value = valueOf(instance, property);
  return value === undefined || value === null ? undefined : embedded(value, className, property);
}

/** For an array that a site gives as null where it holds nothing. */
export function embeddedObjectsOf(
  instance: Instance,
  className: string,
  property: string,
): readonly Embedded[] {
  const value = valueOf(instance, property);
  if (value === undefined || value === null) return [];
  if (!isList(value)) return wrongType(value, className, property, 'a list of objects');
  return value.map((element) => embedded(element, className, property));
}

function embedded(value: JsonValue, className: string, property: string): Embedded {
  if (typeof value !== 'object' || value === null || isList(value)) {
    return wrongType(value, className, property, 'an object');
  }
  const properties = instanceOf(value);
  const named = properties.get('@odata.type') ?? properties.get('__class');
  return {
    class: typeof named === 'string' ? named.replace(/^#?AdminService\./, '') : undefined,
    properties,
  };
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Turns a number of the site into an ID, or throws. */
export function identified<Id>(
  id: Id | undefined,
  instance: Instance,
  className: string,
  property: string,
): Id {
  return id ?? wrongType(valueOf(instance, property), className, property, 'an ID');
}

function valueOf(instance: Instance, property: string): JsonValue | undefined {
  return instance.get(property.toLowerCase());
}

function wrongType(value: JsonValue | undefined, className: string, property: string, wanted: string): never {
  const found = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 100);
  throw new DiagnosedError({
    code: 'OS210',
    what: `${className}.${property} should be ${wanted}; the site gave ${found}.`,
    cause:
      'The site is of a version whose classes differ from what is documented, or something in between changed its answer.',
    next: 'Report it with the version of the site. Nothing is guessed in place of what the site did not say.',
  });
}
