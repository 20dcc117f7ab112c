import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';

import { isWarning } from '../../src/verbs/service/warnings.js';
import { eventsOf } from '../../src/verbs/service/log-lines.js';
import type { ServicingRequest } from '../../src/plan/servicing-request.js';
import { encodeToken, NEVER_DUE, onceAt, type Recurrence } from '../../src/site/schedule-token.js';
import type { SiteDescription } from '../../src/simulator/index.js';
import { asInYaml } from '../as-in-yaml.js';
import { CONNECTIONS, siteUnderTest, type SiteUnderTest } from '../site-under-test.js';
import { LTSC, SITE_WITH_TWO_GROUPS, UPGRADE, WINDOWS_7, withStatuses } from './several-images.js';
import { errorOf, remainsOf, runOnce, SMALL_GROUP_UPDATES, writesOf, type Ended } from './site-afterwards.js';

type Schedule = SiteDescription['schedules'][number];

const HOUR = 3_600_000;
const PAST = '004A1D8000080001';
const AHEAD = onceAt(Date.UTC(2032, 5, 1, 2, 0));

const THEIRS: Schedule = {
  scheduleId: 16_800_000,
  name: '',
  description: '',
  action: 0,
  schedule: AHEAD,
  state: 1,
  updateDistributionPoints: false,
  continueOnError: false,
  images: [WINDOWS_7],
  updates: SMALL_GROUP_UPDATES,
};

function recurring(recurrence: Recurrence): string {
  return encodeToken({
    start: { year: 2024, month: 1, day: 10, hour: 2, minute: 0, isUtc: true },
    duration: { days: 0, hours: 0, minutes: 0 },
    recurrence,
  });
}

const WEEKLY = recurring({ kind: 'weekly', weekday: 3, everyWeeks: 1 });
const ONE_HOUR_AGO = onceAt(Date.now() - HOUR);

const COUNTS: readonly (readonly [what: string, Partial<Schedule>])[] = [
  ['runs', { state: 2, action: 1, schedule: PAST }],
  ['runs, and is asked to stop', { state: 2, action: 2, schedule: PAST }],
  ['runs, although it has the token of a draft', { state: 2, action: 0, schedule: NEVER_DUE }],
  ['is marked to run now and not yet taken', { state: 0, action: 1, schedule: ONE_HOUR_AGO }],
  ['is marked to run now, with the far token', { state: 1, action: 1, schedule: NEVER_DUE }],
  ['waits for its time', { state: 1, action: 0, schedule: AHEAD }],
  ['waits for its time, and was never looked at', { state: 0, action: 0, schedule: AHEAD }],
  ['is overdue', { state: 1, action: 0, schedule: PAST }],
  ['is to be cancelled, and still waits', { state: 1, action: 2, schedule: AHEAD }],
  ['succeeded and recurs', { state: 3, action: 0, schedule: WEEKLY }],
  ['failed and recurs', { state: 4, action: 0, schedule: WEEKLY }],
  ['succeeded, and its second token recurs', { state: 3, action: 0, schedule: PAST + WEEKLY }],
  ['succeeded, and was given a time that lies ahead', { state: 3, action: 0, schedule: AHEAD }],
];

const COUNTS_NOT: readonly (readonly [what: string, Partial<Schedule>])[] = [
  ['succeeded', { state: 3, action: 1, schedule: PAST }],
  ['failed', { state: 4, action: 0, schedule: PAST }],
  ['succeeded an hour ago', { state: 3, action: 1, schedule: ONE_HOUR_AGO }],
  ['was cancelled before it ran', { state: 0, action: 2, schedule: PAST }],
  ['is a draft', { state: 0, action: 0, schedule: NEVER_DUE }],
  ['is a draft that the component has seen', { state: 1, action: 0, schedule: NEVER_DUE.toLowerCase() }],
  ['was turned back into a draft', { state: 3, action: 0, schedule: NEVER_DUE }],
  ['is of another image', { state: 2, images: [LTSC] }],
];

for (const { connection, skip } of CONNECTIONS) {
  const described = (...schedules: readonly Partial<Schedule>[]): SiteDescription => ({
    ...SITE_WITH_TWO_GROUPS,
    schedules: schedules.map((each, place) => ({
      ...THEIRS,
      scheduleId: THEIRS.scheduleId + place,
      ...each,
    })),
  });
  async function run(
    t: TestContext,
    description: SiteDescription,
    request: Partial<ServicingRequest> = {},
  ): Promise<{ readonly site: SiteUnderTest; readonly ended: Ended; readonly warnings: readonly string[] }> {
    const site = await siteUnderTest(t, { connection, simulator: { description, component: 'off' } });
    const ended = await runOnce(site, request);
    const warnings = site.progress
      .filter(isWarning)
      .flatMap((step) => eventsOf(step).map(({ line }) => line));
    return { site, ended, warnings };
  }

  suite(`an image that another schedule is for, over ${connection}`, { skip }, () => {
    // Each process of PowerShell takes a while.
    const some = <Case>(cases: readonly Case[]): readonly Case[] =>
      connection === 'wmi' ? cases.filter((_, place) => place % 4 === 0) : cases;

    for (const [what, change] of some(COUNTS)) {
      test(`is refused where the schedule ${what}, before anything is written`, async (t) => {
        const { site, ended } = await run(t, described(change));
        const error = errorOf(ended);
        assert.equal(error.code, 'OS220');
        assert.match(error.what, /"Windows 7 Enterprise" \(LAB00010\)/);
        assert.match(error.what, /schedule 16800000 /);
        assert.match(asInYaml(error.next), /use if-scheduled: add\.$/);
        assert.equal(writesOf(site), 0);
      });
    }

    for (const [what, change] of some(COUNTS_NOT)) {
      test(`is scheduled where the schedule ${what}`, async (t) => {
        const { site, ended } = await run(t, described(change));
        assert.equal(ended.result?.state, 'scheduled', JSON.stringify(ended.error));
        assert.equal(remainsOf(site.simulator).schedules.length, 2);
      });
    }

    test('is refused with all that the site knows of each schedule', async (t) => {
      const { ended } = await run(
        t,
        described(
          { name: 'Patch "Tuesday"', description: 'by Ann', state: 2, action: 1, schedule: PAST },
          { schedule: '004A1D8000080000', state: 1 },
          { schedule: WEEKLY, state: 3 },
        ),
      );
      const { what } = errorOf(ended);
      assert.match(what, /3 servicing schedules/);
      assert.match(
        what,
        /schedule 16800000 \(name "Patch "Tuesday""; description "by Ann"; start: as soon as possible, marked at 2024-01-10 02:00 UTC; State 2, running; Action 1\)/,
      );
      assert.match(
        what,
        /schedule 16800001 \(start: 2024-01-10 02:00 by the clock of site LAB; State 1, scheduled; Action 0\)/,
      );
      assert.match(
        what,
        /schedule 16800002 \(start: every week on Tuesday from 2024-01-10 02:00 UTC; State 3/,
      );
    });

    test('is refused together with the others, and an upgrade package like an image', async (t) => {
      const { ended, site } = await run(
        t,
        described({ images: [UPGRADE], state: 2 }, { images: [LTSC, UPGRADE], schedule: AHEAD }),
        { images: [WINDOWS_7, LTSC, UPGRADE] },
      );
      assert.equal(ended.result, undefined);
      assert.deepEqual(
        ended.diagnoses.map(({ code, what }) => [code, /LAB000\d\d/.exec(what)?.[0]]),
        [
          ['OS220', LTSC],
          ['OS220', UPGRADE],
        ],
      );
      assert.match(ended.diagnoses[1]?.what ?? '', /2 servicing schedules/);
      assert.equal(writesOf(site), 0);
    });

    test('is refused by a dry run, and for a schedule that is written as the console does it', async (t) => {
      for (const request of [{ dryRun: true }, { writeOrder: 'as-console' }] as const) {
        const { ended, site } = await run(t, described({ state: 2 }), request);
        assert.equal(errorOf(ended).code, 'OS220');
        assert.equal(writesOf(site), 0);
      }
    });

    test('is scheduled again with add, and a warning names the schedule', async (t) => {
      const { ended, site, warnings } = await run(
        t,
        described({ name: 'Monthly', state: 2, action: 1, schedule: PAST }),
        { ifScheduled: 'add' },
      );
      assert.equal(ended.result?.state, 'scheduled', JSON.stringify(ended.error));
      assert.equal(remainsOf(site.simulator).schedules.length, 2);
      assert.equal(warnings.length, 1, warnings.join('\n'));
      assert.match(
        warnings[0] ?? '',
        /LAB00010.*schedule 16800000 \(name "Monthly"; start: .*State 2, running/,
      );
    });

    test('matters not where the image needs nothing', async (t) => {
      const upToDate = withStatuses(
        described({ state: 2 }),
        WINDOWS_7,
        SMALL_GROUP_UPDATES.map((ciId) => [ciId, 1, 2]),
      );
      const { ended, warnings } = await run(t, upToDate);
      assert.equal(ended.result?.state, 'nothing-to-do', JSON.stringify(ended.error));
      assert.deepEqual(warnings, []);
    });

    test('is told of where the site shows a link without its schedule', async (t) => {
      const hidden = [{ class: 'SMS_ImageServicingSchedule', where: { ScheduleID: 16_800_000 } }];
      const { ended, warnings } = await run(t, {
        ...described({ state: 2 }),
        access: { hidden, denied: [] },
      });
      assert.equal(ended.result?.state, 'scheduled', JSON.stringify(ended.error));
      assert.equal(warnings.length, 1, warnings.join('\n'));
      assert.match(warnings[0] ?? '', /schedule 16800000, which the site does not show/);
    });

    test('ends the run where the account may not read the links, with the words of the site', async (t) => {
      for (const ifScheduled of ['fail', 'add'] as const) {
        const { ended, site } = await run(
          t,
          {
            ...described(),
            access: {
              hidden: [],
              denied: [{ class: 'SMS_ImageServicingScheduledImage', operations: ['read'] }],
            },
          },
          { ifScheduled },
        );
        assert.equal(errorOf(ended).code, 'OS305');
        assert.match(errorOf(ended).what, /SMS_ImageServicingScheduledImage/);
        assert.equal(writesOf(site), 0);
      }
    });
  });
}

suite('a schedule of others whose properties are empty', () => {
  for (const [what, change, code] of [
    ['nothing but its ID is harmless', {}, undefined],
    ['marked to run it counts', { Action: 1 }, 'OS220'],
    ['a state that is not known counts', { State: 7 }, 'OS220'],
    ['a token that cannot be read counts', { Schedule: 'soon', State: 3 }, 'OS220'],
  ] as const) {
    test(what, async (t) => {
      const site = await siteUnderTest(t, {
        simulator: { description: SITE_WITH_TWO_GROUPS, component: 'off' },
      });
      const { state } = site.simulator;
      state.put('SMS_ImageServicingSchedule', {
        ScheduleID: 16_800_000,
        Name: null,
        Description: null,
        Action: null,
        Schedule: null,
        State: null,
        ...change,
      });
      state.put('SMS_ImageServicingScheduledImage', { ScheduleID: 16_800_000, ImagePackageID: WINDOWS_7 });
      const ended = await runOnce(site, { dryRun: true });
      assert.equal(ended.error?.code, code, JSON.stringify(ended.error));
    });
  }
});
