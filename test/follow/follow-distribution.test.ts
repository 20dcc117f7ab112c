import assert from 'node:assert/strict';
import { suite, test as nodeTest, type TestContext } from 'node:test';

import type { DistributionCourse } from '../../src/follow/distribution.js';
import { USUAL_DISTRIBUTION_PATIENCE } from '../../src/follow/distribution.js';
import {
  followDistribution,
  type DistributionAccess,
  type DistributionOutcome,
  type DistributionTimes,
} from '../../src/follow/follow-distribution.js';
import { CONNECTIONS } from '../site-under-test.js';
import { HOUR, IMAGE, MINUTE, follow, serviced, type FollowTest, type ServicedSite } from './followed.js';

type Event = Parameters<DistributionAccess['tell']>[0];

interface Distributed extends DistributionOutcome {
  readonly events: readonly Event[];
  readonly course: DistributionCourse;
  readonly run: ServicedSite;
}

const TIMES: DistributionTimes = {
  required: { kind: 'all' },
  patience: USUAL_DISTRIBUTION_PATIENCE,
  timeLeft: 8 * HOUR,
  pollInterval: 5 * MINUTE,
};

/** Services an image whose source has a version before, and follows where it goes. */
async function distributed(
  t: TestContext,
  test: FollowTest,
  times: Partial<DistributionTimes> = {},
): Promise<Distributed> {
  const run = await serviced(t, test);
  const { simulator } = run.site;
  const [before] = simulator.state.objectsWith('SMS_ImagePackage', 'PackageID', [IMAGE]);
  const versionBefore = Number(before?.['SourceVersion']);
  await follow(run, { pollInterval: 10 * MINUTE });
  const events: Event[] = [];
  const access = { ...run.access, tell: (event: Event) => events.push(event) };
  const outcome = await followDistribution(
    access,
    [{ packageId: IMAGE, class: 'SMS_ImagePackage', versionBefore }],
    { ...TIMES, ...times },
  );
  return { ...outcome, events, course: outcome.courses[0], run };
}

for (const { connection, skip } of CONNECTIONS) {
  suite(`a distribution that is followed over ${connection}`, { skip }, () => {
    const test = (name: string, run: (t: TestContext) => Promise<void>): void => {
      nodeTest(name, run);
    };

    test('ends when every point has the new version', async (t) => {
      const servicing = { images: [{ packageId: IMAGE, versionDelay: 2 * MINUTE }] };
      const { course, events } = await distributed(t, { connection, servicing });
      assert.equal(course.phase, 'distributed');
      assert.ok(course.points.length > 1);
      assert.ok(
        course.points.every(
          ({ server, status }) => server.endsWith('.lab.example') && status === 'installed',
        ),
      );
      assert.deepEqual([events[0]?.kind, events.at(-1)?.kind], ['new-version', 'distribution-over']);
    });

    test('fails with the name of the point that stays failed', async (t) => {
      const servicing = { distributionPoints: [{ name: 'dp01.lab.example', course: 'fails' }] };
      const { course } = await distributed(t, { connection, servicing });
      assert.equal(course.phase, 'failed');
      assert.deepEqual(
        course.points.filter(({ isFinal }) => isFinal).map(({ server }) => server),
        ['dp01.lab.example'],
      );
    });
  });
}

suite('a distribution that is followed', () => {
  nodeTest('without targets says so', async (t) => {
    const servicing = { images: [{ packageId: IMAGE, distributionPoints: [] }] };
    assert.equal((await distributed(t, { servicing })).course.phase, 'no-targets');
  });

  nodeTest('of an image whose version never rises ends soon', async (t) => {
    const servicing = { images: [{ packageId: IMAGE, versionDelay: 20 * HOUR }] };
    const { course } = await distributed(t, { servicing }, { timeLeft: 2 * HOUR });
    assert.equal(course.phase, 'unchanged');
  });

  nodeTest('to a point that never gets it ends when the time is up', async (t) => {
    const servicing = { distributionPoints: [{ name: 'dp01.lab.example', course: 'pending' }] };
    const { course, run } = await distributed(t, { servicing }, { timeLeft: HOUR });
    assert.equal(course.phase, 'timed-out');
    assert.ok(run.clock.now() - Date.parse('2024-06-10T09:00:00Z') < 4 * HOUR);
  });

  nodeTest('asks twice for each poll, and not at all once the step is cancelled', async (t) => {
    const run = await serviced(t);
    const before = run.site.simulator.requests.length;
    const packages = [{ packageId: IMAGE, class: 'SMS_ImagePackage', versionBefore: 999 }] as const;
    const access = { ...run.access, tell: () => undefined };
    await followDistribution(access, packages, { ...TIMES, timeLeft: 1 });
    assert.equal(run.site.simulator.requests.length - before, 4);
    run.cancel.abort();
    const { kind } = await followDistribution(access, packages, TIMES);
    assert.equal(kind, 'cancelled');
    assert.equal(run.site.simulator.requests.length - before, 4);
  });

  nodeTest('survives a site that goes away, which is told once and once again when it is back', async (t) => {
    const servicing = { outages: [{ after: 130 * MINUTE, time: 30 * MINUTE, kind: '503' }] };
    const { course, events } = await distributed(t, { servicing });
    assert.equal(course.phase, 'distributed');
    const kinds = events.map(({ kind }) => kind).filter((kind) => kind.startsWith('site'));
    assert.deepEqual(kinds, ['site-silent', 'site-back']);
  });
});
