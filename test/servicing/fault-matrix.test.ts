import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';

import type { Fault } from '../../src/simulator/index.js';
import { siteUnderTest, type SiteUnderTest } from '../site-under-test.js';
import {
  assertWholeOrNothing,
  runOnce,
  SITE_WITH_SMALL_GROUP,
  SMALL_GROUP_UPDATES,
} from './site-afterwards.js';

const WANTED = SMALL_GROUP_UPDATES.length;

async function siteWith(
  context: TestContext,
  faults: readonly Fault[],
  component: 'between-writes' | 'when-woken',
): Promise<SiteUnderTest> {
  return siteUnderTest(context, {
    simulator: {
      description: SITE_WITH_SMALL_GROUP,
      faults,
      component,
      invisibleMilliseconds: 60,
      servicingMilliseconds: 20,
    },
    settings: { answerSeconds: 1 },
  });
}

/** How many requests a run makes that nothing disturbs. */
async function requestsOfGoodRun(context: TestContext): Promise<number> {
  const site = await siteWith(context, [], 'between-writes');
  const ended = await runOnce(site);
  assert.equal(ended.result?.state, 'scheduled', JSON.stringify(ended));
  return site.simulator.requests.length;
}

const KINDS: readonly Fault[] = [
  { kind: 'refuse', request: 0 },
  { kind: 'deny-401', request: 0 },
  { kind: 'error-500', request: 0 },
  { kind: 'cut', request: 0 },
  { kind: 'lose', request: 0 },
  { kind: 'truncate', request: 0 },
  { kind: 'delay', milliseconds: 300, request: 0 },
  // Longer than the client waits: the effect comes after it has given up.
  { kind: 'delay', milliseconds: 1_100, request: 0 },
];

suite('whatever single request fails, the site ends with one whole schedule or with nothing of ours', () => {
  for (const component of ['between-writes', 'when-woken'] as const) {
    for (const fault of KINDS) {
      const name = fault.kind === 'delay' ? `delay of ${fault.milliseconds} ms` : fault.kind;
      test(`${name}, at each request in turn; the component runs ${component}`, async (t) => {
        const requests = await requestsOfGoodRun(t);
        assert.ok(requests > 15);
        const numbers = Array.from({ length: requests + 2 }, (_, place) => place + 1);
        const ends = await Promise.all(
          numbers.map(async (request) => {
            const site = await siteWith(t, [{ ...fault, request }], component);
            return assertWholeOrNothing(site, await runOnce(site), WANTED);
          }),
        );
        assert.ok(ends.includes('whole'));
      });
    }
  }
});

suite(
  'whatever fails while a run is undone, the site ends with nothing of ours or the error says what may be left',
  () => {
    for (const kind of ['refuse', 'error-500', 'cut', 'lose'] as const) {
      test(`${kind}, at each request of the undo in turn`, async (t) => {
        const refused: Fault = {
          kind: 'refuse',
          every: true,
          class: 'SMS_ImagePackage.RunOfflineServicingManager',
        };
        const plain = await siteWith(t, [refused], 'when-woken');
        await assertWholeOrNothing(plain, await runOnce(plain), WANTED);
        const undone = plain.simulator.requests.findIndex(({ methodName }) => methodName !== undefined) + 1;
        const requests = plain.simulator.requests.length;
        assert.ok(undone > 0 && requests - undone > 5);
        const numbers = Array.from({ length: requests - undone }, (_, place) => undone + 1 + place);
        await Promise.all(
          numbers.map(async (request) => {
            const site = await siteWith(t, [{ kind, request }, refused], 'when-woken');
            const ended = await runOnce(site);
            if (ended.error?.code === 'OS402') {
              assert.match(ended.error.what, /Not undone for certain: schedule \d+/);
              assert.match(ended.error.next, /SMS_ImageServicingSchedule/);
            } else {
              assert.equal(await assertWholeOrNothing(site, ended, WANTED), 'nothing');
            }
          }),
        );
      });
    }
  },
);
