import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { inputNamed, inputSetTo } from '../diagnosis/input-mention.js';
import type { SiteCode } from '../site/identifiers.js';
import { ACTION } from '../site/servicing-schedule.js';
import {
  LAST_MINUTE,
  onceAt,
  onceAtSiteTime,
  type CalendarMinute,
  type IntervalString,
} from '../site/schedule-token.js';
import { momentsOf, type SiteTimeZone } from '../site/site-time-zone.js';
import type { Start } from './servicing-request.js';

/** When one schedule runs, after everything that can be wrong with it was looked at. */
export type PlannedStart =
  | { readonly kind: 'now' }
  | {
      readonly kind: 'later';
      readonly token: IntervalString;
      /** Milliseconds since 1970. */
      readonly at: number;
      /** For people: `2024-06-01 02:00 by the clock of site LAB`. */
      readonly told: string;
    };

/** What makes a schedule run: an action that does not wait, or none and a token in the future (docs/configmgr.md). */
export function startingWith(
  start: PlannedStart,
  now: number,
): { readonly action: typeof ACTION.none | typeof ACTION.installNow; readonly token: IntervalString } {
  return start.kind === 'now'
    ? { action: ACTION.installNow, token: onceAt(now) }
    : { action: ACTION.none, token: start.token };
}

/**
 * Turns the start that was asked for into the one of an image whose source site is `siteCode`. A time without a zone
 * is the site's own, so it can only be judged once the site has told its zone.
 */
export function planStart(
  start: Start,
  siteCode: SiteCode,
  zone: SiteTimeZone | undefined,
  now: number,
): PlannedStart | { readonly kind: 'impossible'; readonly why: Diagnosis } {
  switch (start.kind) {
    case 'now':
      return { kind: 'now' };
    case 'moment':
      return {
        kind: 'later',
        at: start.milliseconds,
        token: onceAt(start.milliseconds),
        told: `${new Date(start.milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
      };
    case 'site-time':
      return planSiteTime(start.minute, siteCode, zone, now);
  }
}

function planSiteTime(
  minute: CalendarMinute,
  siteCode: SiteCode,
  zone: SiteTimeZone | undefined,
  now: number,
): ReturnType<typeof planStart> {
  const told = `${written(minute)} by the clock of site ${siteCode}`;
  if (zone === undefined) {
    return impossible(
      `${inputNamed('start')} is ${written(minute)} without a zone, and the time zone of site ${siteCode} cannot be read.`,
      'SMS_Site.TimeZoneInfo of that site is missing, or has a form that is not known.',
      `Write the start with its zone, for example ${inputSetTo('start', '2030-06-01T02:00+02:00')}.`,
    );
  }
  const moments = momentsOf(minute, zone);
  const last = moments.at(-1);
  if (last === undefined) {
    return impossible(
      `${inputNamed('start')} is ${told}, and there is no such time: clocks are put forward across it.`,
      'The time lies in the hour that is left out when daylight time begins.',
      'Take a time before or after that hour, or write the start with its zone.',
    );
  }
  if (last < now) {
    return impossible(
      `${inputNamed('start')} is ${told}, and that is past.`,
      'A time without a zone is the time of the source site of the image, not of the runner.',
      'Give a time to come, or write the start with its zone.',
    );
  }
  if (last >= LAST_MINUTE) {
    return impossible(
      `${inputNamed('start')} is ${told}, which is later than a schedule can hold.`,
      'The schedules of Configuration Manager end with 2033.',
      'Give an earlier time.',
    );
  }
  return { kind: 'later', at: last, token: onceAtSiteTime(minute), told };
}

function impossible(what: string, cause: string, next: string): ReturnType<typeof planStart> {
  return { kind: 'impossible', why: { code: 'OS217', what, cause, next } };
}

function written({ year, month, day, hour, minute }: CalendarMinute): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
}
