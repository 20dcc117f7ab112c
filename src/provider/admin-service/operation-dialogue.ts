import { fulfils, longestListOf, splitConditions } from '../conditions.js';
import type { Instance, JsonValue } from '../instance.js';
import {
  nameOperation,
  type Get,
  type Operation,
  type Outcome,
  type Query,
  type Refusal,
  type TypedProperties,
  type TypedValue,
} from '../port.js';
import { readEntity, readPage, type Page } from './answer-body.js';
import { diagnose, siteWords, wordsOf } from './answer-diagnosis.js';
import { notTheService } from './foreign-answer.js';
import { isSuccess, type HttpAnswer, type HttpRequest } from './http-exchange.js';
import type { LoginExamination } from './login-examination.js';
import { findClass } from './metadata-document.js';
import { canBeLiteral, keySegment } from './odata-literal.js';
import { cutIntoParts, pageRequest, PAGE_SIZE, type QueryPart } from './query-request.js';
import type { LoginKind, ServiceAddress } from './service-address.js';

/**
 * One operation as a conversation with the site: yields the requests that can go out together, is given their
 * answers in the same order, and returns the outcome. The connection sends those of all operations of a batch
 * in one curl process.
 */
export type Dialogue = Generator<readonly HttpRequest[], Outcome<unknown>, readonly HttpAnswer[]>;

/** What a connection knows, and what its dialogues learn for those after them. */
export interface DialogueContext {
  readonly address: ServiceAddress;
  readonly login: LoginKind;
  /** How many values a filter on a class may list; halved where a site refuses a long filter. */
  readonly filterLengths: Map<string, number>;
  /** Whether the site took the login of any request so far. */
  wasAccepted: boolean;
  /** What was found out about the first login that was refused. */
  examination: LoginExamination | undefined;
  /** `$metadata`, several megabytes on a real site, once it was fetched. */
  metadata: string | undefined;
}

const FIRST_FILTER_LENGTH = 50;
/** Far over what a site holds of anything this product lists; stops a chain of pages that leads nowhere. */
const MOST_ROUNDS = 2_000;
const MOST_ROWS = 200_000;
/** No site is thought to put fewer rows than this into one answer by itself. */
const SMALLEST_SITE_PAGE = 100;

export function converse(operation: Operation, context: DialogueContext): Dialogue {
  switch (operation.verb) {
    case 'query':
      return query(operation, context);
    case 'describe':
      return describe(operation, context);
    case 'get':
    case 'create':
    case 'update':
    case 'delete':
    case 'invoke':
      return single(operation, context);
  }
}

type SingleRequestOperation = Exclude<Operation, { verb: 'query' | 'describe' }>;

function* single(operation: SingleRequestOperation, context: DialogueContext): Dialogue {
  const [answer] = yield [requestFor(operation, context.address)];
  return singleOutcome(operation, answer ?? { kind: 'not-attempted' }, context);
}

/** The one request of an operation that needs no more. */
export function requestFor(operation: SingleRequestOperation, address: ServiceAddress): HttpRequest {
  const url = `${address}/wmi/${operation.class}`;
  const label = nameOperation(operation);
  switch (operation.verb) {
    case 'get':
      return { method: 'GET', url: url + keySegment(operation.key), body: undefined, label, effect: 'read' };
    case 'create': {
      const effect = operation.keyFrom === 'site' ? 'write-once' : 'write';
      return { method: 'POST', url, body: jsonBody(operation.properties), label, effect };
    }
    case 'update': {
      const body = jsonBody({ ...operation.key, ...operation.properties });
      return { method: 'PUT', url: url + keySegment(operation.key), body, label, effect: 'write' };
    }
    case 'delete':
      return {
        method: 'DELETE',
        url: url + keySegment(operation.key),
        body: undefined,
        label,
        effect: 'write',
      };
    case 'invoke': {
      // A method without parameters needs `{}`: without a body the answer is 411.
      const body = jsonBody(operation.arguments);
      return { method: 'POST', url: `${url}.${operation.method}`, body, label, effect: 'write' };
    }
  }
}

function jsonBody(properties: TypedProperties): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(properties).map(([name, { value }]) => [name, value])),
  );
}

export function singleOutcome(
  operation: SingleRequestOperation,
  answer: HttpAnswer,
  context: DialogueContext,
): Outcome<Instance | undefined> {
  if (!isSuccess(answer)) return withoutSuccess(answer, operation, context);
  switch (operation.verb) {
    case 'get': {
      const [only, ...more] = readPage(answer.body)?.rows ?? [];
      if (only !== undefined && more.length === 0) return { state: 'done', result: only };
      return { state: 'refused', refusal: unreadable(answer.body, operation, context) };
    }
    case 'create':
    case 'invoke': {
      const entity = readEntity(answer.body);
      // Something said yes, but hardly the administration service: whether the site did it has to be looked up.
      if (entity === undefined)
        return { state: 'unknown', refusal: unreadable(answer.body, operation, context) };
      return { state: 'done', result: entity };
    }
    case 'update':
    case 'delete':
      if (readEntity(answer.body) === undefined) {
        return { state: 'unknown', refusal: unreadable(answer.body, operation, context) };
      }
      return { state: 'done', result: undefined };
  }
}

function* query(operation: Query, context: DialogueContext): Dialogue {
  const { forSite, forUs } = splitConditions(operation.where, canBeLiteral);
  const properties = [...new Set([...operation.properties, ...forUs.map(({ property }) => property)])];
  const rows: Instance[] = [];
  const longest = context.filterLengths.get(operation.class) ?? FIRST_FILTER_LENGTH;
  let parts = cutIntoParts(forSite, Math.min(longest, valuesForOnePage(operation)));
  let knownToAnswer = false;

  for (let round = 0; parts.length > 0; round++) {
    if (round >= MOST_ROUNDS || rows.length > MOST_ROWS)
      return { state: 'refused', refusal: endlessPages(operation, context) };
    const asked = parts;
    const answers = yield asked.map((part, index) =>
      pageRequest(
        context.address,
        operation,
        properties,
        part,
        partLabel(operation, part, index, asked.length),
      ),
    );
    const { pages, refused } = sortAnswers(asked, answers);
    const following = pages.flatMap(
      ({ part, page }) => followingPart(operation, part, page, context.address) ?? [],
    );
    const strange = following.find(
      ({ nextLink }) => nextLink !== undefined && !isOfService(nextLink, context.address),
    );
    if (strange !== undefined)
      return { state: 'refused', refusal: strangeNextLink(strange, operation, context) };
    rows.push(...pages.flatMap(({ page }) => page.rows.filter((row) => fulfils(row, forUs))));

    if (operation.isOneEnough === true && rows.length > 0) break;
    const [first] = refused;
    if (first === undefined) {
      parts = following;
      continue;
    }
    if (!refused.every(isPerhapsTooLong)) return withoutSuccess(first.answer, operation, context);
    // One value alone tells a filter that is too long from a class that is denied, before 300 requests are spent.
    knownToAnswer ||= yield* answersShortFilter(operation, properties, first.part, context);
    if (!knownToAnswer) return withoutSuccess(first.answer, operation, context);
    const half = Math.max(
      1,
      Math.floor(Math.max(...refused.map(({ part }) => longestListOf(part.where))) / 2),
    );
    context.filterLengths.set(operation.class, half);
    parts = [...following, ...refused.flatMap(({ part }) => cutIntoParts(part.where, half))];
  }
  return operation.readEach === undefined
    ? { state: 'done', result: rows }
    : yield* readEachRow(operation, operation.readEach, rows, context);
}

/** The first that cannot be read ends the query: a part of the rows would look like all of them. */
function* readEachRow(
  operation: Query,
  { key, cim }: NonNullable<Query['readEach']>,
  rows: readonly Instance[],
  context: DialogueContext,
): Dialogue {
  const reads = rows.flatMap((row): readonly Get[] => {
    const typed = keyValue(row.get(key.toLowerCase()), cim);
    return typed === undefined ? [] : [{ verb: 'get', class: operation.class, key: { [key]: typed } }];
  });
  if (reads.length < rows.length) {
    const without = `rows without their key ${key}`;
    return { state: 'refused', refusal: unreadable(without, operation, context) };
  }
  if (reads.length === 0) return { state: 'done', result: [] };
  const answers = yield reads.map((read) => requestFor(read, context.address));
  const result: Instance[] = [];
  for (const [place, read] of reads.entries()) {
    const outcome = singleOutcome(read, answers[place] ?? { kind: 'not-attempted' }, context);
    if (outcome.state !== 'done') return outcome;
    if (outcome.result !== undefined) result.push(outcome.result);
  }
  return { state: 'done', result };
}

function keyValue(value: JsonValue | undefined, cim: 'string' | 'uint32'): TypedValue | undefined {
  if (cim === 'string') return typeof value === 'string' ? { cim, value } : undefined;
  return typeof value === 'number' ? { cim, value } : undefined;
}

/** Parts go out at once, while each further page of a part takes a process of its own. */
function valuesForOnePage({ rowsForEach = 1, areRowsExpected = false }: Query): number {
  return !areRowsExpected ? Infinity : Math.max(1, Math.floor(PAGE_SIZE / Math.max(1, rowsForEach)));
}

interface RefusedPart {
  readonly part: QueryPart;
  readonly answer: HttpAnswer;
}

function sortAnswers(
  asked: readonly QueryPart[],
  answers: readonly HttpAnswer[],
): { readonly pages: readonly { part: QueryPart; page: Page }[]; readonly refused: readonly RefusedPart[] } {
  const pages: { part: QueryPart; page: Page }[] = [];
  const refused: RefusedPart[] = [];
  for (const [index, part] of asked.entries()) {
    const answer = answers[index] ?? { kind: 'not-attempted' };
    const page = isSuccess(answer) ? readPage(answer.body) : undefined;
    if (page === undefined) refused.push({ part, answer });
    else pages.push({ part, page });
  }
  return { pages, refused };
}

function* answersShortFilter(
  operation: Query,
  properties: readonly string[],
  part: QueryPart,
  context: DialogueContext,
): Generator<readonly HttpRequest[], boolean, readonly HttpAnswer[]> {
  const probes = cutIntoParts(part.where, 1).slice(0, 1);
  const label = `${nameOperation(operation)} (a short filter)`;
  const [answer] = yield probes.map((probe) =>
    pageRequest(context.address, operation, properties, probe, label),
  );
  return answer !== undefined && isSuccess(answer);
}

/** Whether a shorter filter may help: only a first page can be asked again in smaller parts. */
function isPerhapsTooLong({ part, answer }: RefusedPart): boolean {
  const statuses = [400, 404, 414, 431];
  const inFullLength = part.skip === 0 && part.nextLink === undefined && longestListOf(part.where) > 1;
  return inFullLength && answer.kind === 'answered' && statuses.includes(answer.status);
}

/**
 * Where to go on after a page. How many rows a site puts into one answer is not known, so that a page shorter than asked
 * for is the last one only when it is too short to be the site's own size, or when no more rows can exist.
 */
function followingPart(
  operation: Query,
  part: QueryPart,
  page: Page,
  address: ServiceAddress,
): QueryPart | undefined {
  const skip = part.skip + page.rows.length;
  if (page.nextLink !== undefined) return { ...part, skip, nextLink: absolute(page.nextLink, address) };
  const most = (operation.rowsForEach ?? Infinity) * longestListOf(part.where);
  // A chain of links ends where we asked it to end, too: our $top counts over all of it.
  const enough = part.nextLink === undefined ? SMALLEST_SITE_PAGE : PAGE_SIZE;
  const isLast = skip >= most || skip - part.askedFrom < enough;
  return isLast ? undefined : { ...part, skip, askedFrom: skip, nextLink: undefined };
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

function partLabel(operation: Query, part: QueryPart, index: number, parts: number): string {
  const which = [
    ...(parts > 1 ? [`part ${index + 1} of ${parts}`] : []),
    ...(part.skip > 0 ? [`from row ${part.skip + 1}`] : []),
  ];
  return nameOperation(operation) + (which.length > 0 ? ` (${which.join(', ')})` : '');
}

function* describe(operation: Operation & { verb: 'describe' }, context: DialogueContext): Dialogue {
  if (context.metadata === undefined) {
    const url = `${context.address}/wmi/$metadata`;
    const label = nameOperation(operation);
    const [answer] = yield [{ method: 'GET', url, body: undefined, label, effect: 'read' }];
    if (answer === undefined || !isSuccess(answer)) {
      return withoutSuccess(answer ?? { kind: 'not-attempted' }, operation, context);
    }
    context.metadata = answer.body;
  }
  try {
    return { state: 'done', result: findClass(context.metadata, operation.class) };
  } catch {
    return { state: 'refused', refusal: unreadable(context.metadata, operation, context) };
  }
}

/** A gateway may answer so although the request had reached the provider. */
const REQUEST_TIMEOUT = 408;

/** The outcome of an operation whose answer is not a success. */
function withoutSuccess(answer: HttpAnswer, operation: Operation, context: DialogueContext): Outcome<never> {
  // An answer that was a success and got here could not be read.
  const refusal = isSuccess(answer)
    ? unreadable(answer.body, operation, context)
    : refusalOf(answer, operation, context);
  if (operation.verb === 'query' || operation.verb === 'get' || operation.verb === 'describe') {
    return { state: 'refused', refusal };
  }
  switch (answer.kind) {
    case 'not-attempted':
      return { state: 'not-attempted', refusal: undefined };
    case 'no-answer':
      return answer.sent ? { state: 'unknown', refusal } : { state: 'not-attempted', refusal };
    case 'answered':
      // A server that failed, or a gateway that gave up on it, does not say whether the provider did what it was asked.
      return answer.status >= 500 || answer.status === REQUEST_TIMEOUT
        ? { state: 'unknown', refusal }
        : { state: 'refused', refusal };
  }
}

function refusalOf(answer: HttpAnswer, operation: Operation, context: DialogueContext): Refusal {
  const name = nameOperation(operation);
  const diagnosis = diagnose(answer, { ...context, operation: capitalised(name) });
  return { operation: name, words: wordsOf(answer), diagnosis };
}

function unreadable(body: string, operation: Operation, context: DialogueContext): Refusal {
  const name = nameOperation(operation);
  const words = siteWords(body).slice(0, 200);
  const what = `${capitalised(name)}: ${context.address} answered what cannot be read${words === '' ? '' : `: ${words}`}.`;
  return { operation: name, words, diagnosis: notTheService(what, { ...context, operation: name }) };
}

function strangeNextLink(
  { nextLink: link = '' }: QueryPart,
  operation: Query,
  context: DialogueContext,
): Refusal {
  const name = nameOperation(operation);
  const shown = link.slice(0, 200);
  const what = `${capitalised(name)}: the answer sends us on to ${shown}, which is not under ${context.address}; not followed.`;
  return { operation: name, words: shown, diagnosis: notTheService(what, { ...context, operation: name }) };
}

function endlessPages(operation: Query, context: DialogueContext): Refusal {
  const name = nameOperation(operation);
  const what = `${capitalised(name)}: ${context.address} sends page after page without an end.`;
  return { operation: name, words: '', diagnosis: notTheService(what, { ...context, operation: name }) };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
