import { optionalTextOf } from './property-reading.js';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A bias, eight words of a date, a bias, eight words of a date, a bias. */
const LAYOUT = /^[0-9A-F]{8}(?: [0-9A-F]{4}){8} [0-9A-F]{8}(?: [0-9A-F]{4}){8} [0-9A-F]{8}$/i;
/** Undefined where the text has another form than the one that is known: then nobody may say what time it is there. */
export function timeZoneOf(site) {
    const text = optionalTextOf(site, 'SMS_Site', 'TimeZoneInfo')?.trim();
    if (text === undefined || !LAYOUT.test(text))
        return undefined;
    const fields = text.split(/ /);
    const bias = signed(fields[0]);
    const standardBias = bias + signed(fields[9]);
    const ends = changeOf(fields.slice(1, 9));
    const begins = changeOf(fields.slice(10, 18));
    if (ends === 'unknown' || begins === 'unknown')
        return undefined;
    if (ends === 'never' || begins === 'never') {
        return ends === begins ? { standardBias, daylight: undefined } : undefined;
    }
    return { standardBias, daylight: { bias: bias + signed(fields[18]), begins, ends } };
}
/**
 * The moments, in milliseconds since 1970, at which the clock of the site shows this minute: none in the gap when
 * clocks are put forward, two in the hour that comes twice, else one.
 */
export function momentsOf(minute, zone) {
    const wall = wallOf(minute);
    const { standardBias, daylight } = zone;
    const asStandard = wall + standardBias * MINUTE;
    if (daylight === undefined)
        return [asStandard];
    const asDaylight = wall + daylight.bias * MINUTE;
    return [
        ...(holdsDaylightTime(asDaylight, standardBias, daylight) ? [asDaylight] : []),
        ...(holdsDaylightTime(asStandard, standardBias, daylight) ? [] : [asStandard]),
    ];
}
function holdsDaylightTime(moment, standardBias, daylight) {
    const year = new Date(moment - standardBias * MINUTE).getUTCFullYear();
    const begins = wallOfChange(year, daylight.begins) + standardBias * MINUTE;
    const ends = wallOfChange(year, daylight.ends) + daylight.bias * MINUTE;
    // South of the equator summer lies around the turn of the year.
    return begins < ends ? moment >= begins && moment < ends : moment >= begins || moment < ends;
}
function wallOf({ year, month, day, hour, minute }) {
    return Date.UTC(year, month - 1, day, hour, minute);
}
function wallOfChange(year, { month, weekday, week, timeOfDayMilliseconds }) {
    const first = Date.UTC(year, month - 1, 1);
    const daysInMonth = (Date.UTC(year, month, 1) - first) / DAY;
    let day = 1 + ((weekday - new Date(first).getUTCDay() + 7) % 7) + (week - 1) * 7;
    while (day > daysInMonth)
        day -= 7;
    return first + (day - 1) * DAY + timeOfDayMilliseconds;
}
function signed(field = '') {
    return Number.parseInt(field, 16) | 0;
}
/** The words are those of SYSTEMTIME: year, month, weekday, week, hour, minute, second, millisecond. */
function changeOf(fields) {
    const words = fields.map((field) => Number.parseInt(field, 16));
    const [, month = 0, weekday = 0, week = 0, hour = 0, minute = 0, second = 0, millisecond = 0] = words;
    if (month === 0)
        return 'never';
    if (LIMITS.some(([least, most], place) => !isWithin(words[place], least, most)))
        return 'unknown';
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
];
function isWithin(value, least, most) {
    return value !== undefined && value >= least && value <= most;
}
//# sourceMappingURL=site-time-zone.js.map