import { unauthorized } from './admin-service.js';
import { errorAnswer, jsonAnswer, serverPage, type Answer } from './answer.js';
import { isObject } from './schema-reader.js';
import type { Fault, WrongProperty } from './faults.js';
import { ACCESS_DENIED } from './odata-error.js';

/** What comes in place of the service's own answer; undefined for a fault that leaves the service to do its work. */
export function answerInstead(fault: Fault | undefined, className: string | undefined): Answer | undefined {
  switch (fault?.kind) {
    case 'refuse':
      return errorAnswer(404, ACCESS_DENIED);
    case 'not-found':
      return errorAnswer(404, `No instance of '${className ?? 'the class'}' with the given key was found.`);
    case 'deny-401':
      return unauthorized();
    case 'error-500':
      return errorAnswer(500, 'An error has occurred.');
    case 'html-200':
      return SIGN_IN_PAGE;
    case 'html-502':
      return serverPage(
        502,
        'Bad Gateway',
        'The proxy server did not receive a valid response from upstream.',
      );
    case 'redirect':
      return {
        ...serverPage(302, 'Object moved', 'The object is found elsewhere.'),
        headers: {
          Location: 'location' in fault ? fault.location : 'https://sign-in.example/adfs/ls/?wa=wsignin1.0',
        },
      };
    case 'oversize':
      // More rows than are ever written at once: such an answer goes out piece by piece, without a length.
      return jsonAnswer(200, endlessList(), Number.MAX_SAFE_INTEGER);
    case 'delay':
    case 'slow':
    case 'cut':
    case 'reset':
    case 'restart':
    case 'lose':
    case 'truncate':
    case 'invalid-json':
    case 'wrong-types':
    case undefined:
      return undefined;
  }
}

const SIGN_IN_PAGE: Answer = {
  status: 200,
  contentType: 'text/html; charset=utf-8',
  body: [
    '<!DOCTYPE html><html><head><title>Sign in to continue</title><script>var $Config = {"urlPost": "/login"};' +
      '</script></head><body><h1>Sign in</h1><form method="post"><input name="user"><input name="password" ' +
      'type="password"></form></body></html>\n',
  ],
  rows: 0,
};

/** Well-formed as far as it goes. A piece is larger than any buffer, so that writing waits for the reader. */
function* endlessList(): Generator<string> {
  const row = `{"CI_ID":1,"LocalizedDisplayName":"${'x'.repeat(1000)}"}`;
  const rows = Array.from({ length: 100 }, () => row).join(',');
  yield `{"value":[${row}`;
  for (;;) {
    yield `,${rows}`;
  }
}

/** What a fault makes of the service's own answer. */
export function damagedAnswer(answer: Answer, fault: Fault | undefined): Answer {
  if (fault?.kind === 'invalid-json') {
    return { ...answer, body: [withoutEnd([...answer.body].join(''))] };
  }
  if (fault?.kind === 'wrong-types') {
    const only = 'property' in fault ? fault : undefined;
    return { ...answer, body: [withWrongTypes([...answer.body].join(''), only)] };
  }
  return answer;
}

/** Two thirds of a text: enough to look right at a glance. */
const withoutEnd = (text: string): string => text.slice(0, Math.floor((text.length * 2) / 3));

function withWrongTypes(text: string, only: WrongProperty | undefined): string {
  // `$metadata` is XML, whose values have no types.
  const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
  if (!isObject(parsed)) {
    return text;
  }
  const rows = parsed['value'];
  return JSON.stringify(
    Array.isArray(rows)
      ? { ...parsed, value: (rows as unknown[]).map((row) => (isObject(row) ? damagedRow(row, only) : row)) }
      : damagedRow(parsed, only),
  );
}

function damagedRow(row: Readonly<Record<string, unknown>>, only: WrongProperty | undefined): object {
  const entries = Object.entries(row);
  const insteadOf = (name: string, at: number): WrongProperty['instead'] | undefined => {
    if (name.startsWith('@')) {
      return undefined;
    }
    if (only === undefined) {
      return at === entries.length - 1 ? 'missing' : 'other-type';
    }
    return only.property.toLowerCase() === name.toLowerCase() ? only.instead : undefined;
  };
  const damaged = entries.flatMap(([name, value], at): (readonly [string, unknown])[] => {
    switch (insteadOf(name, at)) {
      case 'missing':
        return [];
      case 'null':
        return [[name, null]];
      case 'other-type':
        return [[name, asOtherType(value)]];
      case undefined:
        return [[name, value]];
    }
  });
  return Object.fromEntries(damaged);
}

/** Numbers as text, text as numbers, truth values as numbers, arrays as objects, null as a text. */
function asOtherType(value: unknown): unknown {
  if (Array.isArray(value)) {
    return Object.fromEntries((value as unknown[]).map((one, at) => [String(at), one]));
  }
  if (typeof value === 'number') {
    return String(value);
  }
  if (typeof value === 'string') {
    return value.length;
  }
  if (typeof value === 'boolean') {
    return value ? 1 : 0;
  }
  return value === null ? 'null' : [value];
}
