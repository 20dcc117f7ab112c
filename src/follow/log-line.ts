/** When a line was written. */
export interface LogStamp {
  /** UTC where the line tells its bias; else the site server's own time, read as if it were UTC. */
  readonly milliseconds: number;
  readonly isUtc: boolean;
}

/** One line of OfflineServicingMgr.log, as far as it can be read. Its words never decide how a run ended. */
export interface LogLine {
  readonly text: string;
  /** Undefined for a line of another shape, or with a time that no clock shows. */
  readonly stamp: LogStamp | undefined;
  readonly thread: number | undefined;
}

const COMPONENT = 'SMS_OFFLINE_SERVICING_MANAGER';

/** `text $$<COMPONENT><MM-DD-YYYY HH:MM:SS.mmm+BIAS><thread=7652 (0x1DE4)>`, as the file has it on disk: what ends it. */
const END_OF_RAW =
  /^\$\$<[^<>]*><(?<month>\d\d?)-(?<day>\d\d?)-(?<year>\d{4}) (?<time>\d\d?:\d\d:\d\d(?:\.\d{1,3})?)(?<bias>[+-]\d{1,4})?><thread=(?<thread>\d{1,10})\b[^>]*>$/u;

/** `text<TAB>COMPONENT<TAB>3/13/2019 3:48:35 PM<TAB>77356 (0x12E2C)`, as CMTrace copies it. */
const COPIED =
  /^(?<text>.*)\t[^\t]*\t(?<month>\d\d?)\/(?<day>\d\d?)\/(?<year>\d{4}) (?<time>\d\d?:\d\d:\d\d(?: [AP]M)?)\t(?<thread>\d{1,10})\b[^\t]*$/u;

/** `DD/MM/YYYY HH:MM:SS text`, as articles retype it. */
const RETYPED = /^(?<day>\d\d)\/(?<month>\d\d)\/(?<year>\d{4}) (?<time>\d\d:\d\d:\d\d)\s+(?<text>.*)$/u;

/** Reads a line in any of its recorded shapes. Never throws; a line of another shape is all text. */
export function parseLogLine(line: string): LogLine {
  // Texts are short; a longer one is no line of this log, and must not keep an expression busy.
  if (line.length > LONGEST_LINE) {
    return { text: line.slice(0, LONGEST_LINE), stamp: undefined, thread: undefined };
  }
  const found = partsOf(line.trimEnd());
  const { text = line, thread } = found ?? {};
  return {
    text: trimmed(text),
    stamp: found === undefined ? undefined : stampOf(found),
    thread: thread === undefined ? undefined : Number(thread),
  };
}

type Parts = Readonly<Record<string, string | undefined>>;

function partsOf(line: string): Parts | undefined {
  const end = line.lastIndexOf('$$<');
  const raw = end < 0 ? undefined : END_OF_RAW.exec(line.slice(end))?.groups;
  if (raw !== undefined) return { ...raw, text: line.slice(0, end) };
  return (COPIED.exec(line) ?? RETYPED.exec(line))?.groups;
}

/** In characters. */
export const LONGEST_LINE = 16_384;

/** Without the component, which only retyped lines begin with, and without the `~` that ends some texts. */
function trimmed(text: string): string {
  const bare = text.startsWith(`${COMPONENT} `) ? text.slice(COMPONENT.length) : text;
  return bare.trim().replace(/~$/u, '').trimEnd();
}

function stampOf(found: Parts): LogStamp | undefined {
  const [year, month, day] = [found['year'], found['month'], found['day']].map(Number);
  const time = millisecondsOfDay(found['time'] ?? '');
  if (year === undefined || month === undefined || day === undefined || time === undefined) return undefined;
  const midnight = Date.UTC(year, month - 1, day);
  const date = new Date(midnight);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const bias = found['bias'];
  const minutes = bias === undefined ? 0 : Number(bias);
  return { milliseconds: midnight + time + minutes * 60_000, isUtc: bias !== undefined };
}

function millisecondsOfDay(time: string): number | undefined {
  const [, hours = '', minutes = '', seconds = '', fraction = '', half] =
    /^(\d+):(\d+):(\d+)(?:\.(\d+))?(?: ([AP]M))?$/u.exec(time) ?? [];
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === 'PM' ? 12 : 0);
  const isTime = hour < 24 && Number(minutes) < 60 && Number(seconds) < 60;
  if (!isTime || hours === '') return undefined;
  return ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000 + Number(fraction.padEnd(3, '0'));
}
