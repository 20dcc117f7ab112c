import assert from 'node:assert/strict';
import { suite, test as nodeTest, type TestContext } from 'node:test';

import { CONNECTIONS } from '../site-under-test.js';
import { follow, HOUR, MINUTE, serviced, told, type FollowTest, type ServicedSite } from './followed.js';

for (const { connection, skip } of CONNECTIONS) {
  const test = (name: string, run: (t: TestContext) => Promise<void>): void => {
    nodeTest(name, { skip }, run);
  };
  const start = async (t: TestContext, how: FollowTest = {}): Promise<ServicedSite> =>
    serviced(t, { connection, minutes: 5, ...how });

  suite(`a schedule that is followed over ${connection}`, () => {
    test('succeeds, and each change is told once', async (t) => {
      const run = await start(t);
      const { kind, courses } = await follow(run, { pollInterval: MINUTE });
      assert.deepEqual(
        [kind, courses[0].phase, courses[0].images[0]?.status],
        ['ended', 'succeeded', 'succeeded'],
      );
      assert.deepEqual(told(run), ['following', 'running', 'image running', 'image succeeded', 'succeeded']);
    });

    test('fails with the update and the code that the site names', async (t) => {
      const update = 16_777_791;
      const run = await start(t, { servicing: { updates: [{ ciId: update, outcome: 'fails', code: 123 }] } });
      const { courses } = await follow(run, { pollInterval: MINUTE });
      assert.equal(courses[0].phase, 'failed');
      assert.deepEqual(
        courses[0].images.map(({ status, failedUpdateId, errorCode }) => [status, failedUpdateId, errorCode]),
        [['failed', update, 123]],
      );
    });

    test('that never starts ends after the start timeout, not after hours', async (t) => {
      const run = await start(t, { servicing: { component: { neverStarts: 'asleep' } } });
      const begun = run.clock.now();
      const { courses } = await follow(run, { startTimeout: MINUTE });
      assert.equal(courses[0].phase, 'not-started');
      assert.ok(run.clock.now() - begun < 2 * MINUTE);
    });

    test('that does not end in time is left alone', async (t) => {
      const run = await start(t);
      const { courses } = await follow(run, { waitTimeout: 3 * MINUTE, pollInterval: MINUTE });
      assert.equal(courses[0].phase, 'timed-out');
      const [schedule] = run.site.simulator.state.objects('SMS_ImageServicingSchedule');
      assert.deepEqual([schedule?.['State'], schedule?.['Action']], [2, 1]);
    });

    test('that does not end in time is cancelled, and nothing else of it changes', async (t) => {
      const run = await start(t);
      const [before] = run.site.simulator.state.objects('SMS_ImageServicingSchedule');
      const { courses } = await follow(run, {
        waitTimeout: 3 * MINUTE,
        pollInterval: MINUTE,
        onTimeout: 'cancel',
      });
      assert.equal(courses[0].phase, 'cancelled');
      const [after] = run.site.simulator.state.objects('SMS_ImageServicingSchedule');
      for (const name of ['Name', 'Description', 'UpdateDP', 'ContinueOnError', 'Schedule'])
        assert.deepEqual(after?.[name], before?.[name], name);
      assert.equal(after?.['Action'], 2);
    });
  });
}

suite('a schedule that is followed', () => {
  nodeTest('is looked at with one batch of four requests', async (t) => {
    const run = await serviced(t);
    const before = run.site.simulator.requests.length;
    run.cancel.abort();
    await follow(run);
    assert.equal(run.site.simulator.requests.length, before, 'a cancelled step asks nothing');
    const again = await serviced(t, { servicing: { component: { neverStarts: 'asleep' } } });
    const first = again.site.simulator.requests.length;
    await follow(again, { startTimeout: 1, pollInterval: 1_000 });
    assert.equal(again.site.simulator.requests.length - first, 8);
  });

  nodeTest('ends well whatever order the site writes its rows in', async (t) => {
    const orders = [
      ['state', 'updates', 'version', 'progress', 'history'],
      ['history', 'progress', 'state', 'version', 'updates'],
      ['updates', 'version', 'progress', 'state', 'history'],
    ];
    for (const rowOrder of orders) {
      const run = await serviced(t, { servicing: { component: { rowOrder, rowGap: 4_000 } } });
      const { courses } = await follow(run);
      assert.equal(courses[0].phase, 'succeeded', rowOrder.join(' '));
      assert.equal(courses[0].images[0]?.status, 'succeeded', rowOrder.join(' '));
    }
  });

  nodeTest('is found cancelled, whatever the State is then and whether rows are written', async (t) => {
    for (const stateAfterCancel of [0, 1, 3, 4]) {
      for (const cancelWritesRows of [true, false]) {
        const run = await serviced(t, { servicing: { component: { stateAfterCancel, cancelWritesRows } } });
        const { courses } = await follow(run, {
          waitTimeout: HOUR,
          pollInterval: 5 * MINUTE,
          onTimeout: 'cancel',
        });
        assert.equal(courses[0].phase, 'cancelled', `${stateAfterCancel} ${cancelWritesRows}`);
      }
    }
  });

  nodeTest('is not called cancelled where the site ignores that', async (t) => {
    const run = await serviced(t, { servicing: { component: { ignoresCancel: true } } });
    const { courses } = await follow(run, {
      waitTimeout: 30 * MINUTE,
      pollInterval: 5 * MINUTE,
      onTimeout: 'cancel',
    });
    assert.equal(courses[0].phase, 'cancel-requested');
  });

  nodeTest('may succeed after all when the cancel came too late', async (t) => {
    const run = await serviced(t);
    const { courses } = await follow(run, {
      waitTimeout: 97 * MINUTE,
      pollInterval: 5 * MINUTE,
      onTimeout: 'cancel',
    });
    assert.equal(courses[0].phase, 'succeeded');
  });

  nodeTest('survives a site that goes away, which is told once and once again when it is back', async (t) => {
    const run = await serviced(t, {
      servicing: { outages: [{ after: 20 * MINUTE, time: 30 * MINUTE, kind: '503' }] },
    });
    const { courses } = await follow(run, { pollInterval: 5 * MINUTE });
    assert.equal(courses[0].phase, 'succeeded');
    assert.equal(told(run).filter((each) => each === 'site-silent').length, 1);
    assert.equal(told(run).filter((each) => each === 'site-back').length, 1);
  });

  nodeTest('that somebody deletes is gone', async (t) => {
    const run = await serviced(t, { servicing: { component: { neverStarts: 'asleep' } } });
    run.site.simulator.state.remove('SMS_ImageServicingSchedule', { ScheduleID: run.schedule.scheduleId });
    const { courses } = await follow(run);
    assert.equal(courses[0].phase, 'gone');
  });

  nodeTest('that waits behind another one pauses the clock of its start, and names the other', async (t) => {
    const run = await serviced(t, { servicing: { component: { neverStarts: 'asleep' } } });
    run.site.simulator.state.put('SMS_ImageServicingSchedule', {
      ScheduleID: 99,
      Name: 'Somebody else',
      Action: 1,
      State: 2,
      Schedule: '',
    });
    const begun = run.clock.now();
    const { courses } = await follow(run, { waitTimeout: 2 * HOUR, pollInterval: 5 * MINUTE });
    assert.equal(courses[0].phase, 'timed-out');
    assert.ok(run.clock.now() - begun >= 2 * HOUR);
    assert.deepEqual(
      run.events.flatMap((event) => (event.kind === 'behind' ? [event.name] : [])),
      ['Somebody else'],
    );
  });

  nodeTest('of an earlier run leaves no trace in the new one', async (t) => {
    const run = await serviced(t, { servicing: { component: { neverStarts: 'asleep' } } });
    const { scheduleId } = run.schedule;
    run.site.simulator.state.put('SMS_ImageUpdateHistory', {
      ScheduleID: scheduleId,
      ImagePackageID: 'LAB00010',
      RunDateTime: '2024-01-01T00:00:00Z',
      FailedUpdateID: 0,
      Status: 2,
    });
    const { courses } = await follow(run, {}, { isNew: false });
    assert.equal(courses[0].phase, 'not-started');
  });
});
