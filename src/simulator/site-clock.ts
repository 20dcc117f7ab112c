import { nextOccurrence, type ScheduleToken } from './schedule-token.js';
import type { ClockChange, OwnSite } from './site-description.js';

type SiteClock = Pick<OwnSite, 'utcOffsetMinutes' | 'daylight'>;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * The first occurrence later than `after`, by the clock of the site server where the token is not UTC. Of an hour that
 * comes twice the first one counts; one that the clock leaps over is read as if the clock had not been changed.
 */
export function nextBySiteClock(token: ScheduleToken, after: number, site: SiteClock): number | undefined {
  const { utcOffsetMinutes: standard, daylight } = site;
  const asStandard = nextOccurrence(token, after, standard);
  if (token.utc || daylight === undefined || daylight === null) {
    return asStandard;
  }
  const asDaylight = nextOccurrence(token, after, standard + daylight.minutes);
  const shown = [
    ...(asStandard === undefined || isDaylightTime(asStandard, site) ? [] : [asStandard]),
    ...(asDaylight === undefined || !isDaylightTime(asDaylight, site) ? [] : [asDaylight]),
  ];
  return shown.length === 0 ? asStandard : Math.min(...shown);
}

/** Minutes that the site server's clock is ahead of UTC at this moment. */
export const offsetAt = (instant: number, site: SiteClock): number =>
  site.utcOffsetMinutes + (isDaylightTime(instant, site) ? (site.daylight?.minutes ?? 0) : 0);

function isDaylightTime(instant: number, { utcOffsetMinutes, daylight }: SiteClock): boolean {
  if (daylight === undefined || daylight === null) {
    return false;
  }
  const year = new Date(instant + utcOffsetMinutes * MINUTE).getUTCFullYear();
  const begins = wallTime(year, daylight.begins) - utcOffsetMinutes * MINUTE;
  const ends = wallTime(year, daylight.ends) - (utcOffsetMinutes + daylight.minutes) * MINUTE;
  const isSummer = instant >= begins && instant < ends;
  // In the south the summer is what lies outside.
  return begins < ends ? isSummer : instant >= begins || instant < ends;
}

function wallTime(year: number, { month, weekday, week, hour }: ClockChange): number {
  const first = new Date(Date.UTC(year, month - 1, 1));
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const firstOne = 1 + ((weekday - first.getUTCDay() + 7) % 7);
  const wanted = firstOne + (week - 1) * 7;
  // The fifth means the last, and not every month has five.
  return first.getTime() + ((wanted > length ? wanted - 7 : wanted) - 1) * DAY + hour * 60 * MINUTE;
}

/**
 * The clock as `SMS_Site.TimeZoneInfo` shows it (docs/configmgr.md, "The time zone of a site"): a bias in minutes, when
 * daylight time ends, its bias, when it begins, its bias. Biases are what is added to local time to get UTC.
 */
export function timeZoneInfo({ utcOffsetMinutes, daylight }: SiteClock): string {
  const minutes = daylight?.minutes ?? 0;
  return [
    bias(-utcOffsetMinutes),
    change(daylight?.ends),
    bias(0),
    change(daylight?.begins),
    bias(-minutes),
  ].join(' ');
}

const bias = (minutes: number): string => (minutes >>> 0).toString(16).toUpperCase().padStart(8, '0');

/** Year, month, weekday, week, hour, minute, second, millisecond; all zero where the clock is never changed. */
function change(when: ClockChange | undefined): string {
  const words =
    when === undefined
      ? [0, 0, 0, 0, 0, 0, 0, 0]
      : [0, when.month, when.weekday, when.week, when.hour, 0, 0, 0];
  return words.map((word) => word.toString(16).toUpperCase().padStart(4, '0')).join(' ');
}
