import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { instanceOf } from '../../src/provider/instance.js';
import { planStart } from '../../src/plan/start-time.js';
import { timeZoneOf } from '../../src/site/site-time-zone.js';
const BERLIN = 'FFFFFFC4 0000 000A 0000 0005 0003 0000 0000 0000 00000000 0000 0003 0000 0005 0002 0000 0000 0000 FFFFFFC4';
/** What is planned for 02:30 on the day on which that comes twice: at 00:30 UTC and an hour later. */
function kindAt(now) {
    const zone = timeZoneOf(instanceOf({ TimeZoneInfo: BERLIN }));
    assert.ok(zone);
    const minute = { year: 2030, month: 10, day: 27, hour: 2, minute: 30 };
    return planStart({ kind: 'site-time', minute }, 'LAB', zone, now).kind;
}
suite('a start in the hour that comes twice', () => {
    const SECOND = Date.UTC(2030, 9, 27, 1, 30);
    test('is still to come between the two moments', () => {
        assert.equal(kindAt(SECOND - 90 * 60_000), 'later');
        assert.equal(kindAt(SECOND - 30 * 60_000), 'later');
        assert.equal(kindAt(SECOND), 'later');
    });
    test('is past after both', () => {
        assert.equal(kindAt(SECOND + 1), 'impossible');
    });
});
//# sourceMappingURL=start-time.test.js.map