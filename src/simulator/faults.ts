/** What goes wrong with a request. */
export type FaultKind =
  /** 404 with an access-denied message; nothing is done. */
  | 'refuse'
  /** 404 with the message of an object that is not there; nothing is done. */
  | 'not-found'
  /** 401; nothing is done. */
  | 'deny-401'
  /** 500; nothing is done. */
  | 'error-500'
  /** 200 with a page of something that is in between: a sign-in, a proxy; nothing is done. */
  | 'html-200'
  /** 502 with the page of a proxy that does not reach the provider; nothing is done. */
  | 'html-502'
  /** 302 to another host; nothing is done. */
  | 'redirect'
  /** 200 with an answer that never ends, of unannounced length; nothing is done. */
  | 'oversize'
  /** The effect and the answer come at the end of a time, the effect even when the client has gone. */
  | 'delay'
  /** The effect takes place at once, and the answer drips in over a time. */
  | 'slow'
  /** The connection ends before anything is done. */
  | 'cut'
  /** The connection is reset (TCP RST) before anything is done. */
  | 'reset'
  /**
   * The provider restarts: every connection ends before anything is done; for half of a time none is accepted, and
   * for the other half http.sys answers 503.
   */
  | 'restart'
  /** The effect takes place, then the connection ends without an answer. */
  | 'lose'
  /** The effect takes place, then half of the answer's body comes, and the connection ends. */
  | 'truncate'
  /** The effect takes place; the answer is whole for HTTP, and its JSON lacks the end. */
  | 'invalid-json'
  /** The effect takes place; the values of the answer have other types than the class says. */
  | 'wrong-types';

/** Which requests a fault counts: without `method` and `class` all of them. */
export interface FaultTarget {
  readonly method?: string;
  /** The class of the URL, or `Class.Method`, or `$metadata`, without regard to case. */
  readonly class?: string;
}

/** `request`: the n-th (1-based) of those that match; or each of them with `every`. */
export type FaultWhen = { readonly request: number } | { readonly every: true };

export type Fault = FaultTarget &
  FaultWhen &
  (
    | { readonly kind: Exclude<FaultKind, TimedFaultKind> }
    | { readonly kind: TimedFaultKind; readonly milliseconds: number }
    /** Without a location: a sign-in page on a host that does not exist. */
    | { readonly kind: 'redirect'; readonly location: string }
    /** Without a property: all are wrong, and the last one is missing. */
    | ({ readonly kind: 'wrong-types' } & WrongProperty)
  );

const TIMED_KINDS = ['delay', 'slow', 'restart'] as const;
type TimedFaultKind = (typeof TIMED_KINDS)[number];

export interface WrongProperty {
  /** Without regard to case. */
  readonly property: string;
  /** What is there in place of the value. */
  readonly instead: 'other-type' | 'missing' | 'null';
}

interface RequestIdentity {
  readonly method: string;
  readonly className?: string | undefined;
  readonly methodName?: string | undefined;
}

/** Picks the fault of each request as it arrives; where several match, the first of the list wins. */
export function faultPicker<AFault extends FaultTarget & FaultWhen>(
  faults: readonly AFault[],
): (request: RequestIdentity) => AFault | undefined {
  const counters = faults.map((fault) => ({ fault, seen: 0 }));
  return (request) => {
    let picked: AFault | undefined;
    for (const counter of counters) {
      if (matches(counter.fault, request)) {
        counter.seen += 1;
        if ('every' in counter.fault || counter.seen === counter.fault.request) {
          picked ??= counter.fault;
        }
      }
    }
    return picked;
  };
}

function matches(fault: FaultTarget, request: RequestIdentity): boolean {
  const wanted = fault.class?.toLowerCase();
  const className = request.className?.toLowerCase();
  const full =
    request.methodName === undefined ? className : `${className ?? ''}.${request.methodName.toLowerCase()}`;
  return (
    (fault.method === undefined || fault.method.toUpperCase() === request.method) &&
    (wanted === undefined || wanted === className || wanted === full)
  );
}

const KINDS = [
  'refuse',
  'not-found',
  'deny-401',
  'error-500',
  'html-200',
  'html-502',
  'redirect',
  'oversize',
  'cut',
  'reset',
  'lose',
  'truncate',
  'invalid-json',
  'wrong-types',
  ...TIMED_KINDS,
] as const satisfies readonly FaultKind[];
const isTimed = (kind: FaultKind): kind is TimedFaultKind => TIMED_KINDS.some((one) => one === kind);
const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];

/** The form of a fault's text, for a help text. */
export const FAULT_GRAMMAR =
  `KIND@N[:TIME][:METHOD][ CLASS] with KIND one of ${KINDS.join(', ')}; N the number ` +
  `of the request among those that match, or "every"; TIME for ${TIMED_KINDS.join(', ')} alone (500ms, 5s, 2m)`;

export type ParsedFault =
  { readonly fault: Fault; readonly problem?: never } | { readonly problem: string; readonly fault?: never };

/** Reads `lose@7`, `delay@3:5s`, `error-500@2:POST SMS_ImageServicingSchedule`, `delay@every:200ms:GET`. */
export function parseFault(text: string): ParsedFault {
  const bad = (why: string): ParsedFault => ({ problem: `"${text}": ${why}. A fault is ${FAULT_GRAMMAR}.` });
  const at = text.indexOf('@');
  if (at < 0) {
    return bad('there is no @ with the number of a request');
  }
  const kind = KINDS.find((one) => one === text.slice(0, at));
  if (kind === undefined) {
    return bad(`there is no fault "${text.slice(0, at)}"`);
  }
  const [whenText = '', ...parts] = text.slice(at + 1).split(':');
  const when = readWhen(whenText);
  if (when === undefined) {
    return bad(`"${whenText}" is no whole number from 1 on, nor "every"`);
  }
  const milliseconds = isTimed(kind) ? readDuration(parts.shift() ?? '') : 0;
  if (milliseconds === undefined) {
    return bad(`"${kind}" needs a time with its unit, such as 500ms or 5s`);
  }
  const target = parts.length > 1 ? undefined : readTarget(parts[0]);
  if (target === undefined) {
    return bad(`after the ":" there may be a method (${METHODS.join(', ')}) and, behind a blank, a class`);
  }
  const fault = { ...target, ...when };
  return { fault: isTimed(kind) ? { ...fault, kind, milliseconds } : { ...fault, kind } };
}

function readWhen(text: string): FaultWhen | undefined {
  if (text === 'every') {
    return { every: true };
  }
  return /^[1-9][0-9]{0,8}$/u.test(text) ? { request: Number(text) } : undefined;
}

function readTarget(text: string | undefined): FaultTarget | undefined {
  if (text === undefined) {
    return {};
  }
  const words = text.split(' ');
  const method = METHODS.includes(words[0] ?? '') ? words.shift() : undefined;
  const [className, ...more] = words;
  if (more.length > 0 || (className !== undefined && !/^[$A-Za-z_][\w.]*$/u.test(className))) {
    return undefined;
  }
  return {
    ...(method === undefined ? {} : { method }),
    ...(className === undefined ? {} : { class: className }),
  };
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `20ms`, `5s`, `2m`, `1h` in milliseconds; undefined where the text is none of these. */
export function readDuration(text: string): number | undefined {
  const groups = /^(?<count>[0-9]{1,7})(?<unit>ms|s|m|h)$/u.exec(text)?.groups;
  const unit = UNITS[groups?.['unit'] ?? ''];
  return groups === undefined || unit === undefined ? undefined : Number(groups['count']) * unit;
}
