import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { suite, test, type TestContext } from 'node:test';

import { describeDefaultSite, startSimulator, type Fault } from '../../src/simulator/index.js';
import { ManualClock } from '../simulator/manual-clock.js';
import { siteUnderTest, TOKEN, type SiteUnderTest, type SiteUnderTestOptions } from '../site-under-test.js';
import { until } from '../until.js';
import { done, draft, ids, NEVER, query, refusal } from './operations.js';

const SITE = { ...query('SMS_Identification', [], 'ThisSiteCode'), rows: { kind: 'one-is-enough' } } as const;
const UPDATES = query('SMS_SoftwareUpdate', [], 'CI_ID', 'ArticleID');

async function withFaults(
  context: TestContext,
  faults: readonly Fault[],
  options: SiteUnderTestOptions = {},
): Promise<SiteUnderTest> {
  return siteUnderTest(context, { ...options, simulator: { faults, ...options.simulator } });
}

suite('an answer that is not the service’s own', () => {
  test('a sign-in page in place of a read is refused, with its text and without its scripts', async (t) => {
    const { provider, simulator } = await withFaults(t, [{ kind: 'html-200', every: true }]);
    const [outcome] = await provider.run([SITE], 'unordered', NEVER);
    const diagnosis = refusal(outcome);
    assert.equal(diagnosis.code, 'OS308');
    assert.match(diagnosis.what, /Sign in to continue/);
    assert.doesNotMatch(diagnosis.what, /Config|urlPost|</);
    // Such a page may be a torn answer, too.
    assert.equal(simulator.requests.length, 3);
  });

  test('a page in place of the answer to a write leaves open whether it was done', async (t) => {
    for (const kind of ['html-200', 'html-502'] as const) {
      const { provider, simulator } = await withFaults(t, [{ kind, request: 1 }]);
      const [outcome] = await provider.run([draft('one')], 'unordered', NEVER);
      assert.equal(outcome.state, 'unknown', kind);
      assert.equal(simulator.requests.length, 1, kind);
    }
  });

  test('a proxy that reaches nobody is asked again', async (t) => {
    const { provider, retries } = await withFaults(t, [{ kind: 'html-502', request: 1 }]);
    const [outcome] = await provider.run([SITE], 'unordered', NEVER);
    assert.equal(done(outcome).length, 1);
    assert.match(retries[0]?.why ?? '', /502, Bad Gateway/);
  });

  test('a redirect is named and not followed, and no login goes there', async (t) => {
    const elsewhere = await startSimulator({
      description: describeDefaultSite({ updates: 0 }),
      token: TOKEN,
    });
    t.after(async () => elsewhere.stop());
    const location = `${elsewhere.tokenBaseUrl}/wmi/SMS_Identification?state=secret`;
    const { provider, simulator } = await withFaults(t, [{ kind: 'redirect', every: true, location }]);
    const [read] = await provider.run([SITE], 'unordered', NEVER);
    const [write] = await provider.run([draft('one')], 'unordered', NEVER);
    for (const diagnosis of [refusal(read), refusal(write)]) {
      assert.equal(diagnosis.code, 'OS308');
      assert.match(diagnosis.what, new RegExp(`redirects \\(302\\) to 127\\.0\\.0\\.1:${elsewhere.port};`));
      assert.doesNotMatch(diagnosis.what, /secret/);
      assert.match(diagnosis.cause, /proxy, a sign-in page/);
    }
    assert.equal(elsewhere.requests.length, 0);
    assert.equal(simulator.requests.length, 2);
  });

  test('what a redirect says may be anything', async (t) => {
    for (const [location, named] of [
      [
        `https://${'x'.repeat(9_000)}.example/`,
        /redirects \(302\) to (x{100}…|an address that cannot be read);/,
      ],
      ['https://[', /to an address that cannot be read;/],
      ['/login', /to 127\.0\.0\.1:\d+;/],
      ['javascript:alert(1)', /to an address (without a host|that cannot be read);/],
      ['https://a.example/\ttransfer 0 200 0 1', /to (a\.example|an address that cannot be read);/],
    ] as const) {
      const { provider } = await withFaults(t, [{ kind: 'redirect', every: true, location }]);
      const [outcome] = await provider.run([SITE], 'unordered', NEVER);
      assert.match(refusal(outcome).what, named, location.slice(0, 40));
      assert.ok(refusal(outcome).what.length < 400);
    }
  });
});

suite('an answer of the service that is out of shape', () => {
  test('one without an end is given up, and nothing of it stays', async (t) => {
    const { provider, folder } = await withFaults(t, [{ kind: 'oversize', every: true }], {
      settings: { answerBytes: 1_000_000 },
    });
    const outcomes = await provider.run([SITE, UPDATES, SITE, draft('one')], 'unordered', NEVER);
    assert.ok(outcomes.slice(0, 3).some((one) => refusal(one).code === 'OS307'));
    assert.equal(outcomes[3].state, 'unknown');
    assert.deepEqual(readdirSync(folder), ['ca.pem']);
  });

  test('one without an end is noticed behind many others too', async (t) => {
    const { provider } = await withFaults(t, [{ kind: 'oversize', request: 20 }], {
      settings: { answerBytes: 1_000_000, parallel: 2 },
    });
    const all = Array.from({ length: 20 }, () => SITE);
    const outcomes = await provider.run(all, 'unordered', NEVER);
    const refused = outcomes.flatMap((one) => (one.state === 'refused' ? [one.diagnosis.code] : []));
    assert.deepEqual(refused, ['OS307']);
  });

  test('many that are large together are not all held in memory', async (t) => {
    const { provider, folder } = await siteUnderTest(t, { settings: { answerBytes: 30_000, parallel: 1 } });
    const all = Array.from({ length: 8 }, () => UPDATES);
    const outcomes = await provider.run(all, 'unordered', NEVER);
    const states = outcomes.map((one) => (one.state === 'refused' ? one.diagnosis.code : one.state));
    assert.ok(states.includes('done') && states.includes('OS307'), states.join());
    assert.deepEqual(readdirSync(folder), ['ca.pem']);
  });

  test('half of a JSON text is read again, and of a write it leaves open whether it was done', async (t) => {
    const { provider, simulator, retries } = await withFaults(t, [{ kind: 'invalid-json', request: 1 }]);
    assert.equal(done((await provider.run([SITE], 'unordered', NEVER))[0]).length, 1);
    assert.equal(retries.length, 1);
    assert.equal(simulator.requests.length, 2);
    const other = await withFaults(t, [{ kind: 'invalid-json', request: 1 }]);
    const [outcome] = await other.provider.run([draft('one')], 'unordered', NEVER);
    assert.equal(outcome.state === 'unknown' && outcome.diagnosis.code, 'OS308');
    assert.equal(other.simulator.state.objects('SMS_ImageServicingSchedule').length, 1);
  });

  test('values of other types come as they are, for the reader of each to judge', async (t) => {
    const { provider } = await withFaults(t, [{ kind: 'wrong-types', every: true }]);
    const [outcome, created] = await provider.run([UPDATES, draft('one')], 'unordered', NEVER);
    assert.ok(ids(done(outcome)).every((id) => typeof id === 'string'));
    assert.ok(done(outcome).every((row) => !row.has('articleid')));
    assert.equal(typeof done(created).get('scheduleid'), 'string');
  });

  test('an object that is not there is told in the words of the site', async (t) => {
    const { provider } = await withFaults(t, [{ kind: 'not-found', every: true }]);
    const [outcome] = await provider.run([draft('one')], 'unordered', NEVER);
    assert.match(refusal(outcome).what, /: No instance of 'SMS_ImageServicingSchedule'/);
    assert.equal(refusal(outcome).code, 'OS305');
  });
});

suite('a connection that behaves badly', () => {
  test('a slow answer is waited for up to the limit', async (t) => {
    const { provider } = await withFaults(t, [{ kind: 'slow', request: 1, milliseconds: 400 }]);
    assert.equal(done((await provider.run([SITE], 'unordered', NEVER))[0]).length, 1);
    const other = await withFaults(t, [{ kind: 'slow', every: true, milliseconds: 60_000 }], {
      settings: { answerSeconds: 1 },
    });
    const [write] = await other.provider.run([draft('one')], 'unordered', NEVER);
    assert.equal(write.state === 'unknown' && write.diagnosis.code, 'OS306');
  });

  test('a reset is repeated for a read, and leaves a write open', async (t) => {
    const { provider, simulator, retries } = await withFaults(t, [
      { kind: 'reset', request: 1, method: 'GET' },
      { kind: 'reset', request: 1, method: 'POST' },
    ]);
    assert.equal(done((await provider.run([SITE], 'unordered', NEVER))[0]).length, 1);
    assert.equal(retries.length, 1);
    const [write] = await provider.run([draft('one')], 'unordered', NEVER);
    assert.equal(write.state === 'unknown' && write.diagnosis.code, 'OS302');
    assert.deepEqual(simulator.state.objects('SMS_ImageServicingSchedule'), []);
  });

  test('a provider that restarts is waited for', async (t) => {
    // The client's two pauses take 22 ms at least.
    const { provider, retries } = await withFaults(t, [{ kind: 'restart', request: 1, milliseconds: 20 }]);
    assert.equal(done((await provider.run([SITE], 'unordered', NEVER))[0]).length, 1);
    assert.ok(retries.length > 0);
  });

  test('a provider that takes no connection was sent nothing; one that starts may have done it', async (t) => {
    const clock = new ManualClock();
    const { provider, simulator } = await withFaults(
      t,
      [{ kind: 'restart', request: 1, milliseconds: 60_000 }],
      {
        simulator: { clock },
      },
    );
    const [cut] = await provider.run([draft('one')], 'unordered', NEVER);
    assert.equal(cut.state, 'unknown');
    const [read, write] = await provider.run([SITE, draft('two')], 'unordered', NEVER);
    assert.equal(refusal(read).code, 'OS302');
    assert.equal(write.state === 'not-attempted' && write.diagnosis?.code, 'OS302');
    clock.advance(30_000);
    await until(() => simulator.isListening(), 'the provider listens again');
    const [starting, open] = await provider.run([SITE, draft('three')], 'unordered', NEVER);
    assert.equal(refusal(starting).code, 'OS309');
    assert.match(refusal(starting).what, /Service Unavailable/);
    assert.equal(open.state === 'unknown' && open.diagnosis.code, 'OS309');
    clock.advance(30_000);
    done((await provider.run([draft('four')], 'unordered', NEVER))[0]);
    assert.equal(simulator.state.objects('SMS_ImageServicingSchedule').length, 1);
  });
});
