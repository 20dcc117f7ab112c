import { fulfils } from '../conditions.js';
import { instanceOf, type Instance, type JsonValue } from '../instance.js';
import {
  nameOperation,
  type ClassDefinition,
  type Condition,
  type Operation,
  type Outcome,
  type PropertyKind,
} from '../port.js';
import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import { isObject, type BatchLine, type CimFailure } from './batch-lines.js';
import { kindOf, mayHaveTakenEffect } from './cim-failure.js';
import { diagnoseFailure, type FailureContext } from './failure-diagnosis.js';

/** The outcome of an operation that the script wrote a line for. `forUs`: conditions of a query that WMI could not be asked about. */
export function outcomeOf(
  line: BatchLine & { kind: 'done' | 'failed' },
  operation: Operation,
  forUs: readonly Condition[],
  context: FailureContext,
): Outcome<unknown> {
  if (line.kind === 'failed') return outcomeOfFailure(line.failure, operation, context);
  const result = resultOf(line.value, operation, forUs);
  if (result !== UNREADABLE) return { state: 'done', result };
  return ended(operation, 'begun', {
    code: 'OS315',
    what: `${capitalised(nameOperation(operation))}: the script answered what cannot be understood: ${JSON.stringify(line.value).slice(0, 200)}`,
    cause: 'The script beside the bundle is of another version, or was changed.',
    next: 'Install the product again.',
  });
}

function outcomeOfFailure(
  failure: CimFailure,
  operation: Operation,
  context: FailureContext,
): Outcome<unknown> {
  // Asking what a class is like is no error where a site has no such class.
  if (operation.verb === 'describe' && ['class-missing', 'not-found'].includes(kindOf(failure))) {
    return { state: 'done', result: undefined };
  }
  const diagnosis = diagnoseFailure(failure, context);
  return { state: mayHaveTakenEffect(failure, operation.verb) ? 'unknown' : 'refused', diagnosis };
}

/** The outcome of an operation that the script wrote no line for. */
export function ended(
  operation: Operation,
  progress: 'begun' | 'not-begun',
  diagnosis: Diagnosis,
): Outcome<never> {
  if (operation.verb === 'query' || operation.verb === 'get' || operation.verb === 'describe') {
    return { state: 'refused', diagnosis };
  }
  return { state: progress === 'begun' ? 'unknown' : 'not-attempted', diagnosis };
}

const UNREADABLE = Symbol('unreadable');

function resultOf(value: JsonValue, operation: Operation, forUs: readonly Condition[]): unknown {
  switch (operation.verb) {
    case 'query':
      return Array.isArray(value) && value.every(isObject)
        ? value.map(instanceOf).filter((row) => fulfils(row, forUs))
        : UNREADABLE;
    case 'create':
      // A cmdlet may give back nothing: the object was made, and nothing more is known of it.
      if (value === null) return instanceOf({});
      return isObject(value) ? instanceOf(value) : UNREADABLE;
    case 'get':
    case 'invoke':
      return isObject(value) ? (instanceOf(value) satisfies Instance) : UNREADABLE;
    case 'update':
    case 'change':
    case 'delete':
      return value === null ? undefined : UNREADABLE;
    case 'describe':
      return definitionOf(value) ?? UNREADABLE;
  }
}

const PROPERTY_KINDS: Readonly<Record<string, PropertyKind>> = {
  String: 'text',
  Boolean: 'boolean',
  UInt8: 'integer',
  SInt8: 'integer',
  UInt16: 'integer',
  SInt16: 'integer',
  UInt32: 'integer',
  SInt32: 'integer',
  UInt64: 'integer',
  SInt64: 'integer',
  DateTime: 'date',
};

function definitionOf(value: JsonValue): ClassDefinition | undefined {
  if (!isObject(value)) return undefined;
  const { class: named, properties, methods } = value;
  if (typeof named !== 'string' || !Array.isArray(properties) || !Array.isArray(methods)) return undefined;
  return {
    class: named,
    properties: properties.filter(isObject).map(({ name, type }) => ({
      name: textOf(name),
      kind: PROPERTY_KINDS[textOf(type)] ?? 'other',
    })),
    methods: methods.filter(isObject).map(({ name, static: isStatic }) => ({
      name: textOf(name),
      static: isStatic === true,
    })),
  };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
