import {
  decodeToken,
  type CalendarMinute,
  type Recurrence,
  type ScheduleToken,
  type TokenStart,
} from './schedule-token.js';
import { momentsOf, type SiteTimeZone } from './site-time-zone.js';
import type { SiteCode } from './identifiers.js';

/** The clock that a token without UTC goes by. */
export interface SiteClock {
  readonly siteCode: SiteCode;
  /** Undefined where the site does not tell its zone. */
  readonly zone: SiteTimeZone | undefined;
}

/** Undefined where a part of the text is no token: then nobody may say when the schedule is due. */
export function decodeTokens(text: string): readonly ScheduleToken[] | undefined {
  // Several tokens stand in a row (docs/configmgr.md, "The interval string").
  const parts = text.match(/.{1,16}/gs) ?? [];
  const tokens = parts.flatMap((part) => decodeToken(part) ?? []);
  return tokens.length === parts.length ? tokens : undefined;
}

/** When schedules of these tokens start, for people: `2030-06-01 02:00 UTC`, `weekly on Tuesday from …`. */
export function tokensText(text: string, siteCode: SiteCode): string {
  if (text === '') return 'at no time';
  const tokens = decodeTokens(text);
  if (tokens === undefined) return `at a time that cannot be read (Schedule "${text.slice(0, 100)}")`;
  return tokens.map((token) => tokenText(token, siteCode)).join(' and ');
}

/**
 * Whether one of these tokens lies ahead or comes again. Where that cannot be told, it does: a token that cannot be
 * read, or a time without a zone at a site whose zone is unknown.
 */
export function isStillToCome(text: string, { zone }: SiteClock, now: number): boolean {
  const tokens = decodeTokens(text);
  if (tokens === undefined) return true;
  return tokens.some(
    ({ start, recurrence }) => recurrence.kind !== 'once' || latestMoment(start, zone) > now,
  );
}

/**
 * How long it takes until a schedule of these tokens is due, in milliseconds; 0 for one that is due, that comes again, or
 * whose tokens cannot be read. A time without a zone counts as the latest that it can be.
 */
export function millisecondsUntil(text: string, now: number): number {
  const tokens = decodeTokens(text) ?? [];
  if (tokens.some(({ recurrence }) => recurrence.kind !== 'once')) return 0;
  const [first = now] = tokens
    .map(({ start }) => latestMoment(start, undefined))
    .sort((one, other) => one - other);
  return Math.max(0, first - now);
}

const MINUTE = 60_000;
/** No clock is further behind UTC than this. */
const FURTHEST_BEHIND = 12 * 60 * MINUTE;

function latestMoment(start: TokenStart, zone: SiteTimeZone | undefined): number {
  const wall = Date.UTC(start.year, start.month - 1, start.day, start.hour, start.minute);
  if (start.isUtc) return wall;
  if (zone === undefined) return wall + FURTHEST_BEHIND;
  // A minute that the clock leaps over counts as standard time.
  return momentsOf(start, zone).at(-1) ?? wall + zone.standardBias * MINUTE;
}

function tokenText({ start, recurrence }: ScheduleToken, siteCode: SiteCode): string {
  const first = `${minuteText(start)} ${start.isUtc ? 'UTC' : `by the clock of site ${siteCode}`}`;
  const again = recurrenceText(recurrence);
  return again === undefined ? first : `${again} from ${first}`;
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const WEEKS = ['last', 'first', 'second', 'third', 'fourth'] as const;

function recurrenceText(recurrence: Recurrence): string | undefined {
  switch (recurrence.kind) {
    case 'once':
      return undefined;
    case 'interval': {
      const { days, hours, minutes } = recurrence;
      const parts = [
        ...(days > 0 ? [counted(days, 'day')] : []),
        ...(hours > 0 ? [counted(hours, 'hour')] : []),
        ...(minutes > 0 ? [counted(minutes, 'minute')] : []),
      ];
      return parts.length === 0 ? 'again and again' : `every ${parts.join(' ')}`;
    }
    case 'weekly':
      return `${every(recurrence.everyWeeks, 'week')} on ${WEEKDAYS[recurrence.weekday - 1] ?? 'some day'}`;
    case 'monthly-by-weekday':
      return `${every(recurrence.everyMonths, 'month')} on the ${WEEKS[recurrence.week] ?? 'some'} ${WEEKDAYS[recurrence.weekday - 1] ?? 'day'}`;
    case 'monthly-by-date':
      return `${every(recurrence.everyMonths, 'month')} on ${recurrence.day === 0 ? 'the last day' : `day ${recurrence.day}`}`;
  }
}

function counted(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}

function every(count: number, unit: string): string {
  return count > 1 ? `every ${count} ${unit}s` : `every ${unit}`;
}

function minuteText({ year, month, day, hour, minute }: CalendarMinute): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}
