import type { JsonValue } from '../instance.js';

/** What a cmdlet said of a failure. */
export interface CimFailure {
  readonly words: string;
  /** Begins with `HRESULT 0x…` where the failure is one of WMI or of the way to it. */
  readonly id: string;
  /** MI's own name of the failure, such as AccessDenied. */
  readonly native: string;
  /** The properties of the status object that came with it: of SMS_ExtendedStatus where the provider spoke. */
  readonly data: Readonly<Record<string, JsonValue>>;
}

/** Why a script attempted nothing. */
export type StopReason = 'language-mode' | 'input' | 'connect' | 'location';

/** A line of the script. */
export type BatchLine =
  | {
      readonly kind: 'place';
      readonly computer: string;
      readonly protocol: string;
      readonly namespace: string;
    }
  | { readonly kind: 'done'; readonly number: number; readonly value: JsonValue }
  | { readonly kind: 'failed'; readonly number: number; readonly failure: CimFailure }
  | { readonly kind: 'stopped'; readonly why: StopReason; readonly failure: CimFailure };

const STOP_REASONS: readonly StopReason[] = ['language-mode', 'input', 'connect', 'location'];

/** Undefined for a line that is none of the script's: a policy's banner, half a line of a killed process. */
export function readBatchLine(line: string): BatchLine | undefined {
  const { place, number, done, failed, stopped } = objectIn(line);
  if (isObject(place)) {
    return {
      kind: 'place',
      computer: textIn(place['computer']),
      protocol: textIn(place['protocol']),
      namespace: textIn(place['namespace']),
    };
  }
  const why = STOP_REASONS.find((reason) => reason === stopped);
  if (why !== undefined) return { kind: 'stopped', why, failure: failureOf(failed) };
  if (typeof number !== 'number') return undefined;
  if (failed !== undefined) return { kind: 'failed', number, failure: failureOf(failed) };
  return done === undefined ? undefined : { kind: 'done', number, value: done };
}

function objectIn(line: string): Readonly<Record<string, JsonValue>> {
  try {
    const parsed = JSON.parse(line) as JsonValue;
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

function failureOf(value: JsonValue | undefined): CimFailure {
  const failure = isObject(value) ? value : {};
  const data = failure['data'];
  return {
    words: textIn(failure['words']),
    id: textIn(failure['id']),
    native: textIn(failure['native']),
    data: isObject(data) ? data : {},
  };
}

export function isObject(value: JsonValue | undefined): value is Readonly<Record<string, JsonValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textIn(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
