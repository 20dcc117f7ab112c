const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** The tokens of an interval string, or undefined where the text is none. */
export function readScheduleString(text) {
    if (text.length === 0 || text.length % 16 !== 0 || !/^[0-9A-Fa-f]+$/.test(text)) {
        return undefined;
    }
    const tokens = [];
    for (let at = 0; at < text.length; at += 16) {
        const token = readToken(Number.parseInt(text.slice(at, at + 8), 16), Number.parseInt(text.slice(at + 8, at + 16), 16));
        if (token === undefined) {
            return undefined;
        }
        tokens.push(token);
    }
    return tokens;
}
/** Bits `high` to `low`, both included. */
const bits = (word, high, low) => (word >>> low) & (2 ** (high - low + 1) - 1);
function readToken(first, second) {
    const start = {
        minute: bits(first, 31, 26),
        hour: bits(first, 25, 21),
        day: bits(first, 20, 16),
        month: bits(first, 15, 12),
        year: 1970 + bits(first, 11, 6),
    };
    const recurrence = readRecurrence(second);
    if (recurrence === undefined || !isRealTime(start)) {
        return undefined;
    }
    return {
        start,
        utc: bits(second, 0, 0) === 1,
        duration: { minutes: bits(first, 5, 0), hours: bits(second, 31, 27), days: bits(second, 26, 22) },
        recurrence,
    };
}
function readRecurrence(word) {
    switch (bits(word, 21, 19)) {
        case 1:
            return { kind: 'once' };
        case 2: {
            const step = { days: bits(word, 7, 3), hours: bits(word, 12, 8), minutes: bits(word, 18, 13) };
            return step.days + step.hours + step.minutes === 0 ? undefined : { kind: 'interval', ...step };
        }
        case 3: {
            const [weekday, everyWeeks] = [bits(word, 18, 16), bits(word, 15, 13)];
            return weekday < 1 || everyWeeks < 1 ? undefined : { kind: 'weekly', weekday, everyWeeks };
        }
        case 4: {
            const [weekday, everyMonths, weekOrder] = [bits(word, 18, 16), bits(word, 15, 12), bits(word, 11, 9)];
            return weekday < 1 || everyMonths < 1 || weekOrder > 4
                ? undefined
                : { kind: 'monthly-by-weekday', weekday, everyMonths, weekOrder };
        }
        case 5: {
            const [day, everyMonths] = [bits(word, 18, 14), bits(word, 13, 10)];
            return everyMonths < 1 ? undefined : { kind: 'monthly-by-date', day, everyMonths };
        }
        default:
            return undefined;
    }
}
function isRealTime(time) {
    return (time.month >= 1 &&
        time.month <= 12 &&
        time.day >= 1 &&
        time.day <= daysInMonth(time.year, time.month) &&
        time.hour <= 23 &&
        time.minute <= 59);
}
const daysInMonth = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();
/** Day of the week as the tokens count: 1 Sunday … 7 Saturday. */
const weekdayOf = (instant) => new Date(instant).getUTCDay() + 1;
/**
 * The first occurrence later than `after` (milliseconds since the epoch), or undefined where there is none.
 * @param utcOffsetMinutes how far the site server's clock is ahead of UTC; a UTC token does not use it
 */
export function nextOccurrence(token, after, utcOffsetMinutes) {
    const offset = token.utc ? 0 : utcOffsetMinutes * MINUTE;
    const { year, month, day, hour, minute } = token.start;
    const found = nextOnWall(token.recurrence, Date.UTC(year, month - 1, day, hour, minute), after + offset);
    return found === undefined ? undefined : found - offset;
}
function nextOnWall(recurrence, start, after) {
    switch (recurrence.kind) {
        case 'once':
            return start > after ? start : undefined;
        case 'interval':
            return nextStep(start, ((recurrence.days * 24 + recurrence.hours) * 60 + recurrence.minutes) * MINUTE, after);
        case 'weekly': {
            const first = start + ((recurrence.weekday - weekdayOf(start) + 7) % 7) * DAY;
            return nextStep(first, recurrence.everyWeeks * 7 * DAY, after);
        }
        case 'monthly-by-weekday':
        case 'monthly-by-date':
            return nextMonthly(recurrence, start, after);
    }
}
const nextStep = (first, period, after) => first > after ? first : first + (Math.floor((after - first) / period) + 1) * period;
function nextMonthly(recurrence, start, after) {
    const begin = new Date(start);
    const timeOfDay = start % DAY;
    const monthOf = (instant) => instant.getUTCFullYear() * 12 + instant.getUTCMonth();
    const behind = Math.max(0, monthOf(new Date(Math.max(after, start))) - monthOf(begin) - 1);
    let month = monthOf(begin) + behind - (behind % recurrence.everyMonths);
    // A day such as the 31st, or a 12-month step from a leap day, exists within eight years or never.
    for (const last = month + 12 * 9; month <= last; month += recurrence.everyMonths) {
        const day = dayInMonth(recurrence, Math.floor(month / 12), month % 12);
        const instant = day === undefined ? undefined : Date.UTC(Math.floor(month / 12), month % 12, day) + timeOfDay;
        if (instant !== undefined && instant >= start && instant > after) {
            return instant;
        }
    }
    return undefined;
}
function dayInMonth(recurrence, year, monthIndex) {
    const length = daysInMonth(year, monthIndex + 1);
    if (recurrence.kind === 'monthly-by-date') {
        const day = recurrence.day === 0 ? length : recurrence.day;
        return day <= length ? day : undefined;
    }
    const first = 1 + ((recurrence.weekday - weekdayOf(Date.UTC(year, monthIndex, 1)) + 7) % 7);
    return recurrence.weekOrder === 0
        ? first + 7 * Math.floor((length - first) / 7)
        : first + 7 * (recurrence.weekOrder - 1);
}
//# sourceMappingURL=schedule-token.js.map