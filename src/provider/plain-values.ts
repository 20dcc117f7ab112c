import type { ArrayValue, ScalarValue } from './cim-value.js';

const RANGES = { sint32: [-2_147_483_648, 2_147_483_647], uint32: [0, 4_294_967_295] } as const;

/** The first and the last millisecond of the years that a date of WMI can have. */
const DATES = [Date.UTC(1601, 0, 1), Date.UTC(9999, 11, 31, 23, 59, 59, 999)] as const;

/** A value without its type; a date as `2024-01-10T08:00:00.000Z`. Throws a RangeError for what the type cannot hold. */
export function plainScalar(typed: ScalarValue): string | number | boolean {
  switch (typed.cim) {
    case 'string':
    case 'boolean':
      return typed.value;
    case 'sint32':
    case 'uint32':
      return inRange(typed.value, RANGES[typed.cim], typed.cim);
    case 'datetime':
      return new Date(inRange(typed.value, DATES, typed.cim)).toISOString();
  }
}

function inRange(value: number, [least, most]: readonly [number, number], type: string): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`${value} is no ${type}.`);
}

/** The elements of an array, each with its type. */
export function elementsOf(array: ArrayValue): readonly ScalarValue[] {
  switch (array.cim) {
    case 'string[]':
      return array.value.map((value) => ({ cim: 'string', value }));
    case 'boolean[]':
      return array.value.map((value) => ({ cim: 'boolean', value }));
    case 'sint32[]':
      return array.value.map((value) => ({ cim: 'sint32', value }));
    case 'uint32[]':
      return array.value.map((value) => ({ cim: 'uint32', value }));
    case 'datetime[]':
      return array.value.map((value) => ({ cim: 'datetime', value }));
  }
}
