import { cutConditions } from '../conditions.js';
import type { Instance } from '../instance.js';
import type { Condition, Query } from '../port.js';
import type { Scalar } from '../cim-value.js';
import type { HttpRequest } from './http-exchange.js';
import { literal, percentEncode } from './odata-literal.js';
import type { ServiceAddress } from './service-address.js';

/** Rows asked for in one request, where more than one matters. */
export const PAGE_SIZE = 1_000;

/** A query, and what all of its requests have in common. */
export interface AskedQuery {
  readonly operation: Query;
  readonly address: ServiceAddress;
  /** Those of the operation, its key, and those that are compared on this side. */
  readonly properties: readonly string[];
  /** Rows asked for in one request. */
  readonly pageRows: number;
}

/** A part of a query that fits into one request, and the place in its rows to go on from. */
export interface QueryPart {
  readonly where: readonly Condition[];
  /** Rows that have come already. */
  readonly skip: number;
  /** The first row of the latest request that was ours, and not a link of the site's. */
  readonly askedFrom: number;
  /** The site's own address of the next page, once it gave one. */
  readonly nextLink: string | undefined;
  /** How many pages go out at once, and the rows of each. */
  readonly pages: { readonly count: number; readonly rows: number };
  /** Whether these are the keys that an earlier response lacked. */
  readonly isAskedAgain: boolean;
  readonly sofar: PagesSoFar;
}

/** What the pages of one part have brought. */
export interface PagesSoFar {
  readonly rows: Instance[];
  readonly links: Set<string>;
  /** The rows as texts, once there is a second page. */
  seen: Set<string> | undefined;
}

/** Far below the 16 KB that http.sys allows for a request line and its headers, of which a login can be the larger part. */
const LONGEST_URL_CHARACTERS = 8_000;
const LONGEST_SKIP = '&$skip=1000000'.length;

/** Most values of a list, and most comparisons of a filter. */
export interface FilterLimits {
  readonly values: number;
  readonly terms: number;
}

/** Cuts the lists of the conditions so that each part fits into one request. */
export function cutIntoParts(
  asked: AskedQuery,
  where: readonly Condition[],
  limits: FilterLimits,
  isAskedAgain = false,
): readonly QueryPart[] {
  const fixed = pageUrl(asked, [], 0, PAGE_SIZE).length + LONGEST_SKIP;
  const parts = cutConditions(where, {
    ...limits,
    characters: LONGEST_URL_CHARACTERS - fixed,
    lengthOf: (property, value) => `${termText(property, value)}${OR}`.length,
  });
  return parts.map((part) => ({
    where: part,
    skip: 0,
    askedFrom: 0,
    nextLink: undefined,
    pages: { count: 1, rows: asked.pageRows },
    isAskedAgain,
    sofar: { rows: [], links: new Set(), seen: undefined },
  }));
}

/** The GETs of a part's next pages. */
export function pageRequests(asked: AskedQuery, part: QueryPart, label: string): readonly HttpRequest[] {
  const { count, rows } = part.pages;
  return Array.from({ length: count }, (_, place) => {
    const url = part.nextLink ?? pageUrl(asked, part.where, part.skip + place * rows, rows);
    return { method: 'GET', url, body: undefined, label, effect: 'read' };
  });
}

/** The same question with one value of each list: is the filter too long, or the answer no? */
export function shortRequest(asked: AskedQuery, part: QueryPart, label: string): HttpRequest {
  const short = part.where.map(({ property, oneOf }): Condition => ({ property, oneOf: [oneOf[0]] }));
  const url = pageUrl(asked, short, 0, asked.pageRows);
  return { method: 'GET', url, body: undefined, label, effect: 'read', isSentOnce: true };
}

/**
 * The whole key is selected and ordered by: rows come in any order otherwise, so that a page could repeat what another
 * had, and a site was seen to return one row instead of all (docs/configmgr.md, "Query options of the administration service").
 */
function pageUrl(
  { operation, address, properties }: AskedQuery,
  where: readonly Condition[],
  skip: number,
  top: number,
): string {
  const options = [
    ...(where.length === 0 ? [] : [`$filter=${where.map(filterText).join('%20and%20')}`]),
    `$select=${properties.map(percentEncode).join(',')}`,
    `$orderby=${operation.key.map(percentEncode).join(',')}`,
    `$top=${top}`,
    ...(skip === 0 ? [] : [`$skip=${skip}`]),
  ];
  return `${address}/wmi/${operation.class}?${options.join('&')}`;
}

const OR = '%20or%20';

function filterText(condition: Condition): string {
  const terms = condition.oneOf.map((value) => termText(condition.property, value));
  return terms.length === 1 ? terms.join('') : `(${terms.join(OR)})`;
}

function termText(property: string, value: Scalar): string {
  return `${property}%20eq%20${literal(value)}`;
}
