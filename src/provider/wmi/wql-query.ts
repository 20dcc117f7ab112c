import { cutConditions } from '../conditions.js';
import type { Condition, Query } from '../port.js';
import type { Scalar, SmsClass } from '../cim-value.js';

/**
 * WMI refuses a query with hundreds of terms as too complex, and does not say where the limit is (docs/configmgr.md,
 * "Errors of the SMS Provider"). A connection halves this where a site refuses it.
 */
export const FIRST_QUERY_TERMS = 100;
const LONGEST_LIST = 50;
const LONGEST_QUERY_CHARACTERS = 8_000;

/** Whether WQL can carry this value: a control character inside a literal is nothing that a provider has to understand. */
export function canBeInQuery(value: Scalar): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return typeof value !== 'string' || (!/[\u0000-\u001f\u007f]/.test(value) && value.isWellFormed());
}

/** The queries that together ask for all rows, each with no more than so many comparisons. */
export function queryTexts(
  { class: className }: Query,
  properties: readonly string[],
  where: readonly Condition[],
  terms: number,
): readonly string[] {
  const limits = {
    values: LONGEST_LIST,
    terms,
    characters: LONGEST_QUERY_CHARACTERS,
    lengthOf: (property: string, value: Scalar) => `${termText(property, value)} OR `.length,
  };
  return cutConditions(where, limits).map((part) => queryText(className, properties, part));
}

function queryText(className: SmsClass, properties: readonly string[], where: readonly Condition[]): string {
  const conditions = where.length === 0 ? '' : ` WHERE ${where.map(conditionText).join(' AND ')}`;
  return `SELECT ${properties.map(named).join(', ')} FROM ${named(className)}${conditions}`;
}

function conditionText(condition: Condition): string {
  const terms = condition.oneOf.map((value) => termText(condition.property, value));
  return terms.length === 1 ? terms.join('') : `(${terms.join(' OR ')})`;
}

function termText(property: string, value: Scalar): string {
  return `${named(property)} = ${literal(value)}`;
}

function literal(value: Scalar): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number') return String(value);
  return `'${value.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}

/** Names come from `site/` alone and are still never trusted to be harmless. */
function named(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return name;
  throw new TypeError(`Not the name of a class or property: ${name}`);
}
