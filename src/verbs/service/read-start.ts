import type { Start } from '../../plan/servicing-request.js';
import { isCalendarDate, LAST_MINUTE, type CalendarMinute } from '../../site/schedule-token.js';
import { shown } from '../../parameters/input-errors.js';
import type { Inputs } from '../../parameters/inputs.js';
import type { ServiceInputs } from './inputs.js';

const MINUTE = 60_000;

/** `2030-06-01T02:00`, with seconds or without, with a zone or without. */
const TIME =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/** The input `start`. What can be judged without the site is judged here. */
export function readStart(inputs: Inputs<ServiceInputs>): Start | undefined {
  const given = inputs.text('start');
  if (given === undefined) return undefined;
  if (given === 'now') return { kind: 'now' };
  const parts = TIME.exec(given);
  if (parts === null) return wrongForm(inputs, given);
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone] = parts;
  const wall = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
  };
  const offset = zone === undefined ? 0 : offsetOf(zone);
  if (!isDate(wall) || Number(second) > 59 || offset === undefined) return wrongForm(inputs, given);
  // A token has no seconds, and a schedule must not start before the time that was asked for.
  const isWhole = Number(second) === 0 && !/[1-9]/.test(fraction);
  const written = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  const rounded = written + (isWhole ? 0 : MINUTE);
  return zone === undefined
    ? siteTime(inputs, given, rounded)
    : moment(inputs, given, rounded - offset * MINUTE);
}

function moment(inputs: Inputs<ServiceInputs>, given: string, milliseconds: number): Start | undefined {
  if (milliseconds < inputs.host.now()) {
    return inputs.errors.add(
      'OS110',
      `${inputs.spell('start')} is ${shown(given)}, which is past.`,
      `Write a time in the future, or now${inputs.example('start')}.`,
    );
  }
  if (milliseconds >= LAST_MINUTE) return tooLate(inputs, given);
  return { kind: 'moment', milliseconds };
}

function siteTime(inputs: Inputs<ServiceInputs>, given: string, wall: number): Start | undefined {
  // No clock on earth is further ahead of UTC than 14 hours, or further behind than 12.
  if (wall < inputs.host.now() - 12 * 60 * MINUTE) {
    return inputs.errors.add(
      'OS110',
      `${inputs.spell('start')} is ${shown(given)}, which is past in every time zone.`,
      `Write a time in the future, or now${inputs.example('start')}.`,
    );
  }
  if (wall >= LAST_MINUTE) return tooLate(inputs, given);
  const time = new Date(wall);
  const minute: CalendarMinute = {
    year: time.getUTCFullYear(),
    month: time.getUTCMonth() + 1,
    day: time.getUTCDate(),
    hour: time.getUTCHours(),
    minute: time.getUTCMinutes(),
  };
  return { kind: 'site-time', minute };
}

/** The last minute of all is that of drafts. */
function tooLate(inputs: Inputs<ServiceInputs>, given: string): undefined {
  return inputs.errors.add(
    'OS110',
    `${inputs.spell('start')} is ${shown(given)}, which is later than a schedule can hold.`,
    `Write a time before the end of 2033, where the schedules of Configuration Manager end${inputs.example('start')}.`,
  );
}

function wrongForm(inputs: Inputs<ServiceInputs>, given: string): undefined {
  return inputs.errors.add(
    'OS106',
    `${inputs.spell('start')} is ${shown(given)}, which is neither now nor a date and time of ISO 8601.`,
    'Write now, 2030-06-01T02:00Z (UTC), 2030-06-01T02:00+02:00, or 2030-06-01T02:00 for the time of the site.',
  );
}

/** Whether there is such a minute; the years that a token can hold are judged later, in words of their own. */
function isDate(wall: CalendarMinute): boolean {
  // The same day of a year that a token can hold, with a leap day where the year has one.
  const isLeap = new Date(Date.UTC(wall.year, 1, 29)).getUTCMonth() === 1;
  return wall.year >= 1970 && isCalendarDate({ ...wall, year: isLeap ? 2000 : 2001 });
}

/** Minutes ahead of UTC. */
function offsetOf(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
