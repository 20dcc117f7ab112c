import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { instanceOf } from '../../src/provider/instance.js';
import { momentsOf, timeZoneOf } from '../../src/site/site-time-zone.js';
/** As a site would write the zone of this name in the years since 2007. */
const ZONES = [
    [
        'Europe/Berlin',
        'FFFFFFC4 0000 000A 0000 0005 0003 0000 0000 0000 00000000 0000 0003 0000 0005 0002 0000 0000 0000 FFFFFFC4',
    ],
    [
        'America/New_York',
        '0000012C 0000 000B 0000 0001 0002 0000 0000 0000 00000000 0000 0003 0000 0002 0002 0000 0000 0000 FFFFFFC4',
    ],
    [
        'Australia/Sydney',
        'FFFFFDA8 0000 0004 0000 0001 0003 0000 0000 0000 00000000 0000 000A 0000 0001 0002 0000 0000 0000 FFFFFFC4',
    ],
    [
        'Asia/Tokyo',
        'FFFFFDE4 0000 0000 0000 0000 0000 0000 0000 0000 00000000 0000 0000 0000 0000 0000 0000 0000 0000 00000000',
    ],
];
function zone(text) {
    return timeZoneOf(instanceOf({ TimeZoneInfo: text }));
}
/** What the clock in that zone shows, by the tables of the machine and not by ours. */
function wallIn(name, moment) {
    return new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'short' }).format(moment);
}
suite('the time zone of a site', () => {
    for (const [name, text] of ZONES) {
        test(`${name}: every minute is at the moments at which a clock there shows it`, () => {
            const known = zone(text);
            assert.ok(known);
            const moment = fc.integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2033, 11, 30) / 60_000 });
            // Half of them close to a change of the clocks, which most minutes are not.
            const nearChange = fc
                .tuple(fc.integer({ min: 2024, max: 2033 }), fc.constantFrom(2, 3, 9, 10), fc.integer({ min: 0, max: 44_640 }))
                .map(([year, month, minute]) => Date.UTC(year, month, 1) / 60_000 + minute);
            fc.assert(fc.property(fc.oneof(moment, nearChange), (minutes) => {
                const shown = wallIn(name, minutes * 60_000);
                const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = shown.split(/[- :]/).map(Number);
                const found = momentsOf({ year, month, day, hour, minute }, known);
                assert.ok(found.includes(minutes * 60_000), shown);
                for (const each of found)
                    assert.equal(wallIn(name, each), shown);
            }), { numRuns: 1_000 });
        });
    }
    test('has a gap in spring and an hour that comes twice in autumn', () => {
        const berlin = zone(ZONES[0]?.[1] ?? '');
        assert.ok(berlin);
        const on = (month, day, hour) => momentsOf({ year: 2030, month, day, hour, minute: 30 }, berlin);
        assert.deepEqual(on(3, 31, 2), []);
        assert.deepEqual(on(3, 31, 3), [Date.UTC(2030, 2, 31, 1, 30)]);
        assert.deepEqual(on(10, 27, 2), [Date.UTC(2030, 9, 27, 0, 30), Date.UTC(2030, 9, 27, 1, 30)]);
    });
    test('can be changed at another time than a full hour', () => {
        const berlin = ZONES[0]?.[1] ?? '';
        const half = zone(berlin
            .replace('0005 0003 0000 0000', '0005 0003 001E 0000')
            .replace('0005 0002 0000 0000', '0005 0002 001E 0000'));
        assert.ok(half);
        const inSpring = (hour, minute) => momentsOf({ year: 2030, month: 3, day: 31, hour, minute }, half);
        assert.deepEqual(inSpring(2, 29), [Date.UTC(2030, 2, 31, 1, 29)]);
        assert.deepEqual(inSpring(2, 30), []);
        assert.deepEqual(inSpring(3, 29), []);
        assert.deepEqual(inSpring(3, 30), [Date.UTC(2030, 2, 31, 1, 30)]);
        const inAutumn = (hour, minute) => momentsOf({ year: 2030, month: 10, day: 27, hour, minute }, half).length;
        assert.deepEqual([inAutumn(2, 29), inAutumn(2, 30), inAutumn(3, 29), inAutumn(3, 30)], [1, 2, 2, 1]);
        // Midnight is often written as the last second of the day before.
        const midnight = zone(berlin.replace('0005 0002 0000 0000 0000', '0005 0017 003B 003B 0000'));
        assert.ok(midnight);
        const at = (day, hour, minute) => momentsOf({ year: 2030, month: day === 31 ? 3 : 4, day, hour, minute }, midnight).length;
        assert.deepEqual([at(31, 23, 59), at(1, 0, 0), at(1, 0, 58), at(1, 1, 0)], [1, 0, 0, 1]);
    });
    test('is not known where the text has another form', () => {
        const good = ZONES[0]?.[1] ?? '';
        for (const text of [
            '',
            'FFFFFFC4',
            good.slice(5),
            `${good} 0000`,
            good.replace('000A', '000D'),
            good.replace('0000 000A', '07E8 000A'),
            good.replace('000A', '0000'),
            'W. Europe Standard Time',
        ]) {
            assert.equal(zone(text), undefined, text);
        }
        fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => zone(text) === undefined));
    });
});
//# sourceMappingURL=site-time-zone.test.js.map