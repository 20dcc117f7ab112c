import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { instanceOf } from '../../src/provider/instance.js';
import { planStart } from '../../src/plan/start-time.js';
import type { SiteCode } from '../../src/site/identifiers.js';
import { onceAt, onceAtSiteTime, type CalendarMinute } from '../../src/site/schedule-token.js';
import { timeZoneOf, type SiteTimeZone } from '../../src/site/site-time-zone.js';

const NEVER = '0000 0000 0000 0000 0000 0000 0000 0000';
const BERLIN =
  'FFFFFFC4 0000 000A 0000 0005 0003 0000 0000 0000 00000000 0000 0003 0000 0005 0002 0000 0000 0000 FFFFFFC4';

/** What is planned for 02:30 on the day on which that comes twice: at 00:30 UTC and an hour later. */
function kindAt(now: number): string {
  const zone = timeZoneOf(instanceOf({ TimeZoneInfo: BERLIN }));
  assert.ok(zone);
  const minute = { year: 2030, month: 10, day: 27, hour: 2, minute: 30 };
  return planStart({ kind: 'site-time', minute }, 'LAB' as SiteCode, zone, now).kind;
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

suite('the start of an image', () => {
  const LAB = 'LAB' as SiteCode;
  const zone = timeZoneOf(instanceOf({ TimeZoneInfo: BERLIN }));
  const NOW = Date.UTC(2030, 0, 1);
  const whatOf = (minute: CalendarMinute, of: SiteTimeZone | undefined = zone): string => {
    const start = planStart({ kind: 'site-time', minute }, LAB, of, NOW);
    return start.kind === 'impossible' ? `${start.why.code} ${start.why.what}` : start.kind;
  };
  const at = (year: number, month: number, day: number, hour = 2, minute = 30): CalendarMinute => ({
    year,
    month,
    day,
    hour,
    minute,
  });

  test('is now, a moment in UTC, or a time by the clock of its site', () => {
    assert.deepEqual(planStart({ kind: 'now' }, LAB, undefined, NOW), { kind: 'now' });
    const milliseconds = Date.UTC(2030, 5, 1, 2, 5);
    assert.deepEqual(planStart({ kind: 'moment', milliseconds }, LAB, undefined, NOW), {
      kind: 'later',
      at: milliseconds,
      token: onceAt(milliseconds),
      told: '2030-06-01 02:05 UTC',
    });
    const minute = at(2030, 6, 1, 2, 5);
    assert.deepEqual(planStart({ kind: 'site-time', minute }, LAB, zone, NOW), {
      kind: 'later',
      at: Date.UTC(2030, 5, 1, 0, 5),
      token: onceAtSiteTime(minute),
      told: '2030-06-01 02:05 by the clock of site LAB',
    });
  });

  test('is impossible where the zone is not known, and in the hour that is left out', () => {
    const unknown = planStart({ kind: 'site-time', minute: at(2030, 6, 1) }, LAB, undefined, NOW);
    assert.match(
      unknown.kind === 'impossible' ? unknown.why.what : '',
      /2030-06-01 02:30 without a zone, and the time zone of site LAB/,
    );
    assert.match(whatOf(at(2030, 3, 31)), /^OS217 .*there is no such time/);
    assert.match(whatOf(at(2029, 6, 1)), /^OS217 .*that is past/);
  });

  test('is impossible from the last minute on that a schedule can hold', () => {
    const west = timeZoneOf(instanceOf({ TimeZoneInfo: `0000012C ${NEVER} 00000000 ${NEVER} 00000000` }));
    assert.ok(west);
    assert.match(whatOf(at(2033, 12, 31, 18, 59), west), /^OS217 .*later than a schedule can hold/);
    assert.equal(whatOf(at(2033, 12, 31, 18, 58), west), 'later');
  });
});
