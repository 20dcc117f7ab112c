import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { SMALL_SITE } from '../site-under-test.js';
import { done, draft, link, NEVER, query, refusal } from '../provider/operations.js';
import type { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import { asInYaml } from '../as-in-yaml.js';
import type { SmsProvider } from '../../src/provider/port.js';
import { ACCOUNT } from './kerberos-realm.js';
import { KERBEROS } from './programs.js';
import { siteBehindKerberos } from './site-behind-kerberos.js';

// One row can be there, so that no next page is asked for.
const question = {
  ...query('SMS_Identification', [], 'ThisSiteCode'),
  rows: { kind: 'at-most', forEachValue: 1 },
} as const;

async function refusedLogin(provider: SmsProvider): Promise<Diagnosis> {
  const [outcome] = await provider.run([question], 'unordered', NEVER);
  const diagnosis = refusal(outcome);
  assert.equal(diagnosis.code, 'OS304');
  assert.match(diagnosis.what, /^Query SMS_Identification: https:[^ ]* answered 401\./);
  const { cause, next } = diagnosis;
  return { ...diagnosis, cause: asInYaml(cause), next: asInYaml(next) };
}

suite('a login with a real Kerberos ticket', () => {
  test('is made anew for each of hundreds of writes of a wave', KERBEROS, async (t) => {
    const site = await siteBehindKerberos(t);
    const { provider } = site.connect(site.environment(site.realm.getTicket('ticket')));
    const id = Number(done((await provider.run([draft('one')], 'unordered', NEVER))[0]).get('scheduleid'));
    const updates = SMALL_SITE.updates.slice(0, 300).map(({ ciId }) => ciId);
    const outcomes = await provider.run(
      updates.map((update) => link(id, update)),
      'unordered',
      NEVER,
    );
    outcomes.forEach(done);
    assert.equal(site.simulator.state.objects('SMS_ImageServicingScheduledUpdate').length, 300);
    assert.equal(site.tokens.length, 301);
    assert.equal(new Set(site.tokens).size, 301, 'no token was used twice');
    assert.equal(site.gate.log().length, 301, 'none was refused first');
    assert.ok(site.gate.log().every((line) => line.startsWith(`201 ${ACCOUNT} POST `)));
  });

  test('is made anew for each request of a batch in order', KERBEROS, async (t) => {
    const site = await siteBehindKerberos(t);
    const { provider } = site.connect(site.environment(site.realm.getTicket('ticket')));
    const id = Number(done((await provider.run([draft('one')], 'unordered', NEVER))[0]).get('scheduleid'));
    const updates = SMALL_SITE.updates.slice(0, 20).map(({ ciId }) => ciId);
    const outcomes = await provider.run(
      updates.map((update) => link(id, update)),
      'in-order',
      NEVER,
    );
    outcomes.forEach(done);
    assert.equal(new Set(site.tokens).size, 21);
    assert.equal(site.gate.log().length, 21);
  });

  test('needs no kinit where a keytab is named, and outlives the ticket', KERBEROS, async (t) => {
    const site = await siteBehindKerberos(t);
    const { provider } = site.connect({
      ...site.environment(await site.realm.getExpiredTicket()),
      KRB5_CLIENT_KTNAME: `FILE:${site.realm.accountKeytab}`,
    });
    done((await provider.run([question], 'unordered', NEVER))[0]);
    assert.equal(site.tokens.length, 1);
  });
});

suite('a login that Kerberos or the site refuses says why', () => {
  test('without a ticket', KERBEROS, async (t) => {
    const site = await siteBehindKerberos(t);
    const { provider } = site.connect(site.environment('/nowhere/no-cache'));
    const { what, cause, next } = await refusedLogin(provider);
    assert.match(what, /Kerberos on this runner says: No credentials were supplied/);
    assert.equal(cause, 'There is no Kerberos ticket for the account that runs the step.');
    assert.match(next, /kinit -k -t.*KRB5_CLIENT_KTNAME/);
    assert.equal(site.tokens.length, 0);
  });

  test('with an expired ticket', KERBEROS, async (t) => {
    const site = await siteBehindKerberos(t);
    const { provider } = site.connect(site.environment(await site.realm.getExpiredTicket()));
    const { what, cause, next } = await refusedLogin(provider);
    assert.match(what, /says: Ticket expired\.$/);
    assert.equal(cause, 'The Kerberos ticket has expired.');
    assert.match(next, /^Renew it/);
  });

  for (const [which, host, first, known] of [
    [
      'under a name that is no service',
      'other.corp.localhost',
      /^The domain knows no service/,
      /joined to the domain/,
    ],
    [
      'under a short name',
      'localhost',
      /^sms-provider has the short name localhost.*The domain knows no/,
      /^Use the fully/,
    ],
    [
      'under an address',
      '127.0.0.1',
      /^sms-provider has the address 127\.0\.0\.1.*The domain knows no/,
      /^Use the fully/,
    ],
  ] as const) {
    test(which, KERBEROS, async (t) => {
      const site = await siteBehindKerberos(t);
      const { provider } = site.connect(site.environment(site.realm.getTicket('ticket')), host);
      const { what, cause, next } = await refusedLogin(provider);
      assert.match(what, new RegExp(`Server HTTP/${host}@CORP.EXAMPLE not found in Kerberos database\\.$`));
      assert.match(cause, first);
      assert.match(cause, new RegExp(`HTTP/${host}:`));
      assert.match(next, known);
    });
  }

  test('with a ticket that the service cannot read, without showing the ticket', KERBEROS, async (t) => {
    const site = await siteBehindKerberos(t);
    site.realm.changeServiceKey();
    const { provider } = site.connect(site.environment(site.realm.getTicket('ticket')));
    const diagnosis = await refusedLogin(provider);
    assert.match(
      diagnosis.cause,
      /^A Kerberos ticket was sent and the site refused it: the service principal/,
    );
    assert.match(diagnosis.next, /AdminService\.log/);
    assert.doesNotMatch(JSON.stringify(diagnosis), /YII/);
    assert.equal(site.tokens.length, 0);
  });

  test('without a domain controller', KERBEROS, async (t) => {
    const site = await siteBehindKerberos(t);
    const ticket = site.realm.getTicket('ticket');
    await site.realm.stopKdc();
    const { provider } = site.connect(site.environment(ticket));
    const { cause, next } = await refusedLogin(provider);
    assert.match(cause, /reaches no domain controller/);
    assert.match(next, /port 88/);
  });

  test('asks curl once only, however often the login is refused', KERBEROS, async (t) => {
    const site = await siteBehindKerberos(t);
    const { provider } = site.connect(site.environment('/nowhere/no-cache'));
    await refusedLogin(provider);
    await refusedLogin(provider);
    const refused = site.gate.log().filter((line) => line.startsWith('401 - GET '));
    assert.equal(refused.length, 3);
  });
});
