import type { Instance } from '../provider/instance.js';
import { optionalTextOf } from './property-reading.js';
import type { CalendarMinute } from './schedule-token.js';

/** The time zone of a site server, as the site tells it (docs/configmgr.md, "The time zone of a site"). */
export interface SiteTimeZone {
  /** Minutes to add to the local time to get UTC, while standard time holds. */
  readonly standardBias: number;
  /** Undefined where the clocks are never changed. */
  readonly daylight: DaylightTime | undefined;
}

interface DaylightTime {
  /** Minutes to add to the local time to get UTC, while daylight time holds. */
  readonly bias: number;
  /** By the clock as it runs before the change. */
  readonly begins: YearlyChange;
  readonly ends: YearlyChange;
}

interface YearlyChange {
  /** 1 to 12. */
  readonly month: number;
  /** 0 Sunday to 6 Saturday. */
  readonly weekday: number;
  /** 1 to 4, or 5 for the last of the month. */
  readonly week: number;
  readonly timeOfDayMilliseconds: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A bias, eight words of a date, a bias, eight words of a date, a bias. */
const LAYOUT = /^[0-9A-F]{8}(?: [0-9A-F]{4}){8} [0-9A-F]{8}(?: [0-9A-F]{4}){8} [0-9A-F]{8}$/i;

/** Undefined where the text has another form than the one that is known: then nobody may say what time it is there. */
export function timeZoneOf(site: Instance): SiteTimeZone | undefined {
  const text = optionalTextOf(site, 'SMS_Site', 'TimeZoneInfo')?.trim();
  if (text === undefined || !LAYOUT.test(text)) return undefined;
  const fields = text.split(/ /);
  const bias = signed(fields[0]);
  const standardBias = bias + signed(fields[9]);
  const ends = changeOf(fields.slice(1, 9));
  const begins = changeOf(fields.slice(10, 18));
  if (ends === 'unknown' || begins === 'unknown') return undefined;
  if (ends === 'never' || begins === 'never') {
    return ends === begins ? { standardBias, daylight: undefined } : undefined;
  }
  return { standardBias, daylight: { bias: bias + signed(fields[18]), begins, ends } };
}

/**
 * The moments, in milliseconds since 1970, at which the clock of the site shows this minute: none in the gap when
 * clocks are put forward, two in the hour that comes twice, else one.
 */
export function momentsOf(minute: CalendarMinute, zone: SiteTimeZone): readonly number[] {
  const wall = wallOf(minute);
  const { standardBias, daylight } = zone;
  const asStandard = wall + standardBias * MINUTE;
  if (daylight === undefined) return [asStandard];
  const asDaylight = wall + daylight.bias * MINUTE;
  return [
    ...(holdsDaylightTime(asDaylight, standardBias, daylight) ? [asDaylight] : []),
    ...(holdsDaylightTime(asStandard, standardBias, daylight) ? [] : [asStandard]),
  ];
}

function holdsDaylightTime(moment: number, standardBias: number, daylight: DaylightTime): boolean {
  const year = new Date(moment - standardBias * MINUTE).getUTCFullYear();
  const begins = wallOfChange(year, daylight.begins) + standardBias * MINUTE;
  const ends = wallOfChange(year, daylight.ends) + daylight.bias * MINUTE;
  // South of the equator summer lies around the turn of the year.
  return begins < ends ? moment >= begins && moment < ends : moment >= begins || moment < ends;
}

function wallOf({ year, month, day, hour, minute }: CalendarMinute): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

function wallOfChange(year: number, { month, weekday, week, timeOfDayMilliseconds }: YearlyChange): number {
  const first = Date.UTC(year, month - 1, 1);
  const daysInMonth = (Date.UTC(year, month, 1) - first) / DAY;
  let day = 1 + ((weekday - new Date(first).getUTCDay() + 7) % 7) + (week - 1) * 7;
  while (day > daysInMonth) day -= 7;
  return first + (day - 1) * DAY + timeOfDayMilliseconds;
}

function signed(field = ''): number {
  return Number.parseInt(field, 16) | 0;
}

/** The words are those of SYSTEMTIME: year, month, weekday, week, hour, minute, second, millisecond. */
function changeOf(fields: readonly string[]): YearlyChange | 'never' | 'unknown' {
  const words = fields.map((field) => Number.parseInt(field, 16));
  const [, month = 0, weekday = 0, week = 0, hour = 0, minute = 0, second = 0, millisecond = 0] = words;
  if (month === 0) return 'never';
  if (LIMITS.some(([least, most], place) => !isWithin(words[place], least, most))) return 'unknown';
  const timeOfDayMilliseconds = ((hour * 60 + minute) * 60 + second) * 1_000 + millisecond;
  return { month, weekday, week, timeOfDayMilliseconds };
}

/** Of these words. A change in one year alone says nothing of the others, so the year is 0. */
const LIMITS = [
  [0, 0],
  [1, 12],
  [0, 6],
  [1, 5],
  [0, 23],
  [0, 59],
  [0, 59],
  [0, 999],
] as const;

function isWithin(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && value >= least && value <= most;
}
