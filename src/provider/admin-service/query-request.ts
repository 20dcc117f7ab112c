import { cutConditions } from '../conditions.js';
import type { Condition, Query, Scalar } from '../port.js';
import type { HttpRequest } from './http-exchange.js';
import { literal, percentEncode } from './odata-literal.js';
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

/** Far below the 16 KB that http.sys allows for a request line and its headers. */
const LONGEST_FILTER_CHARACTERS = 6_000;

/** Cuts the longest `oneOf` so that no part has more than so many values. */
export function cutIntoParts(where: readonly Condition[], longest: number): readonly QueryPart[] {
  const limits = {
    values: longest,
    characters: LONGEST_FILTER_CHARACTERS,
    lengthOf: (value: Scalar) => literal(value).length,
  };
  return cutConditions(where, limits).map((part) => ({
    where: part,
    skip: 0,
    askedFrom: 0,
    nextLink: undefined,
  }));
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
