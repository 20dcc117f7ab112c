import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { decodeToken, encodeToken, NEVER_DUE, onceAt, } from '../../src/site/schedule-token.js';
function start(text, isUtc = false) {
    const [, year, month, day, hour, minute] = /^(\d+)-(\d+)-(\d+) (\d+):(\d+)$/.exec(text) ?? [];
    return {
        year: Number(year),
        month: Number(month),
        day: Number(day),
        hour: Number(hour),
        minute: Number(minute),
        isUtc,
    };
}
function token(when, recurrence, days = 0, hours = 0, minutes = 0) {
    return { start: when, recurrence, duration: { days, hours, minutes } };
}
const weekly = (weekday, everyWeeks = 1) => ({
    kind: 'weekly',
    weekday,
    everyWeeks,
});
const everyDays = (days) => ({ kind: 'interval', days, hours: 0, minutes: 0 });
const monthlyOn = (day) => ({ kind: 'monthly-by-date', day, everyMonths: 1 });
/** The strings that are known from outside (docs/configmgr.md, "The interval string"). */
const VECTORS = [
    ['7913788000080000', token(start('2004-07-19 08:30'), { kind: 'once' })],
    ['55147880001B2000', token(start('2004-07-20 08:21'), weekly(3))],
    ['55177880001E2000', token(start('2004-07-23 08:21'), weekly(6))],
    ['0001200000100038', token(start('1970-02-01 00:00'), everyDays(7))],
    ['0062200000100008', token(start('1970-02-02 03:00'), everyDays(1))],
    ['02C159C0381A2000', token(start('2009-05-01 22:00'), weekly(2), 0, 7)],
    ['00084AC028592000', token(start('2013-04-08 00:00'), weekly(1), 1, 5)],
    ['00074AC0005F2000', token(start('2013-04-07 00:00'), weekly(7), 1)],
    ['026B3B80601C2001', token(start('2016-03-11 19:00', true), weekly(4), 0, 12)],
    ['1033BC7B10100010', token(start('2019-11-19 01:04'), everyDays(2), 0, 2, 59)],
    ['A9788980001B4000', token(start('2008-08-24 11:42'), weekly(3, 2))],
    ['7D98898000280400', token(start('2008-08-24 12:31'), monthlyOn(0))],
    ['0034394008100008', token(start('2007-03-20 01:00'), everyDays(1), 0, 1)],
    ['00343940081A2000', token(start('2007-03-20 01:00'), weekly(2), 0, 1)],
    ['0034394008284400', token(start('2007-03-20 01:00'), monthlyOn(1), 0, 1)],
    ['00811A9E081A2000', token(start('2012-01-01 04:00'), weekly(2), 0, 1, 30)],
    ['00629CC0101A2000', token(start('2021-09-02 03:00'), weekly(2), 0, 2)],
    ['004A1D8000080000', token(start('2024-01-10 02:00'), { kind: 'once' })],
    ['004A1D8000080001', token(start('2024-01-10 02:00', true), { kind: 'once' })],
];
const aStart = fc
    .tuple(fc.date({ min: new Date('1970-01-01T00:00Z'), max: new Date('2033-12-31T23:59Z'), noInvalidDate: true }), fc.boolean())
    .map(([date, isUtc]) => ({
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    isUtc,
}));
const aWeekday = fc.constantFrom(1, 2, 3, 4, 5, 6, 7);
const upTo = (max) => fc.integer({ min: 0, max });
const aRecurrence = fc.oneof(fc.constant({ kind: 'once' }), fc.record({ kind: fc.constant('interval'), days: upTo(31), hours: upTo(31), minutes: upTo(63) }), fc.record({ kind: fc.constant('weekly'), weekday: aWeekday, everyWeeks: upTo(7) }), fc.record({
    kind: fc.constant('monthly-by-weekday'),
    weekday: aWeekday,
    week: upTo(7),
    everyMonths: upTo(15),
}), fc.record({ kind: fc.constant('monthly-by-date'), day: upTo(31), everyMonths: upTo(15) }));
const aToken = fc.record({
    start: aStart,
    duration: fc.record({ days: upTo(31), hours: upTo(31), minutes: upTo(63) }),
    recurrence: aRecurrence,
});
suite('the interval string', () => {
    for (const [text, meaning] of VECTORS) {
        test(`${text} is written and read`, () => {
            assert.equal(encodeToken(meaning), text);
            assert.deepEqual(decodeToken(text), meaning);
            assert.deepEqual(decodeToken(text.toLowerCase()), meaning);
        });
    }
    test('every token survives being written and read', () => {
        fc.assert(fc.property(aToken, (each) => {
            assert.deepEqual(decodeToken(encodeToken(each)), structuredClone(each));
        }));
    });
    test('a text that is none is never read as one, and reading never throws', () => {
        fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9A-F]{16}$/)), (text) => {
            const read = decodeToken(text);
            if (read !== undefined)
                assert.equal(encodeToken(read).slice(0, 8), text.slice(0, 8).toUpperCase());
        }));
        for (const text of ['', '7913788000080000 ', '791378800008000', 'X913788000080000', '7913D88000080000']) {
            assert.equal(decodeToken(text), undefined, text);
        }
    });
    test('what a field cannot hold is refused, not cut', () => {
        assert.throws(() => encodeToken(token(start('2034-01-01 00:00'), { kind: 'once' })), RangeError);
        assert.throws(() => encodeToken(token(start('1969-12-31 00:00'), { kind: 'once' })), RangeError);
        assert.throws(() => encodeToken(token(start('2023-02-29 00:00'), { kind: 'once' })), RangeError);
        assert.throws(() => encodeToken(token(start('2024-01-10 02:00'), everyDays(32))), RangeError);
        assert.throws(() => encodeToken(token(start('2024-01-10 02:00'), { kind: 'once' }, 0, 32)), RangeError);
    });
    test('a moment is told in UTC, to the minute', () => {
        assert.equal(onceAt(Date.UTC(2024, 0, 10, 2, 0, 59, 999)), '004A1D8000080001');
    });
    test('a draft is due in the last minute that there is', () => {
        assert.deepEqual(decodeToken(NEVER_DUE)?.start, start('2033-12-31 23:59', true));
    });
});
//# sourceMappingURL=schedule-token.test.js.map