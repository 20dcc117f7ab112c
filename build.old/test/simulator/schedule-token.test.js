import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { nextOccurrence, readScheduleString, } from '../../src/simulator/schedule-token.js';
const read = (text) => {
    const [token, ...more] = readScheduleString(text) ?? [];
    assert.ok(token !== undefined && more.length === 0, `${text} cannot be read`);
    return token;
};
const start = (token) => {
    const { year, month, day, hour, minute } = token.start;
    const two = (value) => String(value).padStart(2, '0');
    return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}${token.utc ? ' UTC' : ''}`;
};
const length = (token) => `${token.duration.days}d ${token.duration.hours}h ${token.duration.minutes}m`;
const once = { kind: 'once' };
const weekly = (weekday, everyWeeks = 1) => ({ kind: 'weekly', weekday, everyWeeks });
const every = (days) => ({ kind: 'interval', days, hours: 0, minutes: 0 });
const byDate = (day) => ({ kind: 'monthly-by-date', day, everyMonths: 1 });
const none = '0d 0h 0m';
const VECTORS = [
    ['7913788000080000', '2004-07-19 08:30', none, once],
    ['55147880001B2000', '2004-07-20 08:21', none, weekly(3)],
    ['55177880001E2000', '2004-07-23 08:21', none, weekly(6)],
    ['0001200000100038', '1970-02-01 00:00', none, every(7)],
    ['0062200000100008', '1970-02-02 03:00', none, every(1)],
    ['02C159C0381A2000', '2009-05-01 22:00', '0d 7h 0m', weekly(2)],
    ['00084AC028592000', '2013-04-08 00:00', '1d 5h 0m', weekly(1)],
    ['00074AC0005F2000', '2013-04-07 00:00', '1d 0h 0m', weekly(7)],
    ['026B3B80601C2001', '2016-03-11 19:00 UTC', '0d 12h 0m', weekly(4)],
    ['1033BC7B10100010', '2019-11-19 01:04', '0d 2h 59m', every(2)],
    ['A9788980001B4000', '2008-08-24 11:42', none, weekly(3, 2)],
    ['7D98898000280400', '2008-08-24 12:31', none, byDate(0)],
    ['0034394008100008', '2007-03-20 01:00', '0d 1h 0m', every(1)],
    ['00343940081A2000', '2007-03-20 01:00', '0d 1h 0m', weekly(2)],
    ['0034394008284400', '2007-03-20 01:00', '0d 1h 0m', byDate(1)],
    ['00811A9E081A2000', '2012-01-01 04:00', '0d 1h 30m', weekly(2)],
    ['00629CC0101A2000', '2021-09-02 03:00', '0d 2h 0m', weekly(2)],
    ['004A1D8000080000', '2024-01-10 02:00', none, once],
    ['004A1D8000080001', '2024-01-10 02:00 UTC', none, once],
];
suite('the schedule interval string', () => {
    for (const [text, starts, lasts, recurrence] of VECTORS) {
        test(`reads ${text}`, () => {
            const token = read(text);
            assert.equal(start(token), starts);
            assert.equal(length(token), lasts);
            assert.deepEqual(token.recurrence, recurrence);
            assert.deepEqual(read(text.toLowerCase()), token);
        });
    }
    test('reads several tokens, one behind the other', () => {
        const tokens = readScheduleString('7913788000080000' + '0001200000100038');
        assert.deepEqual(tokens, [read('7913788000080000'), read('0001200000100038')]);
    });
    test('refuses what is none', () => {
        const wrong = [
            '',
            '7913788000080',
            '791378800008000G',
            '7913788000080000 ',
            '7913788000080000791378800008000',
        ];
        // No type, types 6 and 7, month 0 and 13, day 0, 30 February, hour 24, minute 60, an interval of nothing.
        wrong.push('7913788000000000', '7913788000300000', '7913788000380000');
        wrong.push('7913088000080000', '7913D88000080000', '7900788000080000', '001E288000080000');
        wrong.push('7B13788000080000', 'F113788000080000', '0001200000100000');
        // Weekday 0, every 0 weeks, every 0 months.
        wrong.push('5514788000182000', '55147880001B0000', '7D98898000280000');
        for (const text of wrong) {
            assert.equal(readScheduleString(text), undefined, text);
        }
    });
    test('reads back whatever fields are packed into the two words', () => {
        const field = (least, most) => fc.integer({ min: least, max: most });
        fc.assert(fc.property(fc.record({
            minute: field(0, 59),
            hour: field(0, 23),
            day: field(1, 28),
            month: field(1, 12),
            year: field(1970, 2033),
            days: field(0, 31),
            hours: field(0, 23),
            minutes: field(0, 59),
            utc: fc.boolean(),
            weekday: field(1, 7),
            months: field(1, 12),
            order: field(0, 4),
        }), (it) => {
            const first = it.minute * 2 ** 26 +
                it.hour * 2 ** 21 +
                it.day * 2 ** 16 +
                it.month * 2 ** 12 +
                (it.year - 1970) * 2 ** 6 +
                it.minutes;
            const second = it.hours * 2 ** 27 +
                it.days * 2 ** 22 +
                4 * 2 ** 19 +
                it.weekday * 2 ** 16 +
                it.months * 2 ** 12 +
                it.order * 2 ** 9 +
                (it.utc ? 1 : 0);
            const hex = (word) => word.toString(16).padStart(8, '0');
            assert.deepEqual(read(hex(first) + hex(second)), {
                start: { year: it.year, month: it.month, day: it.day, hour: it.hour, minute: it.minute },
                utc: it.utc,
                duration: { days: it.days, hours: it.hours, minutes: it.minutes },
                recurrence: {
                    kind: 'monthly-by-weekday',
                    weekday: it.weekday,
                    everyMonths: it.months,
                    weekOrder: it.order,
                },
            });
        }));
    });
});
suite('when a token is due', () => {
    const next = (text, after, offset = 0) => {
        const found = nextOccurrence(read(text), Date.parse(after), offset);
        return found === undefined ? undefined : new Date(found).toISOString().slice(0, 16);
    };
    test('once: at its start, and never after it', () => {
        assert.equal(next('004A1D8000080000', '2024-01-01T00:00:00Z'), '2024-01-10T02:00');
        assert.equal(next('004A1D8000080000', '2024-01-10T02:00:00Z'), undefined);
    });
    test('in the time of the site server, unless the token says UTC', () => {
        assert.equal(next('004A1D8000080000', '2024-01-01T00:00:00Z', 120), '2024-01-10T00:00');
        assert.equal(next('004A1D8000080001', '2024-01-01T00:00:00Z', 120), '2024-01-10T02:00');
    });
    test('by days: in steps from its start', () => {
        assert.equal(next('0001200000100038', '1960-01-01T00:00:00Z'), '1970-02-01T00:00');
        assert.equal(next('0001200000100038', '1970-02-01T00:00:00Z'), '1970-02-08T00:00');
        assert.equal(next('1033BC7B10100010', '2019-11-22T00:00:00Z'), '2019-11-23T01:04');
    });
    test('weekly: on its day of the week, every n weeks', () => {
        assert.equal(next('02C159C0381A2000', '2009-01-01T00:00:00Z'), '2009-05-04T22:00');
        assert.equal(next('02C159C0381A2000', '2009-05-04T22:00:00Z'), '2009-05-11T22:00');
        assert.equal(next('A9788980001B4000', '2008-08-26T11:42:00Z'), '2008-09-09T11:42');
    });
    test('monthly: on a day of the month, the last one included', () => {
        assert.equal(next('7D98898000280400', '2009-02-01T00:00:00Z'), '2009-02-28T12:31');
        assert.equal(next('7D98898000280400', '2009-02-28T12:31:00Z'), '2009-03-31T12:31');
        assert.equal(next('0034394008284400', '2007-03-20T00:00:00Z'), '2007-04-01T01:00');
    });
    test('monthly: on a day of a week of the month', () => {
        // The second Tuesday (weekday 3, order 2) and the last Friday (6, 0) of every month, from 2024-01-10 02:00.
        assert.equal(next('004A1D8000231400', '2024-02-01T00:00:00Z'), '2024-02-13T02:00');
        assert.equal(next('004A1D8000261000', '2024-02-01T00:00:00Z'), '2024-02-23T02:00');
        assert.equal(next('004A1D8000231400', '2024-01-09T23:00:00Z'), '2024-02-13T02:00');
    });
    test('always later than the moment that is asked about, and never before the start', () => {
        const texts = VECTORS.map(([text]) => text).filter((text) => read(text).recurrence.kind !== 'once');
        fc.assert(fc.property(fc.constantFrom(...texts), fc.date({ min: new Date(0), max: new Date('2035-01-01T00:00:00Z'), noInvalidDate: true }), (text, after) => {
            const token = read(text);
            const found = nextOccurrence(token, after.getTime(), 0);
            assert.ok(found !== undefined && found > after.getTime());
            const { year, month, day } = token.start;
            assert.ok(found >= Date.UTC(year, month - 1, day));
            // Nothing lies between: the occurrence after the one before it is the same one.
            assert.equal(nextOccurrence(token, found - 1, 0), found);
        }));
    });
});
//# sourceMappingURL=schedule-token.test.js.map