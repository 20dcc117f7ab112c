import type { SmsClass, KeyValue } from './cim-value.js';

/** Objects of one class that a person has to remove by hand. */
export type ManualRemoval =
  /** One object, by its whole key. */
  | { readonly kind: 'object'; readonly class: SmsClass; readonly key: KeyPart }
  /** Those that have `key` in common; `rest` completes the key of each that is known. */
  | {
      readonly kind: 'objects';
      readonly class: SmsClass;
      readonly key: KeyPart;
      readonly rest: { readonly property: string; readonly values: readonly KeyValue[] };
    }
  /** One whose key is not known: it has to be looked up by another property first. */
  | {
      readonly kind: 'to-be-found';
      readonly class: SmsClass;
      readonly by: KeyPart;
      readonly key: string;
    };

export interface KeyPart {
  readonly property: string;
  readonly value: KeyValue;
}

/** Lines that a person can run as they are. */
export interface ManualCommands {
  /** Where they run, as the beginning of a sentence. */
  readonly where: string;
  readonly lines: readonly string[];
}
