import assert from 'node:assert/strict';
import { suite, test as nodeTest, type TestContext } from 'node:test';

import type { FollowSettings } from '../../src/follow/follow-settings.js';
import { serviceAddress } from '../../src/provider/admin-service/service-address.js';
import type { ScheduleId, SiteCode } from '../../src/site/identifiers.js';
import { errorsOfAwait } from '../../src/verbs/await/await.js';
import { awaitSchedules } from '../../src/verbs/await/await-schedules.js';
import type { FollowRequest } from '../../src/verbs/await/follow-request.js';
import type { FollowedRun } from '../../src/verbs/await/followed-run.js';
import { errorsOfCancel } from '../../src/verbs/cancel/cancel.js';
import { cancelSchedules } from '../../src/verbs/cancel/cancel-schedules.js';
import { SMALL_GROUP_UPDATES } from '../servicing/site-afterwards.js';
import { CONNECTIONS } from '../site-under-test.js';
import { HOUR, MINUTE, serviced, type FollowTest, type ServicedSite } from './followed.js';

const SETTINGS: FollowSettings = {
  until: 'servicing',
  waitTimeout: 8 * HOUR,
  startTimeout: 30 * MINUTE,
  pollInterval: MINUTE,
  onTimeout: 'leave',
  onCancel: 'leave',
  allowFailedUpdates: false,
  requiredDistributionPoints: { kind: 'all' },
};

function request(
  ids: readonly [ScheduleId, ...ScheduleId[]],
  follow: Partial<FollowSettings>,
): FollowRequest {
  return {
    connection: { kind: 'simulator' },
    siteCode: 'LAB' as SiteCode,
    scheduleIds: ids,
    follow: { ...SETTINGS, ...follow },
  };
}

async function awaited(run: ServicedSite, follow: Partial<FollowSettings> = {}): Promise<FollowedRun> {
  return awaitSchedules(run.followSite, request([run.schedule.scheduleId], follow));
}

const codes = (run: FollowedRun): readonly string[] => errorsOfAwait(run).map(({ code }) => code);
const stateOf = (run: FollowedRun): string => (run.kind === 'followed' ? run.result.state : 'refused');

for (const { connection, skip } of CONNECTIONS) {
  const test = (name: string, run: (t: TestContext) => Promise<void>): void => {
    nodeTest(name, { skip }, run);
  };
  const start = async (t: TestContext, how: FollowTest = {}): Promise<ServicedSite> =>
    serviced(t, { connection, minutes: 3, ...how });

  suite(`awaiting a schedule of somebody else over ${connection}`, () => {
    test('tells what came of every update', async (t) => {
      const run = await awaited(await start(t));
      assert.equal(stateOf(run), 'succeeded');
      assert.deepEqual(codes(run), []);
      assert.ok(run.kind === 'followed');
      assert.equal(run.result.images[0]?.results.installed.length, SMALL_GROUP_UPDATES.length);
    });

    test('fails with the code in words where the servicing fails', async (t) => {
      const [ciId] = SMALL_GROUP_UPDATES;
      const run = await awaited(
        await start(t, { servicing: { updates: [{ ciId, outcome: 'fails', code: 123 }] } }),
      );
      assert.equal(stateOf(run), 'failed');
      const [error] = errorsOfAwait(run);
      assert.equal(error?.code, 'OS601');
      assert.match(error.what, /with 0x8007007b \(Win32 123, ERROR_INVALID_NAME\)/);
    });

    test('is partly failed where an update was passed over, unless that is allowed', async (t) => {
      const [ciId] = SMALL_GROUP_UPDATES;
      const servicing = { updates: [{ ciId, outcome: 'not-supported' }] };
      const run = await awaited(await start(t, { servicing }));
      assert.equal(stateOf(run), 'partly-failed');
      assert.deepEqual(codes(run), ['OS602']);
      const allowed = await awaited(await start(t, { servicing }), { allowFailedUpdates: true });
      assert.equal(stateOf(allowed), 'partly-failed');
      assert.deepEqual(codes(allowed), []);
    });

    test('waits for the distribution too', async (t) => {
      const run = await awaited(await start(t, { request: { updateDistributionPoints: true } }), {
        until: 'distribution',
      });
      assert.equal(stateOf(run), 'succeeded');
      assert.ok(run.kind === 'followed');
      assert.equal(run.result.images[0]?.distribution?.phase, 'distributed');
    });
  });
}

suite('awaiting', () => {
  nodeTest('refuses IDs that the site does not show, all of them', async (t) => {
    const { followSite } = await serviced(t);
    const run = await awaitSchedules(followSite, request([5 as ScheduleId, 6 as ScheduleId], {}));
    assert.deepEqual(codes(run), ['OS606', 'OS606']);
  });

  nodeTest('a draft is refused: it never runs', async (t) => {
    const run = await serviced(t, { servicing: { component: { neverStarts: 'asleep' } } });
    run.site.simulator.state.change(
      'SMS_ImageServicingSchedule',
      { ScheduleID: run.schedule.scheduleId },
      { Action: 0, Schedule: 'EEFFCFC000080001' },
    );
    assert.match(errorsOfAwait(await awaited(run))[0]?.what ?? '', /is a draft, and never runs/);
  });

  nodeTest('a step that is cancelled fails, and leaves the schedule alone', async (t) => {
    const run = await serviced(t);
    run.cancelAfter(20 * MINUTE);
    const ended = await awaited(run);
    assert.equal(stateOf(ended), 'running');
    assert.deepEqual(codes(ended), ['OS501']);
    const [schedule] = run.site.simulator.state.objects('SMS_ImageServicingSchedule');
    assert.equal(schedule?.['Action'], 1);
  });

  nodeTest('a step that is cancelled cancels the schedule where that is asked for', async (t) => {
    const run = await serviced(t);
    run.cancelAfter(20 * MINUTE);
    const ended = await awaited(run, { onCancel: 'cancel' });
    const [schedule] = run.site.simulator.state.objects('SMS_ImageServicingSchedule');
    assert.equal(schedule?.['Action'], 2);
    assert.ok(['cancelled', 'cancel-requested'].includes(stateOf(ended)), stateOf(ended));
  });
});

suite('cancelling', () => {
  nodeTest('succeeds once the schedule has ended', async (t) => {
    const run = await serviced(t);
    run.clock.advance(20 * MINUTE);
    const ended = await cancelSchedules(run.followSite, request([run.schedule.scheduleId], {}));
    assert.equal(stateOf(ended), 'cancelled');
    assert.deepEqual(errorsOfCancel(ended), []);
  });

  nodeTest('of one that has not begun takes effect as well', async (t) => {
    const run = await serviced(t, { servicing: { component: { startDelay: 2 * HOUR } } });
    const ended = await cancelSchedules(run.followSite, request([run.schedule.scheduleId], {}));
    assert.equal(stateOf(ended), 'cancelled');
    assert.equal(run.site.simulator.state.servicingRuns.filter(({ at }) => at > run.clock.now()).length, 0);
  });

  nodeTest('fails where the site does not end it in time', async (t) => {
    const run = await serviced(t, { servicing: { component: { ignoresCancel: true } } });
    const ended = await cancelSchedules(
      run.followSite,
      request([run.schedule.scheduleId], { waitTimeout: 30 * MINUTE }),
    );
    assert.equal(stateOf(ended), 'cancel-requested');
    assert.deepEqual(
      errorsOfCancel(ended).map(({ code }) => code),
      ['OS605'],
    );
  });

  nodeTest('of one that has ended says how it ended', async (t) => {
    const run = await serviced(t);
    run.clock.advance(3 * HOUR);
    const ended = await cancelSchedules(run.followSite, request([run.schedule.scheduleId], {}));
    assert.equal(stateOf(ended), 'succeeded');
    assert.deepEqual(errorsOfCancel(ended), []);
  });
});

nodeTest('a poll costs four requests, also where the site has shown nothing larger', async (t) => {
  const run = await serviced(t, { servicing: { component: { ignoresCancel: true } } });
  const provider = run.site.connectAgain(serviceAddress(run.site.simulator.tokenBaseUrl, 'token'));
  const before = run.site.simulator.requests.length;
  await cancelSchedules(
    { ...run.followSite, provider },
    request([run.schedule.scheduleId], { waitTimeout: 50 * MINUTE }),
  );
  const asked = run.site.simulator.requests.slice(before).map(({ className }) => className);
  const count = (name: string): number => asked.filter((each) => each === name).length;
  const polls = count('SMS_ImageUpdateHistory');
  assert.ok(polls > 10);
  assert.equal(count('SMS_ImageServicingProgress'), polls);
});
