import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { suite, test, type TestContext } from 'node:test';

import type { Fault } from '../../src/simulator/index.js';
import { siteUnderTest, type SiteUnderTest, type SiteUnderTestOptions } from '../site-under-test.js';
import { byIds, done, draft, NEVER, query, refusal, SOME_IDS } from './operations.js';

async function withFaults(
  context: TestContext,
  faults: readonly Fault[],
  options: SiteUnderTestOptions = {},
): Promise<SiteUnderTest> {
  return siteUnderTest(context, { ...options, simulator: { faults, ...options.simulator } });
}

suite('the administration service connection, when something goes wrong', () => {
  test('only what failed is repeated', async (t) => {
    const { provider, simulator } = await withFaults(t, [{ kind: 'error-500', request: 2 }]);
    const [outcome] = await provider.run([query('SMS_SoftwareUpdate', byIds, 'CI_ID')], 'unordered', NEVER);
    assert.equal(done(outcome).length, SOME_IDS.length);
    assert.equal(simulator.requests.length, 4);
  });

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

  test('a write that could not be sent is repeated, then not attempted', async (t) => {
    const { provider, simulator, retries } = await siteUnderTest(t);
    await simulator.stop();
    const [outcome] = await provider.run([draft('one')], 'unordered', NEVER);
    assert.equal(outcome.state === 'not-attempted' && outcome.diagnosis?.code, 'OS302');
    assert.equal(retries.length, 2);
  });

  test('a certificate that is not trusted is an error that says what to do, and nothing is sent', async (t) => {
    const { provider, simulator } = await siteUnderTest(t, { settings: { caCertificate: undefined } });
    const [outcome] = await provider.run(
      [query('SMS_Identification', [], 'ThisSiteCode')],
      'unordered',
      NEVER,
    );
    const diagnosis = refusal(outcome);
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
    assert.equal(refusal(outcome).code, 'OS304');
    assert.match(refusal(outcome).cause, /expired/);
  });

  test('without a Kerberos ticket curl says nothing: the error names ticket and FQDN', async (t) => {
    const { provider } = await siteUnderTest(t, { settings: { login: { kind: 'integrated' } } });
    const [outcome] = await provider.run(
      [query('SMS_Identification', [], 'ThisSiteCode')],
      'unordered',
      NEVER,
    );
    const diagnosis = refusal(outcome);
    assert.equal(diagnosis.code, 'OS304');
    assert.match(`${diagnosis.cause} ${diagnosis.next}`, /ticket.*kinit/s);
  });

  test('nothing of an answer stays in the private folder', async (t) => {
    const { provider, folder } = await withFaults(t, [{ kind: 'truncate', request: 2 }]);
    await provider.run([query('SMS_SoftwareUpdate', byIds, 'CI_ID')], 'unordered', NEVER);
    assert.deepEqual(readdirSync(folder), ['ca.pem']);
  });
});
