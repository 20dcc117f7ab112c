import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { suite, test, type TestContext } from 'node:test';

import type { Fault } from '../../src/simulator/index.js';
import { siteUnderTest, type SiteUnderTest, type SiteUnderTestOptions } from '../site-under-test.js';
import { byIds, done, draft, link, NEVER, query, refusal, SOME_IDS } from './operations.js';

async function withFaults(
  context: TestContext,
  faults: readonly Fault[],
  options: SiteUnderTestOptions = {},
): Promise<SiteUnderTest> {
  return siteUnderTest(context, { ...options, simulator: { faults, ...options.simulator } });
}

suite('the administration service connection, when something goes wrong', () => {
  for (const kind of ['error-500', 'cut', 'truncate', 'lose'] as const) {
    test(`a read that meets "${kind}" is repeated, with a notice that says which and why`, async (t) => {
      const { provider, retries } = await withFaults(t, [{ kind, request: 1 }]);
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

  test('only what failed is repeated', async (t) => {
    const { provider, simulator } = await withFaults(t, [{ kind: 'error-500', request: 2 }]);
    const [outcome] = await provider.run([query('SMS_SoftwareUpdate', byIds, 'CI_ID')], 'unordered', NEVER);
    assert.equal(done(outcome).length, SOME_IDS.length);
    assert.equal(simulator.requests.length, 4);
  });

  test('a read that fails for good is refused after the last attempt', async (t) => {
    const { provider, simulator, retries } = await withFaults(t, [{ kind: 'error-500', every: true }]);
    const [outcome] = await provider.run(
      [query('SMS_Identification', [], 'ThisSiteCode')],
      'unordered',
      NEVER,
    );
    assert.equal(refusal(outcome).diagnosis.code, 'OS309');
    assert.equal(simulator.requests.length, 3);
    assert.deepEqual(
      retries.map(({ attempt, attempts }) => [attempt, attempts]),
      [
        [2, 3],
        [3, 3],
      ],
    );
  });

  for (const [kind, state] of [
    ['lose', 'unknown'],
    ['cut', 'unknown'],
    ['truncate', 'unknown'],
    ['error-500', 'unknown'],
    ['refuse', 'refused'],
    ['deny-401', 'refused'],
  ] as const) {
    test(`a create that meets "${kind}" is ${state} and was sent once`, async (t) => {
      const { provider, simulator } = await withFaults(t, [{ kind, request: 1, method: 'POST' }]);
      const [outcome] = await provider.run([draft('one')], 'unordered', NEVER);
      assert.equal(outcome.state, state);
      assert.equal(simulator.requests.length, 1);
      const made = simulator.state.objects('SMS_ImageServicingSchedule').length;
      assert.equal(made, kind === 'lose' || kind === 'truncate' ? 1 : 0);
    });
  }

  test('creates whose key the site assigns are never sent again by curl itself', async (t) => {
    // On a connection that served a request before, curl sends a POST again when it ends without an answer.
    const { provider, simulator } = await withFaults(t, [{ kind: 'lose', request: 3, method: 'POST' }], {
      settings: { parallel: 1 },
    });
    const outcomes = await provider.run(['a', 'b', 'c', 'd'].map(draft), 'unordered', NEVER);
    assert.deepEqual(
      outcomes.map(({ state }) => state),
      ['done', 'done', 'unknown', 'done'],
    );
    assert.equal(simulator.state.objects('SMS_ImageServicingSchedule').length, 4);
  });

  test('a write that was sent is not sent again by the connection, even where that would do no harm', async (t) => {
    const { provider, simulator } = await withFaults(t, [{ kind: 'lose', request: 2, method: 'POST' }]);
    const id = Number(done((await provider.run([draft('one')], 'unordered', NEVER))[0]).get('scheduleid'));
    const [outcome] = await provider.run([link(id, SOME_IDS[0])], 'unordered', NEVER);
    assert.equal(outcome.state, 'unknown');
    assert.equal(simulator.requests.length, 2);
  });

  test('a write that could not be sent is repeated, then not attempted', async (t) => {
    const { provider, simulator, retries } = await siteUnderTest(t);
    await simulator.stop();
    const [outcome] = await provider.run([draft('one')], 'unordered', NEVER);
    assert.equal(outcome.state === 'not-attempted' && outcome.refusal?.diagnosis.code, 'OS302');
    assert.equal(retries.length, 2);
  });

  test('an answer that takes too long is ended at the limit', async (t) => {
    const { provider } = await withFaults(t, [{ kind: 'delay', milliseconds: 60_000, every: true }], {
      settings: { answerSeconds: 1 },
    });
    const outcomes = await provider.run([draft('one')], 'unordered', NEVER);
    assert.equal(outcomes[0].state === 'unknown' && outcomes[0].refusal.diagnosis.code, 'OS306');
  });

  test('an answer that is too large is given up, not parsed', async (t) => {
    const { provider } = await siteUnderTest(t, { settings: { answerBytes: 2_000 } });
    const [outcome] = await provider.run(
      [query('SMS_SoftwareUpdate', [], 'CI_ID', 'LocalizedDisplayName')],
      'unordered',
      NEVER,
    );
    assert.equal(refusal(outcome).diagnosis.code, 'OS307');
  });

  test('a certificate that is not trusted is an error that says what to do, and nothing is sent', async (t) => {
    const { provider, simulator } = await siteUnderTest(t, { settings: { caCertificate: undefined } });
    const [outcome] = await provider.run(
      [query('SMS_Identification', [], 'ThisSiteCode')],
      'unordered',
      NEVER,
    );
    const { diagnosis } = refusal(outcome);
    assert.equal(diagnosis.code, 'OS303');
    assert.match(diagnosis.next, /ca-certificate/);
    assert.equal(simulator.requests.length, 0);
  });

  test('a wrong token is told as such', async (t) => {
    const { provider } = await siteUnderTest(t, { settings: { login: { kind: 'token', token: 'wrong' } } });
    const [outcome] = await provider.run(
      [query('SMS_Identification', [], 'ThisSiteCode')],
      'unordered',
      NEVER,
    );
    assert.equal(refusal(outcome).diagnosis.code, 'OS304');
    assert.match(refusal(outcome).diagnosis.cause, /expired/);
  });

  test('without a Kerberos ticket curl says nothing: the error names ticket and FQDN', async (t) => {
    const { provider } = await siteUnderTest(t, { settings: { login: { kind: 'integrated' } } });
    const [outcome] = await provider.run(
      [query('SMS_Identification', [], 'ThisSiteCode')],
      'unordered',
      NEVER,
    );
    const { diagnosis } = refusal(outcome);
    assert.equal(diagnosis.code, 'OS304');
    assert.match(`${diagnosis.cause} ${diagnosis.next}`, /ticket.*kinit/s);
  });

  test('a cancelled batch ends at once and sends nothing more', async (t) => {
    const controller = new AbortController();
    const { provider, simulator } = await withFaults(t, [
      { kind: 'delay', milliseconds: 60_000, every: true },
    ]);
    const running = provider.run([draft('one')], 'unordered', controller.signal);
    while (simulator.requests.length === 0) await new Promise(setImmediate);
    controller.abort();
    const [outcome] = await running;
    assert.equal(outcome.state, 'unknown');
    const [after] = await provider.run([draft('two')], 'unordered', controller.signal);
    assert.equal(after.state, 'not-attempted');
    assert.equal(simulator.requests.length, 1);
  });

  test('nothing of an answer stays in the private folder', async (t) => {
    const { provider, folder } = await withFaults(t, [{ kind: 'truncate', request: 2 }]);
    await provider.run([query('SMS_SoftwareUpdate', byIds, 'CI_ID')], 'unordered', NEVER);
    assert.deepEqual(readdirSync(folder), ['ca.pem']);
  });
});
