import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import { followSchedules } from '../../src/follow/follow-schedules.js';
import type { FollowEvent } from '../../src/follow/follow-event.js';
import { firstCourse, hasEnded, nextCourse, type Sight } from '../../src/follow/schedule-course.js';
import type { Outcome, SmsProvider } from '../../src/provider/port.js';
import type { FollowedSchedule, ScheduleState } from '../../src/site/followed-schedule.js';
import type { PackageId, ScheduleId } from '../../src/site/identifiers.js';
import type { ImageProgress, ImageStatus } from '../../src/site/servicing-progress.js';

const ID = 7 as ScheduleId;
const OTHER = 8 as ScheduleId;
const IMAGES = ['LAB00001' as PackageId, 'LAB00002' as PackageId] as const;
const MINUTE = 60_000;

const STATES: readonly ScheduleState[] = ['none', 'scheduled', 'running', 'succeeded', 'failed', 'unknown'];
const STATUSES: readonly ImageStatus[] = ['running', 'success', 'failed', 'unknown'];

const scheduleIn = (state: ScheduleState, isCancelAsked = false): FollowedSchedule => ({
  scheduleId: ID,
  name: 'A run',
  state,
  isCancelAsked,
  token: '',
  updatesDistributionPoints: false,
});

const row = (packageId: PackageId, status: ImageStatus, runDate: number | undefined = 1): ImageProgress => ({
  scheduleId: ID,
  packageId,
  status,
  runDate,
  failedUpdateId: undefined,
  errorCode: undefined,
});

/** Whatever one look can show: absent schedules, rows of any run, rows of others, another schedule that runs. */
const sights: fc.Arbitrary<Sight> = fc.record({
  schedules: fc.oneof(
    fc.constant([]),
    fc
      .record({ state: fc.constantFrom(...STATES), isCancelAsked: fc.boolean() })
      .map((each) => [scheduleIn(each.state, each.isCancelAsked)]),
  ),
  rows: fc.array(
    fc
      .record({
        image: fc.constantFrom(...IMAGES),
        status: fc.constantFrom(...STATUSES),
        runDate: fc.constantFrom(undefined, 1, 2),
      })
      .map(({ image, status, runDate }) => row(image, status, runDate)),
    { maxLength: 4 },
  ),
  running: fc.constantFrom([], [{ scheduleId: OTHER, name: undefined }], [{ scheduleId: ID, name: 'A run' }]),
});

/** Sights before the end in which nothing says that anybody cancelled it, or that it is over. */
const undecided = sights.map((sight): Sight => ({
  ...sight,
  schedules: sight.schedules.map((each) => ({
    ...each,
    isCancelAsked: false,
    state:
      each.state === 'succeeded' || each.state === 'failed' || each.state === 'unknown'
        ? 'running'
        : each.state,
  })),
  rows: sight.rows.filter(({ status }) => status === 'running'),
}));

suite('in whatever order a site shows things', () => {
  test('the verdict fits the last State, as soon as the rows are there', () => {
    fc.assert(
      fc.property(fc.array(undecided, { maxLength: 6 }), fc.boolean(), (before, succeeds) => {
        let now = 0;
        let course = firstCourse(ID, IMAGES, { isNew: true });
        for (const sight of before) course = nextCourse(course, sight, (now += 1_000));
        const status = succeeds ? 'success' : 'failed';
        const end: Sight = {
          schedules: [scheduleIn(succeeds ? 'succeeded' : 'failed')],
          rows: IMAGES.map((image) => row(image, status, 3)),
          running: [],
        };
        if (!hasEnded(course)) course = nextCourse(course, end, now + 1_000);
        // One that left Running for a while may count as over before.
        assert.ok([succeeds ? 'succeeded' : 'failed', 'cancelled'].includes(course.phase), course.phase);
        if (course.phase !== 'cancelled')
          assert.ok(course.images.every((image) => image.status === (succeeds ? 'succeeded' : 'failed')));
      }),
    );
  });

  test('an end is never taken back', () => {
    fc.assert(
      fc.property(fc.array(sights, { minLength: 1, maxLength: 12 }), (all) => {
        let course = firstCourse(ID, IMAGES, { isNew: false });
        let end: string | undefined;
        for (const [place, sight] of all.entries()) {
          course = nextCourse(course, sight, place * 30_000);
          if (end !== undefined) assert.equal(course.phase, end);
          if (hasEnded(course)) end = course.phase;
        }
      }),
    );
  });

  test('following ends in its time, and tells each change once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(sights, { nil: undefined }), { minLength: 1, maxLength: 30 }),
        fc.constantFrom('leave', 'cancel'),
        async (all, onTimeout) => {
          const events: FollowEvent[] = [];
          let now = 0;
          let looks = 0;
          const end = await followSchedules(
            {
              provider: siteThatShows(() => all[looks++ % all.length]),
              clock: {
                now: () => now,
                elapsed: () => now,
                sleep: async (milliseconds) => {
                  now += milliseconds;
                  return Promise.resolve();
                },
              },
              cancelled: new AbortController().signal,
              random: () => 0.5,
              tell: (event) => events.push(event),
            },
            [{ scheduleId: ID, packageIds: IMAGES, startsInMilliseconds: 0, isNew: false }],
            { waitTimeout: 60 * MINUTE, startTimeout: 10 * MINUTE, pollInterval: 30_000, onTimeout },
          );
          assert.equal(end.kind, 'ended');
          assert.ok(end.courses.every(hasEnded));
          assert.ok(now <= (60 + 60 + 2) * MINUTE, `${now / MINUTE} minutes`);
          const phases = events.flatMap((event) => (event.kind === 'phase' ? [event.phase] : []));
          assert.equal(new Set(phases).size, phases.length, phases.join(' '));
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** Undefined: no response. Whatever it is asked to change, it does. */
function siteThatShows(next: () => Sight | undefined): SmsProvider {
  const run = async (
    operations: readonly { readonly verb: string; readonly class: string }[],
  ): Promise<unknown> => {
    if (operations.some(({ verb }) => verb !== 'query')) return operations.map(() => ({ state: 'done' }));
    const sight = next();
    return Promise.resolve(
      operations.map((operation, place): Outcome<unknown> => {
        if (sight === undefined)
          return {
            state: 'not-attempted',
            diagnosis: { code: 'OS302', what: 'No response.', cause: '', next: '' },
          };
        if (operation.class === 'SMS_ImageUpdateHistory')
          return { state: 'done', result: sight.rows.filter(({ status }) => status !== 'running') };
        if (operation.class === 'SMS_ImageServicingProgress') return { state: 'done', result: sight.rows };
        return { state: 'done', result: place === 2 ? sight.schedules : sight.running };
      }),
    );
  };
  return {
    readsOwnWrites: true,
    run,
    removalCommands: () => [],
    close: async () => Promise.resolve(),
  } as never;
}
