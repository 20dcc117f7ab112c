import type { Instance } from '../instance.js';
import type { Condition, Query, Scalar } from '../port.js';
import type { HttpRequest } from './http-exchange.js';
import { canBeLiteral, literal, percentEncode } from './odata-literal.js';
import type { ServiceAddress } from './service-address.js';

/** Rows asked for in one request. */
export const PAGE_SIZE = 1_000;

/** A part of a query that fits into one request, and the place in its rows to go on from. */
export interface QueryPart {
  readonly where: readonly Condition[];
  /** Rows that have come already. */
  readonly skip: number;
  /** The first row of the latest request that was ours, and not a link of the site's. */
  readonly askedFrom: number;
  /** The site's own address of the next page, once it gave one. */
  readonly nextLink: string | undefined;
}

/** Which conditions the site can be asked about, and which have to be compared on this side. */
export interface SplitConditions {
  readonly forSite: readonly Condition[];
  readonly forUs: readonly Condition[];
}

export function splitConditions(where: readonly Condition[]): SplitConditions {
  const canAsk = (condition: Condition): boolean =>
    'oneOf' in condition ? condition.oneOf.every(canBeLiteral) : canBeLiteral(condition.startsWith);
  return { forSite: where.filter(canAsk), forUs: where.filter((condition) => !canAsk(condition)) };
}

/** Far below the 16 KB that http.sys allows for a request line and its headers. */
const LONGEST_FILTER_CHARACTERS = 6_000;

/** Cuts the longest `oneOf` so that no part has more than so many values. */
export function cutIntoParts(where: readonly Condition[], longest: number): readonly QueryPart[] {
  const cut = longestList(where);
  if (cut === undefined) return [{ where, skip: 0, askedFrom: 0, nextLink: undefined }];
  const others = where.filter((condition) => condition !== cut);
  return chunks(cut.oneOf, longest).map((oneOf) => ({
    where: [...others, { property: cut.property, oneOf }],
    skip: 0,
    askedFrom: 0,
    nextLink: undefined,
  }));
}

/** How many values the longest list of a part has; 1 for a part without any list. */
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

function chunks(values: readonly Scalar[], longest: number): readonly (readonly [Scalar, ...Scalar[]])[] {
  const result: [Scalar, ...Scalar[]][] = [];
  let characters = 0;
  for (const value of values) {
    const last = result.at(-1);
    characters += literal(value).length;
    if (last === undefined || last.length >= longest || characters > LONGEST_FILTER_CHARACTERS) {
      result.push([value]);
      characters = literal(value).length;
    } else {
      last.push(value);
    }
  }
  return result;
}

/** The GET of a part's next page. */
export function pageRequest(
  address: ServiceAddress,
  query: Query,
  properties: readonly string[],
  part: QueryPart,
  label: string,
): HttpRequest {
  const options = [
    ...(part.where.length === 0 ? [] : [`$filter=${part.where.map(filterText).join('%20and%20')}`]),
    `$select=${properties.map(percentEncode).join(',')}`,
    `$top=${PAGE_SIZE}`,
    ...(part.skip === 0 ? [] : [`$skip=${part.skip}`]),
  ];
  const url = part.nextLink ?? `${address}/wmi/${query.class}?${options.join('&')}`;
  return { method: 'GET', url, body: undefined, label, effect: 'read' };
}

function filterText(condition: Condition): string {
  if ('startsWith' in condition) return `startswith(${condition.property},${literal(condition.startsWith)})`;
  const terms = condition.oneOf.map((value) => `${condition.property}%20eq%20${literal(value)}`);
  return terms.length === 1 ? terms.join('') : `(${terms.join('%20or%20')})`;
}

/**
 * Whether a row fulfils the conditions that the site could not be asked about. Text is compared without regard to
 * case, as the site's database does.
 */
export function fulfils(row: Instance, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) => {
    const value = row.get(condition.property.toLowerCase());
    if ('startsWith' in condition) {
      return typeof value === 'string' && folded(value).startsWith(folded(condition.startsWith));
    }
    return condition.oneOf.some((wanted) =>
      typeof wanted === 'string' && typeof value === 'string'
        ? folded(wanted) === folded(value)
        : wanted === value,
    );
  });
}

function folded(text: string): string {
  return text.toLowerCase();
}
