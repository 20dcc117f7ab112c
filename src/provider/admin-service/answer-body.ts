import { instanceOf, type Instance, type JsonValue } from '../instance.js';

type JsonObject = Readonly<Record<string, JsonValue>>;

/** One page of a list. */
export interface Page {
  readonly rows: readonly Instance[];
  readonly nextLink: string | undefined;
}

/** `{"value":[…]}` of a list or of a read by key; undefined for anything else. */
export function readPage(body: string): Page | undefined {
  const parsed = parseObject(body);
  const value = parsed?.['value'];
  if (parsed === undefined || !isArray(value) || !value.every(isObject)) return undefined;
  const nextLink = parsed['@odata.nextLink'];
  return { rows: value.map(instanceOf), nextLink: typeof nextLink === 'string' ? nextLink : undefined };
}

/** The bare object that a create or a method answers with; an empty body is an object without properties. */
export function readEntity(body: string): Instance | undefined {
  if (body.trim() === '') return instanceOf({});
  const parsed = parseObject(body);
  return parsed === undefined ? undefined : instanceOf(parsed);
}

export function isJson(body: string): boolean {
  return parseObject(body) !== undefined;
}

function parseObject(body: string): JsonObject | undefined {
  if (!isOfUsualBuild(body)) return undefined;
  try {
    // A byte order mark is no part of JSON, but some .NET writers begin with one.
    const parsed = JSON.parse(body.replace(/^\uFEFF/, '')) as JsonValue;
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Far over 1,000 rows with all their properties, and a hundredth of what a hostile answer could hold. */
const MOST_VALUES = 2_000_000;
const DEEPEST = 100;

/**
 * Whether a text can be made into objects without harm: thirty megabytes of `{},{},` take gigabytes of memory. Only
 * counts; what is no JSON at all is found by the parser.
 */
function isOfUsualBuild(body: string): boolean {
  let values = 0;
  let depth = 0;
  for (let at = 0; at < body.length; at++) {
    const character = body.charCodeAt(at);
    if (character === QUOTE) at = endOfText(body, at);
    else if (character === COMMA) values++;
    else if (character === OPENING_BRACE || character === OPENING_BRACKET) {
      values++;
      depth++;
    } else if (character === CLOSING_BRACE || character === CLOSING_BRACKET) depth--;
    if (values > MOST_VALUES || depth > DEEPEST) return false;
  }
  return true;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPENING_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** The place of the quote that ends the text which begins at a place; the end of the body where there is none. */
function endOfText(body: string, begin: number): number {
  for (let at = begin + 1; at < body.length; at++) {
    const character = body.charCodeAt(at);
    if (character === QUOTE) return at;
    if (character === BACKSLASH) at++;
  }
  return body.length;
}

function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
