import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import { fulfils, longestListOf, splitConditions, termsOf } from '../conditions.js';
import type { Instance, JsonValue } from '../instance.js';
import { nameOperation, type Condition, type Get, type Outcome, type Query } from '../port.js';
import type { KeyValue } from '../cim-value.js';
import { noteRows, type Dialogue, type DialogueContext } from './dialogue.js';
import { isSuccess, type HttpAnswer, type HttpRequest } from './http-exchange.js';
import { stepAfter, type PartStep } from './next-pages.js';
import { canBeLiteral } from './odata-literal.js';
import {
  cutIntoParts,
  PAGE_SIZE,
  pageRequests,
  shortRequest,
  type AskedQuery,
  type FilterLimits,
  type QueryPart,
} from './query-request.js';
import { endlessPages, strangeNextLink, unreadable, withoutSuccess } from './refused-operation.js';
import { requestFor, singleOutcome } from './single-request.js';

const FIRST_FILTER_VALUES = 50;
const FIRST_FILTER_TERMS = 100;
/** Far over what a site holds of anything this product lists; stops a chain of pages that leads nowhere. */
const MOST_ROUNDS = 2_000;
const MOST_ROWS = 200_000;

/** The conversation of a query: all its parts at once, page after page, and with them the reads of rows by their keys. */
export function* queryRows(operation: Query, context: DialogueContext): Dialogue {
  const { forSite, forUs } = splitConditions(operation.where, canBeLiteral);
  const asked = askedQuery(operation, forUs, context);
  const found: Instance[] = [];
  const read: Instance[] = [];
  let toRead: readonly Instance[] = [];
  let parts = cutIntoParts(asked, forSite, limitsFor(operation, context));
  let knownToAnswer = false;

  for (let round = 0; parts.length + toRead.length > 0; round++) {
    if (round >= MOST_ROUNDS || found.length > MOST_ROWS) return refusedBy(endlessPages(operation, context));
    const reads = readsOf(operation, toRead);
    if (reads === undefined) {
      const without = `rows without their key ${operation.withLazyProperties?.key ?? ''}`;
      return refusedBy(unreadable(without, operation, context));
    }
    const pages = parts.map((part, index) =>
      pageRequests(asked, part, partLabel(operation, part, index, parts.length)),
    );
    const answers = yield [...pages.flat(), ...reads.map((get) => requestFor(get, context.address))];
    noteRows(answers, context);

    const unread = takeObjects(reads, answers.slice(answers.length - reads.length), read, context);
    if (unread !== undefined) return unread;
    const limits = limitsFor(operation, context);
    const steps = stepsOf(parts, pages, answers, (part, own) => stepAfter(asked, part, own, context, limits));
    const astray = ledAstray(steps, operation, context);
    if (astray !== undefined) return astray;
    const taken = steps.filter((step) => step.kind === 'rows');
    const rows = taken.flatMap((step) => step.rows.filter((row) => fulfils(row, forUs)));
    found.push(...rows);
    toRead = operation.withLazyProperties === undefined ? [] : rows;
    parts = taken.flatMap(({ next }) => next);
    if (isOneEnough(operation) && found.length > 0) break;

    const refused = steps.filter((step) => step.kind === 'refused');
    const [first] = refused;
    if (first === undefined) continue;
    if (!refused.every(isPerhapsTooLong)) return withoutSuccess(first.answer, operation, context);
    // A filter that is too long is told from a class that is denied by one short question, before 300 requests are spent.
    knownToAnswer ||= yield* answersShortFilter(asked, first.part);
    if (!knownToAnswer) return withoutSuccess(first.answer, operation, context);
    const half = Math.floor(Math.max(...refused.map(({ part }) => termsOf(part.where))) / 2);
    context.filterLengths.set(operation.class, half);
    const smaller = limitsFor(operation, context);
    parts = [
      ...parts,
      ...refused.flatMap(({ part }) => cutIntoParts(asked, part.where, smaller, part.isAskedAgain)),
    ];
  }
  return { state: 'done', result: resultOf(operation, found, read) };
}

function resultOf(
  operation: Query,
  found: readonly Instance[],
  read: readonly Instance[],
): readonly Instance[] {
  return operation.withLazyProperties === undefined ? found.map(onlyNamed(operation)) : read;
}

/** Adds the objects that were read by their keys; the first that cannot be read ends the query: a part of the rows would look like all of them. */
function takeObjects(
  reads: readonly Get[],
  answers: readonly HttpAnswer[],
  objects: Instance[],
  context: DialogueContext,
): Outcome<unknown> | undefined {
  for (const [place, get] of reads.entries()) {
    const outcome = singleOutcome(get, answers[place] ?? NOT_ATTEMPTED, context);
    if (outcome.state !== 'done') return outcome;
    if (outcome.result !== undefined) objects.push(outcome.result);
  }
  return undefined;
}

function ledAstray(
  steps: readonly PartStep[],
  operation: Query,
  context: DialogueContext,
): Outcome<never> | undefined {
  const strange = steps.find((step) => step.kind === 'strange-link');
  if (strange !== undefined) return refusedBy(strangeNextLink(strange.link, operation, context));
  const isEndless = steps.some(({ kind }) => kind === 'endless');
  return isEndless ? refusedBy(endlessPages(operation, context)) : undefined;
}

const NOT_ATTEMPTED: HttpAnswer = { kind: 'not-attempted' };

function refusedBy(diagnosis: Diagnosis): Outcome<never> {
  return { state: 'refused', diagnosis };
}

function askedQuery(operation: Query, forUs: readonly Condition[], { address }: DialogueContext): AskedQuery {
  const compared = forUs.map(({ property }) => property);
  return {
    operation,
    address,
    properties: [...new Set([...operation.properties, ...compared, ...operation.key])],
    pageRows: isOneEnough(operation) && forUs.length === 0 ? 1 : PAGE_SIZE,
  };
}

function isOneEnough({ rows }: Query): boolean {
  return rows?.kind === 'one-is-enough';
}

/** The key was asked for so that every row comes, and is no part of the result where it was not named. */
function onlyNamed({ properties }: Query): (row: Instance) => Instance {
  const named = new Set(properties.map((property) => property.toLowerCase()));
  return (row) =>
    row.size === named.size ? row : new Map([...row].filter(([property]) => named.has(property)));
}

function limitsFor(operation: Query, { filterLengths }: DialogueContext): FilterLimits {
  const { rows } = operation;
  // Parts go out at once, while each further page of a part takes a process of its own.
  const forOnePage =
    rows?.kind === 'exactly' ? Math.max(1, Math.floor(PAGE_SIZE / Math.max(1, rows.forEachValue))) : Infinity;
  return {
    values: Math.min(FIRST_FILTER_VALUES, forOnePage),
    terms: filterLengths.get(operation.class) ?? FIRST_FILTER_TERMS,
  };
}

/** Undefined where a row has no key to be read by. */
function readsOf(operation: Query, rows: readonly Instance[]): readonly Get[] | undefined {
  const { withLazyProperties } = operation;
  if (withLazyProperties === undefined) return [];
  const { key, cim } = withLazyProperties;
  const reads = rows.flatMap((row): readonly Get[] => {
    const typed = keyValue(row.get(key.toLowerCase()), cim);
    return typed === undefined
      ? []
      : [{ verb: 'get', class: operation.class, key: { [key]: typed }, decode: asItIs }];
  });
  return reads.length < rows.length ? undefined : reads;
}

/** The query decodes its rows, whichever way they came. */
function asItIs(row: Instance): Instance {
  return row;
}

function keyValue(value: JsonValue | undefined, cim: 'string' | 'uint32'): KeyValue | undefined {
  if (cim === 'string') return typeof value === 'string' ? { cim, value } : undefined;
  return typeof value === 'number' ? { cim, value } : undefined;
}

/** Hands to each part the responses to its own requests. */
function stepsOf(
  parts: readonly QueryPart[],
  pages: readonly (readonly HttpRequest[])[],
  answers: readonly HttpAnswer[],
  step: (part: QueryPart, own: readonly HttpAnswer[]) => PartStep,
): readonly PartStep[] {
  let first = 0;
  return parts.map((part, index) => {
    const count = pages[index]?.length ?? 0;
    const own = Array.from({ length: count }, (_, place) => answers[first + place] ?? NOT_ATTEMPTED);
    first += count;
    return step(part, own);
  });
}

function* answersShortFilter(
  asked: AskedQuery,
  part: QueryPart,
): Generator<readonly HttpRequest[], boolean, readonly HttpAnswer[]> {
  const label = `${nameOperation(asked.operation)} (a short filter)`;
  const [answer] = yield [shortRequest(asked, part, label)];
  return answer !== undefined && isSuccess(answer);
}

/** What a service says to a URL or a filter that it finds too long, as far as it says anything. */
const STATUSES_OF_LONG_FILTERS: readonly number[] = [400, 404, 413, 414, 431];

/** Whether a shorter filter may help: only a first page can be asked again in smaller parts. */
function isPerhapsTooLong({ part, answer }: PartStep & { kind: 'refused' }): boolean {
  const isWhole = part.skip === 0 && part.nextLink === undefined && longestListOf(part.where) > 1;
  if (!isWhole) return false;
  if (answer.kind === 'answered') {
    return STATUSES_OF_LONG_FILTERS.includes(answer.status) || answer.status >= 500;
  }
  return answer.kind === 'no-answer' && answer.because === 'transfer' && answer.sent;
}

function partLabel(operation: Query, part: QueryPart, index: number, parts: number): string {
  const which = [
    ...(parts > 1 ? [`part ${index + 1} of ${parts}`] : []),
    ...(part.skip > 0 ? [`from row ${part.skip + 1}`] : []),
  ];
  return nameOperation(operation) + (which.length > 0 ? ` (${which.join(', ')})` : '');
}
