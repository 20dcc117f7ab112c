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
  try {
    // A byte order mark is no part of JSON, but some .NET writers begin with one.
    const parsed = JSON.parse(body.replace(/^\uFEFF/, '')) as JsonValue;
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
