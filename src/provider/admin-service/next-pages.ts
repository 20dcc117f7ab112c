import { nonEmpty } from '../../collections/non-empty.js';
import { isSameText, longestListOf } from '../conditions.js';
import type { Instance } from '../instance.js';
import type { Condition, Query } from '../port.js';
import type { Scalar } from '../cim-value.js';
import { pageOf, type Page } from './answer-body.js';
import type { DialogueContext } from './dialogue.js';
import type { HttpAnswer } from './http-exchange.js';
import {
  cutIntoParts,
  PAGE_SIZE,
  type AskedQuery,
  type FilterLimits,
  type QueryPart,
} from './query-request.js';
import type { ServiceAddress } from './service-address.js';

/** What the responses to the requests of one part come to. */
export type PartStep =
  | { readonly kind: 'rows'; readonly rows: readonly Instance[]; readonly next: readonly QueryPart[] }
  | { readonly kind: 'refused'; readonly part: QueryPart; readonly answer: HttpAnswer }
  | { readonly kind: 'strange-link'; readonly link: string }
  | { readonly kind: 'endless' };

/** So many pages of one list go out at once, once a service has shown how many rows it puts into one. */
const MOST_PAGES_AT_ONCE = 16;

/** Takes the rows out of the responses to a part, and decides what of it is still to be asked for. */
export function stepAfter(
  asked: AskedQuery,
  part: QueryPart,
  answers: readonly HttpAnswer[],
  context: DialogueContext,
  limits: FilterLimits,
): PartStep {
  const rows: Instance[] = [];
  let came = 0;
  for (const [place, answer] of answers.entries()) {
    const page = pageOf(answer);
    if (page === undefined) return { kind: 'refused', part, answer };
    const fresh = unseen(page.rows, part);
    if (fresh.length === 0 && page.rows.length > 0) return { kind: 'endless' };
    part.sofar.rows.push(...fresh);
    rows.push(...fresh);
    came += page.rows.length;
    if (part.pages.count === 1) return afterPage(asked, part, page, rows, context, limits);
    if (page.rows.length < part.pages.rows) {
      // A later page that is empty proves that this one was the last; a gap before one with rows has to be filled.
      const isLast = answers.slice(place + 1).every((later) => pageOf(later)?.rows.length === 0);
      const rest = isLast ? [] : [goingOn(part, came, { count: 1, rows: PAGE_SIZE })];
      return {
        kind: 'rows',
        rows,
        next: place + 1 < answers.length ? rest : afterShort(part, came, page, context),
      };
    }
  }
  const count = Math.min(part.pages.count * 2, MOST_PAGES_AT_ONCE);
  return { kind: 'rows', rows, next: [goingOn(part, came, { ...part.pages, count })] };
}

/** The last of several pages asked for at once is short: the service has shown a larger one, or it is empty. */
function afterShort(
  part: QueryPart,
  came: number,
  page: Page,
  context: DialogueContext,
): readonly QueryPart[] {
  const isLast = page.rows.length < context.mostRows;
  return isLast ? [] : [goingOn(part, came, { count: 1, rows: PAGE_SIZE })];
}

function afterPage(
  asked: AskedQuery,
  part: QueryPart,
  page: Page,
  rows: readonly Instance[],
  context: DialogueContext,
  limits: FilterLimits,
): PartStep {
  const { address } = asked;
  if (page.nextLink !== undefined) {
    const nextLink = absolute(page.nextLink, address);
    if (!isOfService(nextLink, address)) return { kind: 'strange-link', link: page.nextLink };
    if (part.sofar.links.has(nextLink)) return { kind: 'endless' };
    part.sofar.links.add(nextLink);
    return { kind: 'rows', rows, next: [{ ...part, skip: part.skip + page.rows.length, nextLink }] };
  }
  const keys = keyListOf(asked, part);
  const next =
    keys === undefined ? afterLastLink(asked, part, page, context) : lackingKeys(asked, part, keys, limits);
  return { kind: 'rows', rows, next };
}

/**
 * How many rows a service puts into one response by itself is not known, and it need not say that it left out some. So a
 * short response is the whole list only where this service has shown a larger one, or where no more rows can exist;
 * otherwise the next page has to be empty.
 */
function afterLastLink(
  { operation }: AskedQuery,
  part: QueryPart,
  page: Page,
  context: DialogueContext,
): readonly QueryPart[] {
  const count = page.rows.length;
  const total = part.skip + count;
  const most = mostRowsForEachValue(operation) * longestListOf(part.where);
  // A service that links its pages has told the end. A chain ends where our $top is reached, too: it counts over all of it.
  const isEnd =
    part.nextLink === undefined
      ? count < Math.min(context.mostRows, PAGE_SIZE)
      : total - part.askedFrom < PAGE_SIZE;
  if (count === 0 || total >= most || isEnd) return [];
  // Two pages of one size are the service's own size; then several go out at once.
  const isOwnSize = part.skip > 0 && part.nextLink === undefined && part.skip % count === 0;
  return [goingOn(part, count, isOwnSize ? { count: 2, rows: count } : { count: 1, rows: PAGE_SIZE })];
}

function mostRowsForEachValue({ rows }: Query): number {
  return rows === undefined || rows.kind === 'one-is-enough' ? Infinity : rows.forEachValue;
}

function goingOn(part: QueryPart, came: number, pages: QueryPart['pages']): QueryPart {
  const skip = part.skip + came;
  return { ...part, skip, askedFrom: skip, nextLink: undefined, pages };
}

/** The list of a part that asks for objects by their keys and for nothing else. */
function keyListOf({ operation: { key } }: AskedQuery, { where }: QueryPart): Condition | undefined {
  const [condition, ...others] = where;
  const [name, ...otherNames] = key;
  if (condition === undefined || others.length + otherNames.length > 0) return undefined;
  return condition.property === name ? condition : undefined;
}

/** The keys that did not come are asked for by themselves, until a response brings none of those that it was asked for. */
function lackingKeys(
  asked: AskedQuery,
  part: QueryPart,
  { property, oneOf }: Condition,
  limits: FilterLimits,
): readonly QueryPart[] {
  const came = part.sofar.rows.map((row) => row.get(property.toLowerCase()));
  const numbers = new Set(came.filter((value) => typeof value !== 'string'));
  const texts = came.filter((value) => typeof value === 'string');
  const isThere = (key: Scalar): boolean =>
    typeof key === 'string' ? texts.some((text) => isSameText(text, key)) : numbers.has(key);
  const lacking = nonEmpty(oneOf.filter((key) => !isThere(key)));
  if (lacking === undefined || lacking.length === oneOf.length) return [];
  const where = [{ property, oneOf: lacking }];
  // A second response that lacks keys makes it likely that the service cuts: no more are asked for than it gave.
  const values = part.isAskedAgain ? oneOf.length - lacking.length : limits.values;
  return cutIntoParts(asked, where, { ...limits, values: Math.min(values, limits.values) }, true);
}

/** Rows that no earlier page of the part has brought: one that was made meanwhile moves others to the next page. */
function unseen(rows: readonly Instance[], { sofar, skip }: QueryPart): readonly Instance[] {
  if (skip === 0) return rows;
  const seen = (sofar.seen ??= new Set(sofar.rows.map(identityOf)));
  const fresh = rows.filter((row) => !seen.has(identityOf(row)));
  for (const row of fresh) seen.add(identityOf(row));
  return fresh;
}

function identityOf(row: Instance): string {
  return JSON.stringify([...row]);
}

/** OData allows a link that is relative to the request's own address. */
function absolute(link: string, address: ServiceAddress): string {
  return URL.canParse(link, `${address}/wmi/`) ? new URL(link, `${address}/wmi/`).href : link;
}

/** The login goes with every request: never to another machine because an answer says so. */
function isOfService(nextLink: string, address: ServiceAddress): boolean {
  const prefix = `${address}/wmi/`.toLowerCase();
  return URL.canParse(nextLink) && new URL(nextLink).href.toLowerCase().startsWith(prefix);
}
