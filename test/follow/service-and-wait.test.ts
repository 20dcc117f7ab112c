import assert from 'node:assert/strict';
import { suite, test as nodeTest, type TestContext } from 'node:test';

import { SMALL_GROUP_UPDATES, type Ended } from '../servicing/site-afterwards.js';
import { CONNECTIONS } from '../site-under-test.js';
import { MINUTE, serviceAndWait, type FollowTest, type WaitTest } from './followed.js';

const [FIRST = 0] = SMALL_GROUP_UPDATES;

const ended = ({ run }: Ended): readonly [string, readonly string[]] => [
  run.kind === 'done' ? run.result.state : run.kind,
  run.errors.map(({ code }) => code),
];

for (const { connection, skip } of CONNECTIONS) {
  const test = (name: string, run: (t: TestContext) => Promise<void>): void => {
    nodeTest(name, { skip }, run);
  };
  const wait = async (t: TestContext, how: FollowTest & WaitTest = {}): Promise<Ended> =>
    (await serviceAndWait(t, { connection, minutes: 3, ...how })).ended;

  suite(`a run of service that waits, over ${connection}`, () => {
    test('succeeds when the images are serviced, and counts what was installed', async (t) => {
      const run = await wait(t);
      assert.deepEqual(ended(run), ['succeeded', []]);
      assert.equal(run.result?.images[0]?.followed?.results.installed.length, SMALL_GROUP_UPDATES.length);
    });

    test('fails when the servicing fails, with the schedule in its result', async (t) => {
      const run = await wait(t, {
        servicing: { updates: [{ ciId: FIRST, outcome: 'fails', code: 0x80073712 }] },
      });
      assert.deepEqual(ended(run), ['failed', ['OS601']]);
      assert.ok(run.result?.images[0]?.schedule !== undefined);
    });
  });
}

suite('a run of service that waits', () => {
  nodeTest('is partly failed where an update is not installed on one index', async (t) => {
    const servicing = { updates: [{ ciId: FIRST, outcome: 'not-reported' }] };
    const { ended: run } = await serviceAndWait(t, { servicing });
    assert.deepEqual(ended(run), ['partly-failed', ['OS602']]);
    assert.match(run.run.errors[0].what, new RegExp(`CI_ID ${FIRST} \\(index 1: not reported in this run`));
  });

  nodeTest('waits for every distribution point', async (t) => {
    const run = await serviceAndWait(t, {
      settings: { until: 'distribution' },
      servicing: { distributionPoints: [{ name: 'dp02.lab.example', course: 'fails' }] },
      request: { updateDistributionPoints: true },
    });
    assert.deepEqual(ended(run.ended), ['failed', ['OS608']]);
    assert.match(run.ended.run.errors[0].what, /dp02\.lab\.example/);
    const enough = await serviceAndWait(t, {
      settings: { until: 'distribution', requiredDistributionPoints: { kind: 'percentage', percentage: 50 } },
      servicing: { distributionPoints: [{ name: 'dp02.lab.example', course: 'fails' }] },
      request: { updateDistributionPoints: true },
    });
    assert.deepEqual(ended(enough.ended), ['succeeded', []]);
  });

  nodeTest('leaves its schedule alone when the step is cancelled while it waits', async (t) => {
    const run = await serviceAndWait(t, { cancelAfter: 30 * MINUTE });
    assert.deepEqual(ended(run.ended), ['running', ['OS501']]);
    const [schedule] = run.site.simulator.state.objects('SMS_ImageServicingSchedule');
    assert.deepEqual([schedule?.['Action'], schedule?.['State']], [1, 2]);
  });

  nodeTest('has nothing to wait for in a dry run', async (t) => {
    const run = await serviceAndWait(t, { request: { dryRun: true } });
    assert.deepEqual(ended(run.ended), ['planned', []]);
  });
});

nodeTest('a run that starts later waits for its start, and does not call that too late', async (t) => {
  const milliseconds = Date.parse('2024-06-10T13:00:00Z');
  const { ended: run } = await serviceAndWait(t, {
    settings: { startTimeout: 10 * MINUTE, waitTimeout: 120 * MINUTE },
    request: { start: { kind: 'moment', milliseconds } },
  });
  assert.deepEqual(ended(run), ['succeeded', []]);
});
