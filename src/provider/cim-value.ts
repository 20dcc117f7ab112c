/** A WMI class of the SMS Provider, such as `SMS_ImagePackage`. */
export type SmsClass = `SMS_${string}`;

export type Scalar = string | number | boolean;

/** What holds a value of each scalar CIM type here. A date is the number of milliseconds since 1970. */
interface Scalars {
  readonly string: string;
  readonly boolean: boolean;
  readonly sint32: number;
  readonly uint32: number;
  readonly datetime: number;
}

export type ScalarType = keyof Scalars;

/**
 * A value with the CIM type that its class declares. WMI refuses some values of another type, and the types
 * cannot be read off the value: CI_ID is UInt32 where UpdateID, the same number, is SInt32.
 */
export type ScalarValue = {
  [Type in ScalarType]: { readonly cim: Type; readonly value: Scalars[Type] };
}[ScalarType];

/** An array of one type. CIM has no array of arrays, and an element is never null. */
export type ArrayValue = {
  [Type in ScalarType]: { readonly cim: `${Type}[]`; readonly value: readonly Scalars[Type][] };
}[ScalarType];

/** An object that is the value of a property, and has no key of its own. */
export interface EmbeddedObject {
  /** Its own class, where the property declares a base class of it. */
  readonly class: SmsClass;
  readonly properties: TypedProperties;
}

export type EmbeddedValue =
  | { readonly cim: 'object'; readonly value: EmbeddedObject }
  /** The administration service cannot read this as an argument of a method, whatever the method. */
  | { readonly cim: 'object[]'; readonly value: readonly EmbeddedObject[] };

/**
 * An empty array is written as a property without a value over the administration service, which takes no empty array
 * (docs/configmgr.md, "Requests of the administration service"). A connection throws a RangeError for a value that its
 * type cannot hold.
 */
export type TypedValue = ScalarValue | ArrayValue | EmbeddedValue;

// eslint-disable-next-line @typescript-eslint/consistent-indexed-object-style -- an alias of Record cannot hold itself
export interface TypedProperties {
  readonly [name: string]: TypedValue;
}

/** A value of a key. No class of this product has a date in its key. */
export type KeyValue = Exclude<ScalarValue, { readonly cim: 'datetime' }>;

/** A key, or a part of one. */
export type KeyProperties = Readonly<Record<string, KeyValue>>;
