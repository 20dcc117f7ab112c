const FIRST_YEAR = 1970;
const LAST_YEAR = 2033;
const TYPE = { once: 1, interval: 2, weekly: 3, 'monthly-by-weekday': 4, 'monthly-by-date': 5 };
/** Throws a RangeError for a value that its field cannot hold. */
export function encodeToken({ start, duration, recurrence }) {
    if (!isCalendarDate(start))
        throw new RangeError(`No such start: ${JSON.stringify(start)}.`);
    const first = word([
        ['start minute', start.minute, 6, 26],
        ['start hour', start.hour, 5, 21],
        ['start day', start.day, 5, 16],
        ['start month', start.month, 4, 12],
        ['start year', start.year - FIRST_YEAR, 6, 6],
        ['duration minutes', duration.minutes, 6, 0],
    ]);
    const second = word([
        ['duration hours', duration.hours, 5, 27],
        ['duration days', duration.days, 5, 22],
        ['type', TYPE[recurrence.kind], 3, 19],
        ...recurrenceFields(recurrence),
        ['UTC', start.isUtc ? 1 : 0, 1, 0],
    ]);
    return `${first}${second}`;
}
/** Undefined for anything but 16 hexadecimal digits with a known type and a real date. */
export function decodeToken(text) {
    if (!/^[0-9A-Fa-f]{16}$/.test(text))
        return undefined;
    const first = Number.parseInt(text.slice(0, 8), 16);
    const second = Number.parseInt(text.slice(8), 16);
    const recurrence = readRecurrence(second);
    const start = {
        minute: field(first, 6, 26),
        hour: field(first, 5, 21),
        day: field(first, 5, 16),
        month: field(first, 4, 12),
        year: FIRST_YEAR + field(first, 6, 6),
        isUtc: field(second, 1, 0) === 1,
    };
    if (recurrence === undefined || !isCalendarDate(start))
        return undefined;
    const duration = { minutes: field(first, 6, 0), hours: field(second, 5, 27), days: field(second, 5, 22) };
    return { start, duration, recurrence };
}
/** Once, at the minute of this moment, which is told in UTC: a runner may be in another zone than the site server. */
export function onceAt(milliseconds) {
    const moment = new Date(milliseconds);
    return once({
        year: moment.getUTCFullYear(),
        month: moment.getUTCMonth() + 1,
        day: moment.getUTCDate(),
        hour: moment.getUTCHours(),
        minute: moment.getUTCMinutes(),
        isUtc: true,
    });
}
/** Once, at this minute by the clock of the site server. */
export function onceAtSiteTime(minute) {
    return once({ ...minute, isUtc: false });
}
function once(start) {
    return encodeToken({
        start,
        duration: { days: 0, hours: 0, minutes: 0 },
        recurrence: { kind: 'once' },
    });
}
/** The last minute that the string can name, in UTC. */
export const LAST_MINUTE = Date.UTC(LAST_YEAR, 11, 31, 23, 59);
/** The token of a draft, so that a schedule is never due by accident. No other schedule of ours may have it. */
export const NEVER_DUE = onceAt(LAST_MINUTE);
function recurrenceFields(recurrence) {
    switch (recurrence.kind) {
        case 'once':
            return [];
        case 'interval':
            return [
                ['interval minutes', recurrence.minutes, 6, 13],
                ['interval hours', recurrence.hours, 5, 8],
                ['interval days', recurrence.days, 5, 3],
            ];
        case 'weekly':
            return [
                ['weekday', recurrence.weekday, 3, 16],
                ['weeks', recurrence.everyWeeks, 3, 13],
            ];
        case 'monthly-by-weekday':
            return [
                ['weekday', recurrence.weekday, 3, 16],
                ['months', recurrence.everyMonths, 4, 12],
                ['week', recurrence.week, 3, 9],
            ];
        case 'monthly-by-date':
            return [
                ['day', recurrence.day, 5, 14],
                ['months', recurrence.everyMonths, 4, 10],
            ];
    }
}
function readRecurrence(second) {
    switch (field(second, 3, 19)) {
        case TYPE.once:
            return { kind: 'once' };
        case TYPE.interval:
            return {
                kind: 'interval',
                minutes: field(second, 6, 13),
                hours: field(second, 5, 8),
                days: field(second, 5, 3),
            };
        case TYPE.weekly: {
            const weekday = weekdayOf(second);
            return weekday && { kind: 'weekly', weekday, everyWeeks: field(second, 3, 13) };
        }
        case TYPE['monthly-by-weekday']: {
            const weekday = weekdayOf(second);
            const everyMonths = field(second, 4, 12);
            return weekday && { kind: 'monthly-by-weekday', weekday, week: field(second, 3, 9), everyMonths };
        }
        case TYPE['monthly-by-date']:
            return { kind: 'monthly-by-date', day: field(second, 5, 14), everyMonths: field(second, 4, 10) };
        default:
            return undefined;
    }
}
function weekdayOf(second) {
    const weekday = field(second, 3, 16);
    return weekday === 0 ? undefined : weekday;
}
/** Whether there is such a minute, in a year that a token can hold. */
export function isCalendarDate({ year, month, day, hour, minute }) {
    const moment = new Date(Date.UTC(year, month - 1, day, hour, minute));
    return (year >= FIRST_YEAR &&
        year <= LAST_YEAR &&
        moment.getUTCMonth() === month - 1 &&
        moment.getUTCDate() === day &&
        moment.getUTCHours() === hour &&
        moment.getUTCMinutes() === minute);
}
/** Eight hexadecimal digits. */
function word(fields) {
    let value = 0;
    for (const [name, part, bits, shift] of fields) {
        if (!Number.isInteger(part) || part < 0 || part >= 2 ** bits) {
            throw new RangeError(`${name} must be a whole number from 0 to ${2 ** bits - 1}, not ${part}.`);
        }
        // Not with <<, whose result is signed from bit 31 on.
        value += part * 2 ** shift;
    }
    return value.toString(16).toUpperCase().padStart(8, '0');
}
function field(wordValue, bits, shift) {
    return (wordValue >>> shift) & (2 ** bits - 1);
}
//# sourceMappingURL=schedule-token.js.map