import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';

import {
  CONNECTIONS,
  siteUnderTest,
  type SiteUnderTest,
  type SiteUnderTestOptions,
} from '../site-under-test.js';
import { until } from '../until.js';
import { done, draft, link, NEVER, query, refusal, SOME_IDS } from './operations.js';

const SCHEDULE = 'SMS_ImageServicingSchedule';

/** Those that need no more than a name, over either connection. */
type PlainFaultKind = 'lose' | 'cut' | 'truncate' | 'error-500' | 'refuse' | 'deny-401';

/** How a create ends that meets a fault, and how many schedules there are then. */
const CREATES: readonly (readonly [PlainFaultKind, string, number])[] = [
  ['lose', 'unknown', 1],
  ['cut', 'unknown', 0],
  ['truncate', 'unknown', 1],
  ['error-500', 'unknown', 0],
  ['refuse', 'refused', 0],
  ['deny-401', 'refused', 0],
];

for (const { connection, skip } of CONNECTIONS) {
  const connected = async (t: TestContext, options: SiteUnderTestOptions = {}): Promise<SiteUnderTest> =>
    siteUnderTest(t, { ...options, connection });
  const check = (name: string, run: (t: TestContext) => Promise<void>): void => {
    test(name, { skip }, run);
  };

  suite(`what the port promises when something goes wrong, over ${connection}`, () => {
    for (const kind of ['error-500', 'cut', 'truncate', 'lose'] as const) {
      check(`a read that meets "${kind}" is repeated, with a notice that says which and why`, async (t) => {
        const { provider, retries } = await connected(t, { simulator: { faults: [{ kind, request: 1 }] } });
        const [outcome] = await provider.run(
          [query('SMS_Identification', [], 'ThisSiteCode')],
          'unordered',
          NEVER,
        );
        assert.equal(done(outcome).length, 1);
        assert.equal(retries.length, 1);
        assert.match(retries[0]?.label ?? '', /query SMS_Identification/);
        assert.notEqual(retries[0]?.why, '');
      });
    }

    check('a read that fails for good is refused after the last attempt', async (t) => {
      const { provider, simulator, retries } = await connected(t, {
        simulator: { faults: [{ kind: 'error-500', every: true }] },
      });
      const [outcome] = await provider.run(
        [query('SMS_Identification', [], 'ThisSiteCode')],
        'unordered',
        NEVER,
      );
      assert.equal(refusal(outcome).code, connection === 'wmi' ? 'OS314' : 'OS309');
      assert.equal(simulator.requests.length, 3);
      assert.deepEqual(
        retries.map(({ attempt, attempts }) => [attempt, attempts]),
        [
          [2, 3],
          [3, 3],
        ],
      );
    });

    check('a write that was sent is not sent again, even where that would do no harm', async (t) => {
      const { provider, simulator } = await connected(t, {
        simulator: { faults: [{ kind: 'lose', request: 2, method: 'POST' }], component: 'off' },
      });
      const id = Number(done((await provider.run([draft('one')], 'unordered', NEVER))[0]).get('scheduleid'));
      const [outcome] = await provider.run([link(id, SOME_IDS[0])], 'unordered', NEVER);
      assert.equal(outcome.state, 'unknown');
      assert.equal(simulator.requests.length, 2);
    });

    for (const [kind, state, made] of CREATES) {
      check(`a create that meets "${kind}" is ${state} and was sent once`, async (t) => {
        const { provider, simulator } = await connected(t, {
          simulator: { faults: [{ kind, request: 1, method: 'POST' }], component: 'off' },
        });
        const [outcome] = await provider.run([draft('one')], 'unordered', NEVER);
        assert.equal(outcome.state, state, JSON.stringify(outcome));
        assert.equal(simulator.requests.length, 1);
        assert.equal(simulator.state.objects(SCHEDULE).length, made);
      });
    }

    check('an answer that takes too long is ended at the limit', async (t) => {
      const { provider } = await connected(t, {
        simulator: { faults: [{ kind: 'delay', milliseconds: 60_000, every: true }] },
        settings: { answerSeconds: 1 },
      });
      const [outcome] = await provider.run([draft('one')], 'unordered', NEVER);
      assert.equal(outcome.state === 'unknown' && outcome.diagnosis.code, 'OS306');
    });

    check('an answer that is too large is given up', async (t) => {
      const { provider } = await connected(t, { settings: { answerBytes: 2_000 } });
      const [outcome] = await provider.run(
        [query('SMS_SoftwareUpdate', [], 'CI_ID', 'LocalizedDisplayName')],
        'unordered',
        NEVER,
      );
      assert.equal(refusal(outcome).code, 'OS307');
    });

    check('a cancelled batch ends at once and sends nothing more', async (t) => {
      const controller = new AbortController();
      const { provider, simulator } = await connected(t, {
        simulator: { faults: [{ kind: 'delay', milliseconds: 60_000, every: true }] },
      });
      const running = provider.run([draft('one')], 'unordered', controller.signal);
      await until(() => simulator.requests.length > 0, 'the request has arrived');
      controller.abort();
      const [outcome] = await running;
      assert.equal(outcome.state, 'unknown');
      const [after] = await provider.run([draft('two')], 'unordered', controller.signal);
      assert.equal(after.state, 'not-attempted');
      assert.equal(simulator.requests.length, 1);
    });
  });
}
