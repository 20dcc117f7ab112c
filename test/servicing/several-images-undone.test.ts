import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';

import type { Progress } from '../../src/plan/progress.js';
import type { ServicingRequest } from '../../src/plan/servicing-request.js';
import type { ComponentMode, Fault } from '../../src/simulator/index.js';
import { siteUnderTest, type SiteUnderTest } from '../site-under-test.js';
import {
  LTSC,
  schedulesAt,
  SITE_WITH_TWO_GROUPS,
  THREE_IMAGES,
  UPGRADE,
  WINDOWS_7,
} from './several-images.js';
import { errorOf, leftOf, NOTHING, remainsOf, runOnce, SMALL_GROUP_UPDATES } from './site-afterwards.js';
import { assertEachWholeOrNothing, type Wanted } from './whole-or-nothing.js';

const WANTED: Wanted = new Map(THREE_IMAGES.map((image) => [image, SMALL_GROUP_UPDATES]));
const METHOD = 'SMS_ImagePackage.RunOfflineServicingManager';

async function siteWith(
  t: TestContext,
  faults: readonly Fault[],
  component: ComponentMode,
  servicingMilliseconds = 1_000,
): Promise<SiteUnderTest> {
  return siteUnderTest(t, {
    simulator: { description: SITE_WITH_TWO_GROUPS, faults, component, servicingMilliseconds },
  });
}

const REQUEST: Partial<ServicingRequest> = { images: THREE_IMAGES };

suite('a refusal in a run of several images', () => {
  const creations = [
    'SMS_ImageServicingSchedule',
    'SMS_ImageServicingScheduledImage',
    'SMS_ImageServicingScheduledUpdate',
  ];
  for (const component of ['between-writes', 'when-woken'] as const) {
    for (const which of creations) {
      test(`of a new ${which}: nothing is left of any image; the component runs ${component}`, async (t) => {
        for (const request of [1, 2, 3]) {
          const site = await siteWith(
            t,
            [{ kind: 'refuse', method: 'POST', class: which, request }],
            component,
          );
          const ended = await runOnce(site, REQUEST);
          assert.equal(await assertEachWholeOrNothing(site, ended, WANTED), 'nothing');
          assert.equal(errorOf(ended).code, 'OS401');
          assert.match(errorOf(ended).what, new RegExp(`^Create ${which}`));
        }
      });
    }

    for (const place of [1, 2, 3]) {
      test(`of the start of image ${place}, the component runs ${component}: those before it are undone or told`, async (t) => {
        for (const fault of [
          { kind: 'refuse', method: 'PUT', request: place },
          { kind: 'refuse', class: METHOD, request: place },
        ] as const) {
          const site = await siteWith(t, [fault], component);
          const ended = await runOnce(site, REQUEST);
          const what = `${fault.kind} of ${'class' in fault ? fault.class : fault.method}`;
          const afterwards = await assertEachWholeOrNothing(site, ended, WANTED);
          const started = site.progress.filter(({ kind }) => kind === 'started').length;
          assert.equal(started, place - 1, what);
          if (place === 1 && component === 'when-woken') assert.equal(afterwards, 'nothing', what);
          if (place > 1) {
            const error = errorOf(ended);
            assert.match(error.what, /has started meanwhile, with all its updates/, what);
            // What stands in line behind the first one is left too, and is told as perhaps running.
            const left = schedulesAt(site).map(({ id, images }) => ({
              scheduleId: id,
              packageId: images[0],
            }));
            assert.equal(error.code, left.length > 1 ? 'OS402' : 'OS403', what);
            const byId = (one: { scheduleId: number }, other: { scheduleId: number }): number =>
              one.scheduleId - other.scheduleId;
            const told = leftOf(ended).map(({ scheduleId, packageId }) => ({ scheduleId, packageId }));
            assert.deepEqual(told.sort(byId), [...left].sort(byId), what);
          }
        }
      });
    }
  }

  test('and one more while it is undone: the schedule that runs is told as well', async (t) => {
    const site = await siteWith(
      t,
      [
        { kind: 'refuse', class: METHOD, request: 1 },
        { kind: 'refuse', method: 'DELETE', every: true },
      ],
      'between-writes',
    );
    const ended = await runOnce(site, REQUEST);
    const error = errorOf(ended);
    assert.equal(error.code, 'OS402');
    assert.equal(leftOf(ended).length, 3);
    assert.match(error.what, /LAB00010\) has started meanwhile, with all its updates/);

    // Whichever look of the undo fails, and not for the length of its filter: what was found out before is told.
    let failures = 0;
    for (const which of ['SMS_ImageServicingSchedule', 'SMS_ImageServicingScheduledUpdate']) {
      for (let request = 1; request <= 12; request++) {
        const blind = await siteWith(
          t,
          [
            { kind: 'refuse', class: METHOD, request: 1 },
            { kind: 'redirect', method: 'GET', class: which, request },
          ],
          'between-writes',
        );
        const ended = await runOnce(blind, REQUEST);
        await assertEachWholeOrNothing(blind, ended, WANTED);
        if (errorOf(ended).code === 'OS402') failures++;
      }
    }
    assert.ok(failures > 0);
  });

  test('of a lost answer to any start: no image is started a second time', async (t) => {
    for (const component of ['between-writes', 'when-woken'] as const) {
      for (const request of [1, 2, 3]) {
        const site = await siteWith(t, [{ kind: 'lose', method: 'PUT', request }], component);
        assert.equal(await assertEachWholeOrNothing(site, await runOnce(site, REQUEST), WANTED), 'whole');
      }
    }
  });

  test('of a start that takes effect after it was given up: no image is started a second time', async (t) => {
    for (const request of [1, 2]) {
      const site = await siteUnderTest(t, {
        simulator: {
          description: SITE_WITH_TWO_GROUPS,
          faults: [{ kind: 'delay', milliseconds: 1_100, method: 'PUT', request }],
        },
        settings: { answerSeconds: 1 },
      });
      assert.equal(await assertEachWholeOrNothing(site, await runOnce(site, REQUEST), WANTED), 'whole');
    }
  });

  test('of an answer that is none of the site’s: no image is started a second time', async (t) => {
    for (const component of ['between-writes', 'when-woken'] as const) {
      const site = await siteWith(t, [{ kind: 'html-200', method: 'PUT', request: 1 }], component);
      const ended = await runOnce(site, REQUEST);
      assert.equal(await assertEachWholeOrNothing(site, ended, WANTED), 'whole');
      const ran = site.simulator.state.servicingRuns.map(({ scheduleId }) => scheduleId);
      assert.equal(new Set(ran).size, 3);
      assert.equal(ran.length, 3, 'each once');
    }
  });

  test('while the component works on the image of somebody else: what may stand in line is never taken apart', async (t) => {
    const busy = {
      scheduleId: 16_000_001,
      name: 'Somebody else',
      description: '',
      action: 1,
      schedule: '7913788000080000',
      state: 0,
      updateDistributionPoints: false,
      continueOnError: false,
      images: [UPGRADE],
      updates: [...SMALL_GROUP_UPDATES],
    };
    const site = await siteUnderTest(t, {
      simulator: {
        description: { ...SITE_WITH_TWO_GROUPS, schedules: [busy] },
        faults: [{ kind: 'refuse', class: METHOD, request: 1 }],
        servicingMilliseconds: 60_000,
      },
    });
    const error = errorOf(await runOnce(site, { images: [WINDOWS_7] }));
    assert.equal(error.code, 'OS402');
    assert.match(error.what, /the site services an image at this moment: it may have been taken already/);
    assert.deepEqual(site.simulator.state.deletedWhileRunning, []);
    const [, own] = schedulesAt(site)
      .map(({ images, updates }) => [images[0], updates])
      .reverse();
    assert.deepEqual(own, [WINDOWS_7, SMALL_GROUP_UPDATES]);
  });
});

suite('a run of several images that is cancelled', () => {
  const steps: readonly Progress['kind'][] = [
    'site-found',
    'image-found',
    'group-found',
    'selected',
    'schedule-written',
    'links-written',
    'read-back',
    'started',
  ];
  for (const component of ['between-writes', 'when-woken'] as const) {
    for (const at of steps) {
      for (const which of [1, 2]) {
        if (which === 2 && (at === 'site-found' || at === 'group-found')) continue;
        test(`at the ${which}. ${at}, with a component that runs ${component}`, async (t) => {
          const controller = new AbortController();
          const site = await siteWith(t, [], component);
          const push = site.progress.push.bind(site.progress);
          let seen = 0;
          site.progress.push = (...all) => {
            seen += all.filter(({ kind }) => kind === at).length;
            if (seen >= which) controller.abort();
            return push(...all);
          };
          const ended = await runOnce(site, REQUEST, controller.signal);
          const afterwards = await assertEachWholeOrNothing(site, ended, WANTED);
          if (at === 'started') assert.equal(afterwards, 'whole');
          else {
            assert.equal(errorOf(ended).code, 'OS501');
            assert.equal(afterwards, 'nothing');
          }
        });
      }
    }
  }
});

suite('a run of one image among others of the site', () => {
  test('leaves the schedules of others alone, also where it undoes', async (t) => {
    const theirs = {
      scheduleId: 16_000_001,
      name: 'Somebody else',
      description: '',
      action: 0,
      schedule: '7913788000080000',
      state: 3,
      updateDistributionPoints: false,
      continueOnError: false,
      images: [UPGRADE],
      updates: [...SMALL_GROUP_UPDATES],
    };
    const site = await siteUnderTest(t, {
      simulator: {
        description: { ...SITE_WITH_TWO_GROUPS, schedules: [theirs] },
        component: 'off',
        faults: [{ kind: 'refuse', class: METHOD, request: 2 }],
      },
    });
    const ended = await runOnce(site, { images: [WINDOWS_7, LTSC] });
    assert.equal(errorOf(ended).code, 'OS401');
    const [left, ...others] = schedulesAt(site);
    assert.equal(left?.id, theirs.scheduleId);
    assert.deepEqual(left.updates, theirs.updates);
    assert.deepEqual(others, []);
    assert.deepEqual({ ...remainsOf(site.simulator), schedules: [], images: 0, updates: 0 }, NOTHING);
  });
});
