import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { systemClock, type Clock } from '../../src/provider/clock.js';
import type { ServicingRequest, Start } from '../../src/plan/servicing-request.js';
import { decodeToken } from '../../src/site/schedule-token.js';
import type { SiteDescription } from '../../src/simulator/index.js';
import { ManualClock } from '../simulator/manual-clock.js';
import { failed, refused, succeeded, undone, type World } from './serviced.js';
import { LTSC, REMOTE, schedulesAt, SITE_WITH_TWO_GROUPS, WINDOWS_7 } from './several-images.js';
import { NOTHING, remainsOf, writesOf } from './site-afterwards.js';

const MINUTE = 60_000;
const NOW = '2026-06-10T09:00:30Z';

/** The site's clock stands still at NOW; that of the run goes on from there, because a run waits for time to pass. */
function worldAtNow(): World & { readonly clock: ManualClock } {
  const ahead = Date.parse(NOW) - Date.now();
  const clock: Clock = { ...systemClock, now: () => Date.now() + ahead };
  return { clock: new ManualClock(NOW), access: { clock } };
}

const later = (start: Start): Pick<ServicingRequest, 'images' | 'start'> => ({
  images: [WINDOWS_7, LTSC],
  start,
});

const at = (time: string): Start => ({ kind: 'moment', milliseconds: Date.parse(time) });
const bySiteClock = (month: number, day: number, hour: number, minute: number, year = 2026): Start => ({
  kind: 'site-time',
  minute: { year, month, day, hour, minute },
});

suite('a later start', () => {
  const cases: readonly (readonly [string, Start, string, { isUtc: boolean; hour: number }, RegExp])[] = [
    [
      'at a moment',
      at('2026-06-10T12:30:00Z'),
      '2026-06-10T12:30:00Z',
      { isUtc: true, hour: 12 },
      /12:30 UTC/,
    ],
    [
      'by the clock of the site, in summer',
      bySiteClock(6, 10, 14, 30),
      '2026-06-10T12:30:00Z',
      { isUtc: false, hour: 14 },
      /2026-06-10 14:30 by the clock of site LAB/,
    ],
    [
      'by the clock of the site, in winter',
      bySiteClock(12, 1, 13, 30),
      '2026-12-01T12:30:00Z',
      { isUtc: false, hour: 13 },
      /2026-12-01 13:30 by the clock of site LAB/,
    ],
  ];
  for (const [what, start, moment, token, words] of cases) {
    for (const writeOrder of ['draft-first', 'as-console'] as const) {
      test(`${what}, written ${writeOrder}: it runs when its time has come, and not before`, async (t) => {
        const world = worldAtNow();
        const { clock } = world;
        const { site, result } = await succeeded(t, { ...later(start), writeOrder }, world);
        assert.equal(result.state, 'scheduled');
        const schedules = schedulesAt(site);
        assert.equal(schedules.length, 2);
        for (const schedule of schedules) {
          assert.equal(schedule.action, 0);
          const decoded = decodeToken(schedule.token);
          assert.equal(decoded?.recurrence.kind, 'once');
          const { isUtc, hour, minute } = decoded.start;
          assert.deepEqual({ isUtc, hour, minute }, { ...token, minute: 30 });
        }
        for (const { startsAt } of result.images) assert.match(startsAt ?? '', words);
        const told = site.progress.flatMap((step) => (step.kind === 'started' ? [step.startsAt] : []));
        assert.deepEqual(
          told,
          result.images.map(({ startsAt }) => startsAt),
        );
        assert.ok(!site.progress.some(({ kind }) => kind === 'taken-early'));

        const { servicingRuns } = site.simulator.state;
        assert.equal(servicingRuns.length, 0);
        clock.advance(Date.parse(moment) - clock.now() - 1);
        assert.equal(servicingRuns.length, 0);
        clock.advance(MINUTE);
        // Schedules are written all at once, so that any of them can be the first.
        assert.deepEqual(
          servicingRuns
            .map(
              ({ imagePackageIds, updateIds, why }) => `${imagePackageIds.join()} ${updateIds.length} ${why}`,
            )
            .sort(),
          [`${WINDOWS_7} 4 due`, `${LTSC} 4 due`],
        );
      });
    }
  }

  test('by the clock of each source site, for images of several', async (t) => {
    const request = { images: [WINDOWS_7, REMOTE], start: bySiteClock(6, 10, 14, 30) } as const;
    const { site, result } = await succeeded(t, request, worldAtNow());
    assert.deepEqual(
      result.images.map(({ startsAt }) => startsAt),
      ['2026-06-10 14:30 by the clock of site LAB', '2026-06-10 14:30 by the clock of site REM'],
    );
    assert.deepEqual(
      schedulesAt(site).map(({ token }) => decodeToken(token)?.start.hour),
      [14, 14],
    );
  });

  test('in the hour that comes twice is taken', async (t) => {
    const { result } = await succeeded(t, later(bySiteClock(10, 25, 2, 30)), worldAtNow());
    assert.equal(result.state, 'scheduled');
  });

  test('in a dry run is told, and nothing is written', async (t) => {
    const request = { ...later(at('2026-06-10T12:30:00Z')), dryRun: true };
    const { site, result } = await succeeded(t, request, worldAtNow());
    assert.match(result.images[1]?.startsAt ?? '', /12:30 UTC/);
    assert.equal(writesOf(site), 0);
  });

  test('is undone like any other when a step is refused: nothing runs when the time comes', async (t) => {
    const clock = new ManualClock(NOW);
    const { error, site } = await undone(t, later(at('2026-06-10T12:30:00Z')), {
      clock,
      faults: [{ kind: 'refuse', request: 2, class: 'SMS_ImagePackage.RunOfflineServicingManager' }],
    });
    assert.equal(error.code, 'OS401');
    clock.advance(24 * 60 * MINUTE);
    assert.deepEqual(remainsOf(site.simulator), NOTHING);
  });
});

suite('a start that the clock of the site cannot keep', () => {
  const west = {
    ...SITE_WITH_TWO_GROUPS,
    site: { ...SITE_WITH_TWO_GROUPS.site, utcOffsetMinutes: -480 },
  };
  const cases: readonly (readonly [string, Start, RegExp, SiteDescription?])[] = [
    ['in the hour that is left out in spring', bySiteClock(3, 28, 2, 30, 2027), /no such time/],
    ['past at the site, though not at the runner', bySiteClock(6, 10, 11, 0), /past/],
    ['in 2033 at the site, in 2034 by UTC', bySiteClock(12, 31, 23, 58, 2033), /later than a schedule/, west],
  ];
  for (const [what, start, words, description] of cases) {
    test(`${what}: refused once for all images of the site, and nothing is written`, async (t) => {
      const world = description === undefined ? worldAtNow() : { ...worldAtNow(), description };
      const { problems } = await refused(t, later(start), world);
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['OS217'],
      );
      assert.match(problems[0]?.what ?? '', words);
    });
  }

  test('there is no such gap where the clock is never changed', async (t) => {
    const site = { ...SITE_WITH_TWO_GROUPS.site, daylight: null };
    const description = { ...SITE_WITH_TWO_GROUPS, site };
    const { result } = await succeeded(t, later(bySiteClock(3, 28, 2, 30, 2027)), {
      ...worldAtNow(),
      description,
    });
    assert.equal(result.state, 'scheduled');
  });

  test('the zone cannot be read', async (t) => {
    const { error } = await failed(
      t,
      { start: bySiteClock(6, 10, 14, 30, 2030) },
      {
        change: ({ simulator: { state } }) => {
          state.change('SMS_Site', { SiteCode: 'LAB' }, { TimeZoneInfo: 'somewhere' });
        },
      },
    );
    assert.equal(error.code, 'OS217');
    assert.match(error.what, /time zone of site LAB cannot be read/);
  });
});
