import type { Instance } from './instance.js';
import type { Condition, Scalar } from './port.js';

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
  const isForSite = (condition: Condition): boolean =>
    'oneOf' in condition ? condition.oneOf.every(canAsk) : canAsk(condition.startsWith);
  return { forSite: where.filter(isForSite), forUs: where.filter((condition) => !isForSite(condition)) };
}

/** How much one part of a query may hold. */
export interface PartLimits {
  readonly values: number;
  /** Of all values of the cut list, as `lengthOf` measures them. */
  readonly characters: number;
  readonly lengthOf: (value: Scalar) => number;
}

/** Cuts the longest `oneOf` so that no part holds more than the limits allow. Together the parts ask for the same rows. */
export function cutConditions(
  where: readonly Condition[],
  limits: PartLimits,
): readonly (readonly Condition[])[] {
  const cut = longestList(where);
  if (cut === undefined) return [where];
  const others = where.filter((condition) => condition !== cut);
  return chunks(cut.oneOf, limits).map((oneOf) => [...others, { property: cut.property, oneOf }]);
}

/** How many values the longest list has; 1 without any list. */
export function longestListOf(where: readonly Condition[]): number {
  return longestList(where)?.oneOf.length ?? 1;
}

type ListCondition = Condition & { readonly oneOf: readonly [Scalar, ...Scalar[]] };

function longestList(where: readonly Condition[]): ListCondition | undefined {
  return where
    .filter((condition) => 'oneOf' in condition)
    .reduce<ListCondition | undefined>(
      (longest, list) => (longest === undefined || list.oneOf.length > longest.oneOf.length ? list : longest),
      undefined,
    );
}

function chunks(
  all: readonly Scalar[],
  { values, characters, lengthOf }: PartLimits,
): readonly (readonly [Scalar, ...Scalar[]])[] {
  const result: [Scalar, ...Scalar[]][] = [];
  let length = 0;
  for (const value of all) {
    const last = result.at(-1);
    length += lengthOf(value);
    if (last === undefined || last.length >= values || length > characters) {
      result.push([value]);
      length = lengthOf(value);
    } else {
      last.push(value);
    }
  }
  return result;
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
    if ('startsWith' in condition) {
      return typeof value === 'string' && value.toLowerCase().startsWith(condition.startsWith.toLowerCase());
    }
    return condition.oneOf.some((wanted) =>
      typeof wanted === 'string' && typeof value === 'string' ? isSameText(wanted, value) : wanted === value,
    );
  });
}
