import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { systemClock } from '../../src/provider/clock.js';
import { decodeToken } from '../../src/site/schedule-token.js';
import { siteUnderTest } from '../site-under-test.js';
import { ManualClock } from '../simulator/manual-clock.js';
import { LTSC, REMOTE, schedulesAt, SITE_WITH_TWO_GROUPS, WINDOWS_7 } from './several-images.js';
import { errorOf, NOTHING, remainsOf, runWith, writesOf } from './site-afterwards.js';
const MINUTE = 60_000;
const NOW = '2026-06-10T09:00:30Z';
/** The site's clock stands still at NOW; that of the run goes on from there, because a run waits for time to pass. */
async function runLater(t, start, request = {}, description = SITE_WITH_TWO_GROUPS, now = NOW) {
    const clock = new ManualClock(now);
    const site = await siteUnderTest(t, { simulator: { description, clock } });
    const ahead = Date.parse(now) - Date.now();
    const ofRun = { ...systemClock, now: () => Date.now() + ahead };
    const ended = await runWith({ ...site.access(), clock: ofRun }, { images: [WINDOWS_7, LTSC], start, ...request });
    return { site, clock, ended };
}
const at = (time) => ({ kind: 'moment', milliseconds: Date.parse(time) });
const bySiteClock = (month, day, hour, minute, year = 2026) => ({
    kind: 'site-time',
    minute: { year, month, day, hour, minute },
});
suite('a later start', () => {
    const cases = [
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
        for (const writeOrder of ['draft-first', 'as-console']) {
            test(`${what}, written ${writeOrder}: it runs when its time has come, and not before`, async (t) => {
                const { site, clock, ended } = await runLater(t, start, { writeOrder });
                assert.equal(ended.result?.state, 'scheduled', JSON.stringify(ended.error));
                const schedules = schedulesAt(site);
                assert.equal(schedules.length, 2);
                for (const schedule of schedules) {
                    assert.equal(schedule.action, 0);
                    const decoded = decodeToken(schedule.token);
                    assert.equal(decoded?.recurrence.kind, 'once');
                    const { isUtc, hour, minute } = decoded.start;
                    assert.deepEqual({ isUtc, hour, minute }, { ...token, minute: 30 });
                }
                for (const { startsAt } of ended.result.images)
                    assert.match(startsAt ?? '', words);
                const told = site.progress.flatMap((step) => (step.kind === 'started' ? [step.startsAt] : []));
                assert.deepEqual(told, ended.result.images.map(({ startsAt }) => startsAt));
                assert.ok(!site.progress.some(({ kind }) => kind === 'taken-early'));
                const { servicingRuns } = site.simulator.state;
                assert.equal(servicingRuns.length, 0);
                clock.advance(Date.parse(moment) - clock.now() - 1);
                assert.equal(servicingRuns.length, 0);
                clock.advance(MINUTE);
                // Schedules are written all at once, so that any of them can be the first.
                assert.deepEqual(servicingRuns
                    .map(({ imagePackageIds, updateIds, why }) => `${imagePackageIds.join()} ${updateIds.length} ${why}`)
                    .sort(), [`${WINDOWS_7} 4 due`, `${LTSC} 4 due`]);
            });
        }
    }
    test('by the clock of each source site, for images of several', async (t) => {
        const { site, ended } = await runLater(t, bySiteClock(6, 10, 14, 30), { images: [WINDOWS_7, REMOTE] });
        assert.deepEqual(ended.result?.images.map(({ startsAt }) => startsAt), ['2026-06-10 14:30 by the clock of site LAB', '2026-06-10 14:30 by the clock of site REM'], JSON.stringify(ended.error));
        assert.deepEqual(schedulesAt(site).map(({ token }) => decodeToken(token)?.start.hour), [14, 14]);
    });
    test('in the hour that comes twice is taken', async (t) => {
        const { ended } = await runLater(t, bySiteClock(10, 25, 2, 30));
        assert.equal(ended.result?.state, 'scheduled', JSON.stringify(ended.error));
    });
    test('in a dry run is told, and nothing is written', async (t) => {
        const { site, ended } = await runLater(t, at('2026-06-10T12:30:00Z'), { dryRun: true });
        assert.match(ended.result?.images[1]?.startsAt ?? '', /12:30 UTC/);
        assert.equal(writesOf(site), 0);
    });
    test('is undone like any other when a step is refused: nothing runs when the time comes', async (t) => {
        const clock = new ManualClock(NOW);
        const site = await siteUnderTest(t, {
            simulator: {
                description: SITE_WITH_TWO_GROUPS,
                clock,
                faults: [{ kind: 'refuse', request: 2, class: 'SMS_ImagePackage.RunOfflineServicingManager' }],
            },
        });
        const ended = await runWith(site.access(), {
            images: [WINDOWS_7, LTSC],
            start: at('2026-06-10T12:30:00Z'),
        });
        assert.equal(errorOf(ended).code, 'OS401');
        assert.deepEqual(remainsOf(site.simulator), NOTHING);
        clock.advance(24 * 60 * MINUTE);
        assert.deepEqual(remainsOf(site.simulator), NOTHING);
    });
});
suite('a start that the clock of the site cannot keep', () => {
    const west = {
        ...SITE_WITH_TWO_GROUPS,
        site: { ...SITE_WITH_TWO_GROUPS.site, utcOffsetMinutes: -480 },
    };
    const cases = [
        ['in the hour that is left out in spring', bySiteClock(3, 28, 2, 30, 2027), /no such time/],
        ['past at the site, though not at the runner', bySiteClock(6, 10, 11, 0), /past/],
        ['in 2033 at the site, in 2034 by UTC', bySiteClock(12, 31, 23, 58, 2033), /later than a schedule/, west],
    ];
    for (const [what, start, words, description] of cases) {
        test(`${what}: refused once for all images of the site, and nothing is written`, async (t) => {
            const { site, ended } = await runLater(t, start, {}, description);
            assert.deepEqual(ended.result === undefined ? ended.diagnoses.map(({ code }) => code) : [], ['OS217'], JSON.stringify(ended));
            assert.match(errorOf(ended).what, words);
            assert.equal(writesOf(site), 0);
        });
    }
    test('there is no such gap where the clock is never changed', async (t) => {
        const { ended } = await runLater(t, bySiteClock(3, 28, 2, 30, 2027), {}, { ...SITE_WITH_TWO_GROUPS, site: { ...SITE_WITH_TWO_GROUPS.site, daylight: null } });
        assert.equal(ended.result?.state, 'scheduled', JSON.stringify(ended.error));
    });
    test('the zone cannot be read', async (t) => {
        const site = await siteUnderTest(t, { simulator: { description: SITE_WITH_TWO_GROUPS } });
        site.simulator.state.change('SMS_Site', { SiteCode: 'LAB' }, { TimeZoneInfo: 'somewhere' });
        const ended = await runWith(site.access(), { start: bySiteClock(6, 10, 14, 30, 2030) });
        assert.equal(errorOf(ended).code, 'OS217');
        assert.match(errorOf(ended).what, /time zone of site LAB cannot be read/);
    });
});
//# sourceMappingURL=later-start.test.js.map