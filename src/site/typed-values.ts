import type { KeyValue } from '../provider/cim-value.js';
import { LARGEST_SINT32, LARGEST_UINT32 } from './identifiers.js';

export function text(value: string): KeyValue {
  return { cim: 'string', value };
}

export function boolean(value: boolean): KeyValue {
  return { cim: 'boolean', value };
}

/** Throws a RangeError for a number that the type cannot hold: WMI would refuse it in the middle of a run. */
export function sint32(value: number): KeyValue {
  return { cim: 'sint32', value: inRange(value, -LARGEST_SINT32 - 1, LARGEST_SINT32) };
}

/** Throws a RangeError for a number that the type cannot hold. */
export function uint32(value: number): KeyValue {
  return { cim: 'uint32', value: inRange(value, 0, LARGEST_UINT32) };
}

function inRange(value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`${value} is no whole number from ${least} to ${most}.`);
}
