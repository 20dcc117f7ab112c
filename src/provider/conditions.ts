import type { Instance } from './instance.js';
import type { Condition } from './port.js';
import type { Scalar } from './cim-value.js';

/** Which conditions the site can be asked about, and which have to be compared on this side. */
export interface SplitConditions {
  readonly forSite: readonly Condition[];
  readonly forUs: readonly Condition[];
}

/** `canAsk`: whether the connection's query language can carry a value. */
export function splitConditions(
  where: readonly Condition[],
  canAsk: (value: Scalar) => boolean,
): SplitConditions {
  const isForSite = ({ oneOf }: Condition): boolean => oneOf.every(canAsk);
  return { forSite: where.filter(isForSite), forUs: where.filter((condition) => !isForSite(condition)) };
}

/** How much one part of a query may hold. */
export interface PartLimits {
  /** Of any one list. */
  readonly values: number;
  /** Comparisons of the whole part: a site counts those of all lists together. */
  readonly terms: number;
  /** Of the whole part, as `lengthOf` measures its comparisons. */
  readonly characters: number;
  readonly lengthOf: (property: string, value: Scalar) => number;
}

/** Cuts the lists so that no part holds more than the limits allow. Together the parts ask for the same rows. */
export function cutConditions(
  where: readonly Condition[],
  limits: PartLimits,
): readonly (readonly Condition[])[] {
  const most = Math.min(limits.values, valuesForEachList(where, limits.terms));
  const perList = { ...limits, values: most, characters: limits.characters / Math.max(1, where.length) };
  return where.reduce<readonly (readonly Condition[])[]>(
    (parts, condition) => {
      const pieces = chunksOf(condition, perList);
      return parts.flatMap((part) => pieces.map((piece) => [...part, piece]));
    },
    [[]],
  );
}

/** How many comparisons these conditions are, all lists together. */
export function termsOf(where: readonly Condition[]): number {
  return where.reduce((sum, { oneOf }) => sum + oneOf.length, 0);
}

/** How many values the longest list has; 1 without any list. */
export function longestListOf(where: readonly Condition[]): number {
  return Math.max(1, ...where.map(({ oneOf }) => oneOf.length));
}

/** The most values that every list may have, so that all lists together have no more than so many; at least 1. */
function valuesForEachList(lists: readonly Condition[], terms: number): number {
  const shortestFirst = lists.map(({ oneOf }) => oneOf.length).sort((one, other) => one - other);
  let left = terms;
  for (const [place, length] of shortestFirst.entries()) {
    const share = Math.floor(left / (shortestFirst.length - place));
    if (length > share) return Math.max(1, share);
    left -= length;
  }
  return Infinity;
}

function chunksOf(
  { property, oneOf }: Condition,
  { values, characters, lengthOf }: PartLimits,
): readonly Condition[] {
  const chunks: [Scalar, ...Scalar[]][] = [];
  let length = 0;
  for (const value of oneOf) {
    const chunk = chunks.at(-1);
    const own = lengthOf(property, value);
    length += own;
    if (chunk === undefined || chunk.length >= values || length > characters) {
      chunks.push([value]);
      length = own;
    } else {
      chunk.push(value);
    }
  }
  return chunks.map((chunk) => ({ property, oneOf: chunk }));
}

/**
 * Whether two texts are the same for the site's database: without regard to case, to the width of letters and to
 * blanks at the end (docs/configmgr.md, "Site and provider").
 */
export function isSameText(one: string, other: string): boolean {
  const folded = (text: string): string => withoutWidth(text).toLowerCase().replace(/ +$/, '');
  return folded(one) === folded(other);
}

/** Only forms of another width: the compatible forms of Unicode are more, such as `²`, which is no `2` for the site. */
function withoutWidth(text: string): string {
  return text.replace(/[\u3000\uFF00-\uFFEF]+/g, (wide) => wide.normalize('NFKC')).normalize('NFC');
}

/** Whether a row fulfils the conditions that the site could not be asked about. */
export function fulfils(row: Instance, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) => {
    const value = row.get(condition.property.toLowerCase());
    return condition.oneOf.some((wanted) =>
      typeof wanted === 'string' && typeof value === 'string' ? isSameText(wanted, value) : wanted === value,
    );
  });
}
