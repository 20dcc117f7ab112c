import type { KeyProperties, Scalar, SmsClass, TypedProperties } from './cim-value.js';
import type { NonEmpty } from '../collections/non-empty.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { Instance } from './instance.js';
import type { ManualCommands, ManualRemoval } from './manual-removal.js';

/** One of these values. All conditions of a query must hold. */
export interface Condition {
  readonly property: string;
  readonly oneOf: NonEmpty<Scalar>;
}

/** `forEachValue`: for each value of the longest list among the conditions. */
export type RowsHint =
  /** No more rows than these can exist, such as 1 for a list of keys: a connection need not ask whether more follow. */
  | { readonly kind: 'at-most'; readonly forEachValue: number }
  /** So many rows are there in fact: a connection asks for no more values at once than one response has room for. */
  | { readonly kind: 'exactly'; readonly forEachValue: number }
  /** It matters only that there is a row at all: a connection need not ask for more once it has one. */
  | { readonly kind: 'one-is-enough' };

/** Makes of an instance what the caller wants to know of it. Throws a DiagnosedError for one that is not as documented. */
export type Decode<Result> = (instance: Instance) => Result;

export interface Query<Row = unknown> {
  readonly verb: 'query';
  readonly class: SmsClass;
  readonly decode: Decode<Row>;
  readonly where: readonly Condition[];
  /**
   * The whole key of the class. Every row is asked for with it, and in its order: without that a page can repeat rows of
   * another page and lack others.
   */
  readonly key: NonEmpty<string>;
  readonly properties: readonly string[];
  /** What the caller knows of the number of rows, where it does: saves a connection requests. */
  readonly rows?: RowsHint;
  /**
   * Reads each row once more by its key, which alone fills lazy properties; then a row has all that the class has. For
   * a query that finds a few.
   */
  readonly withLazyProperties?: { readonly key: string; readonly cim: 'string' | 'uint32' };
}

/** Reads one object with its lazy properties. */
export interface Get<Result = unknown> {
  readonly verb: 'get';
  readonly class: SmsClass;
  readonly decode: Decode<Result>;
  readonly key: KeyProperties;
}

export interface Create<Result = unknown> {
  readonly verb: 'create';
  readonly class: SmsClass;
  /** Takes the new object, as far as the site tells it. */
  readonly decode: Decode<Result>;
  /**
   * Who chooses the key. Where the caller does, sending the same create twice makes one object;
   * where the site does, it makes two, so a connection must never repeat it by itself.
   */
  readonly keyFrom: 'caller' | 'site';
  readonly properties: TypedProperties;
}

export interface Update {
  readonly verb: 'update';
  readonly class: SmsClass;
  readonly key: KeyProperties;
  /** Every property that the object must have: a site might empty those that are missing. */
  readonly properties: TypedProperties;
}

/**
 * Changes some properties of an object that this run need not have made, and keeps the others, arrays and embedded
 * objects included. A connection whose site empties what an update leaves out reads the object first.
 */
export interface Change {
  readonly verb: 'change';
  readonly class: SmsClass;
  readonly key: KeyProperties;
  readonly properties: TypedProperties;
  /** Every property of the class that can be written: a response does not tell them from the others. */
  readonly writable: readonly string[];
}

export interface Delete {
  readonly verb: 'delete';
  readonly class: SmsClass;
  readonly key: KeyProperties;
}

/** Calls a static method. */
export interface Invoke<Result = unknown> {
  readonly verb: 'invoke';
  readonly class: SmsClass;
  /** Takes the return value and what the method puts out. */
  readonly decode: Decode<Result>;
  readonly method: string;
  readonly arguments: TypedProperties;
  /** Those of the arguments that an older site's method does not take; a connection that can find out leaves them away. */
  readonly sinceCurrentBranch?: readonly string[];
}

/** Asks what a class is like on this very site. Costly over the administration service. */
export interface Describe {
  readonly verb: 'describe';
  readonly class: SmsClass;
}

export type Operation = Query | Get | Create | Update | Change | Delete | Invoke | Describe;

/** What can take several requests, each of which needs the response before: it has no place in a batch in order. */
export type ConversedOperation = Query | Change | Describe;

export function isConversed(operation: Operation): operation is ConversedOperation {
  return operation.verb === 'query' || operation.verb === 'change' || operation.verb === 'describe';
}

/** What a property can hold, as far as every connection tells it. */
export type PropertyKind = 'text' | 'boolean' | 'integer' | 'date' | 'other';

/** A class as this site has it. Names are spelled as the site spells them. */
export interface ClassDefinition {
  readonly class: string;
  readonly properties: readonly { readonly name: string; readonly kind: PropertyKind }[];
  readonly methods: readonly { readonly name: string; readonly static: boolean }[];
}

export type Outcome<Result> =
  | { readonly state: 'done'; readonly result: Result }
  | { readonly state: 'refused'; readonly diagnosis: Diagnosis }
  /** Done, but the response is not what the class or method is documented to have. */
  | { readonly state: 'unreadable'; readonly diagnosis: Diagnosis }
  /** Never reached the site. */
  | { readonly state: 'not-attempted'; readonly diagnosis: Diagnosis | undefined }
  /** Sent, and no answer came that tells whether it took effect. */
  | { readonly state: 'unknown'; readonly diagnosis: Diagnosis };

export type ResultOf<O extends Operation> =
  O extends Query<infer Row>
    ? readonly Row[]
    : O extends Describe
      ? ClassDefinition | undefined
      : O extends Get<infer Result> | Create<infer Result> | Invoke<infer Result>
        ? Result
        : undefined;

export type Outcomes<Batch extends readonly Operation[]> = {
  readonly [Index in keyof Batch]: Outcome<ResultOf<Batch[Index]>>;
};

/**
 * `unordered`: the connection may run them at once. `in-order`: one after the other, and the first that is not
 * done leaves the rest not attempted; queries, changes and descriptions have no place in such a batch.
 */
export type BatchOrder = 'unordered' | 'in-order';

/** A connection to the SMS Provider of one site. */
export interface SmsProvider {
  /** Whether a read that stands behind a write in the same batch, whatever its order, finds what that write made. */
  readonly readsOwnWrites: boolean;
  /** Runs independent operations, with as few child processes as the connection can. Never throws for what a site answers. */
  run<const Batch extends readonly Operation[]>(
    operations: Batch,
    order: BatchOrder,
    cancelled: AbortSignal,
  ): Promise<Outcomes<Batch>>;
  /** The lines with which a person removes objects of this site, in every way that is known to lead there. */
  removalCommands(removals: readonly ManualRemoval[], siteCode: string): readonly ManualCommands[];
  /** Removes everything that the connection left on this machine. */
  close(): Promise<void>;
}

/** An operation in words that people know from the SDK. */
export function nameOperation(operation: Operation): string {
  switch (operation.verb) {
    case 'query':
      return `query ${operation.class}`;
    case 'get':
      return `read ${operation.class}(${nameKey(operation.key)})`;
    case 'create':
      return `create ${operation.class}`;
    case 'update':
    case 'change':
    case 'delete':
      return `${operation.verb} ${operation.class}(${nameKey(operation.key)})`;
    case 'invoke':
      return `call ${operation.class}.${operation.method}`;
    case 'describe':
      return `describe ${operation.class}`;
  }
}

function nameKey(key: KeyProperties): string {
  const parts = Object.entries(key);
  return parts.map(([name, { value }]) => (parts.length === 1 ? value : `${name}=${value}`)).join(', ');
}
