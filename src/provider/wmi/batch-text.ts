import { elementsOf, plainScalar } from '../plain-values.js';
import type { BatchOrder, Operation } from '../port.js';
import type { TypedProperties, TypedValue } from '../cim-value.js';

export type CimProtocol = 'wsman' | 'dcom';

/** Where the provider is, as far as it is known. */
export interface ProviderPlace {
  /** Empty: this machine, over local WMI. */
  readonly computer: string;
  /** Tried in this order; none on this machine. */
  readonly protocols: readonly CimProtocol[];
  /** `root\SMS\site_LAB`; empty until a batch has found it. */
  readonly namespace: string;
}

export interface Credential {
  readonly user: string;
  readonly password: string;
}

export interface Batch {
  readonly operations: readonly ScriptOperation[];
  readonly order: BatchOrder;
  readonly place: ProviderPlace;
  /** Empty: the site that the provider calls its own. */
  readonly siteCode: string;
  readonly credential: Credential | undefined;
  /** The limit of each single call. */
  readonly operationSeconds: number;
  /** After which the script ends itself. */
  readonly batchSeconds: number;
}

/** An operation as the script takes it: a query has become the texts that it is asked by. */
export type ScriptOperation =
  | Exclude<Operation, { verb: 'query' }>
  | {
      readonly verb: 'query';
      readonly texts: readonly string[];
      readonly properties: readonly string[];
      readonly class: string;
      /** By this key each row is read once more, and comes with all its properties. Empty: the rows are enough. */
      readonly lazyPropertiesBy: string;
      /** So many rows end the query, and whatever texts are left of it. */
      readonly most: number;
    };

/** What the script reads (docs/design.md, "The script of the WMI connection"). `parent`: the process that it must not outlive. */
export function batchText(batch: Batch, parent: number): string {
  const { place, credential } = batch;
  const head = {
    parent,
    order: batch.order,
    operationSeconds: batch.operationSeconds,
    batchSeconds: batch.batchSeconds,
    computer: place.computer,
    protocols: place.protocols,
    user: sentValue({ cim: 'string', value: credential?.user ?? '' }),
    password: sentValue({ cim: 'string', value: credential?.password ?? '' }),
    siteCode: batch.siteCode,
    namespace: place.namespace,
  };
  return [head, ...batch.operations.map(operationObject)].map((line) => `${JSON.stringify(line)}\n`).join('');
}

function operationObject(operation: ScriptOperation): Readonly<Record<string, unknown>> {
  switch (operation.verb) {
    case 'query':
      return {
        verb: operation.verb,
        texts: operation.texts,
        class: operation.class,
        properties: operation.lazyPropertiesBy === '' ? operation.properties : [],
        lazyPropertiesBy: operation.lazyPropertiesBy,
        most: operation.most,
      };
    case 'describe':
      return { verb: operation.verb, class: operation.class };
    case 'get':
    case 'delete':
      return { verb: operation.verb, class: operation.class, key: sentProperties(operation.key) };
    case 'create':
      return {
        verb: operation.verb,
        class: operation.class,
        properties: sentProperties(operation.properties),
      };
    case 'update':
    case 'change':
      return {
        // The script reads an object before it writes to it, whoever made it.
        verb: 'update',
        class: operation.class,
        key: sentProperties(operation.key),
        properties: sentProperties(operation.properties),
      };
    case 'invoke':
      return {
        verb: operation.verb,
        class: operation.class,
        method: operation.method,
        arguments: sentProperties(operation.arguments),
        optional: operation.sinceCurrentBranch ?? [],
      };
  }
}

function sentProperties(properties: TypedProperties): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, sentValue(value)]));
}

/**
 * A scalar as a text with its type before it, for WMI refuses some values of another type. The prefix also keeps
 * PowerShell 7 from making a date of every text that looks like one. An array names its type, because one without
 * elements does not show it.
 */
function sentValue(typed: TypedValue): unknown {
  switch (typed.cim) {
    case 'string':
    case 'boolean':
    case 'sint32':
    case 'uint32':
    case 'datetime':
      return `${typed.cim}:${plainScalar(typed)}`;
    case 'string[]':
    case 'boolean[]':
    case 'sint32[]':
    case 'uint32[]':
    case 'datetime[]':
      return { array: typed.cim, elements: elementsOf(typed).map(sentValue) };
    case 'object':
      return { class: typed.value.class, properties: sentProperties(typed.value.properties) };
    case 'object[]':
      return {
        array: typed.cim,
        elements: typed.value.map((value) => sentValue({ cim: 'object', value })),
      };
  }
}
