import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { suite, test, type TestContext } from 'node:test';

import type { RunningSimulator } from '../../src/simulator/index.js';
import { SMALL, runCommand, type Ended } from '../hosts/command-under-test.js';
import {
  errorOf,
  leftOf,
  NOTHING,
  remainsOf,
  runOnce,
  SMALL_GROUP_UPDATES,
} from '../servicing/site-afterwards.js';
import { ACCOUNT } from './kerberos-realm.js';
import { PROVIDER_NAME, KERBEROS } from './programs.js';
import { siteBehindKerberos, type SiteBehindKerberos } from './site-behind-kerberos.js';

/** The bundle, as a runner on Linux starts it; `integrated` is what it takes without being told. */
async function serviceWithKerberos(
  site: SiteBehindKerberos,
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Ended> {
  const reach = ['--sms-provider', site.addressAt(PROVIDER_NAME), '--ca-certificate', site.caCertificate];
  return runCommand(['service', '--connection', 'admin-service', ...reach, ...SMALL, ...args], {
    environment,
  });
}

/** A site whose runner loses its good ticket while the site answers the first request of that kind. */
async function siteWhoseTicketExpires(
  context: TestContext,
  isTheMoment: (site: RunningSimulator) => boolean,
): Promise<{ readonly site: SiteBehindKerberos; readonly cache: string }> {
  let expire = (): void => undefined;
  const site = await siteBehindKerberos(context, (simulator) => {
    if (isTheMoment(simulator)) expire();
  });
  const expired = await site.realm.getExpiredTicket();
  const cache = site.realm.getTicket('ticket');
  expire = () => {
    // At once: curl may read it at this moment.
    renameSync(expired, cache);
    expire = (): void => undefined;
  };
  return { site, cache };
}

suite('a whole run with a real Kerberos ticket', () => {
  test('services the image, and every request brings its own token', KERBEROS, async (t) => {
    const site = await siteBehindKerberos(t);
    const environment = site.environment(site.realm.getTicket('ticket'));
    const ended = await serviceWithKerberos(site, environment, '--authentication', 'integrated');
    assert.equal(ended.exitCode, 0, ended.stderr);
    assert.match(ended.stdout, /Result: scheduled\. Schedule \d+ applies 4 updates/);
    assert.deepEqual(ended.left, []);
    const { schedules, images, updates } = remainsOf(site.simulator);
    assert.deepEqual([schedules.length, images, updates], [1, 1, SMALL_GROUP_UPDATES.length]);
    const { requests } = site.simulator;
    assert.ok(requests.every(({ authorization }) => authorization === 'negotiate'));
    assert.equal(new Set(site.tokens).size, requests.length);
    assert.equal(site.gate.log().length, requests.length, 'none was refused first');
    assert.ok(site.gate.log().every((line) => line.includes(` ${ACCOUNT} `)));
    assert.ok(site.tokens.every((token) => !`${ended.stdout}${ended.stderr}`.includes(token)));
  });

  test('is made by default, and takes nothing but a keytab', KERBEROS, async (t) => {
    const site = await siteBehindKerberos(t);
    const ended = await serviceWithKerberos(site, {
      KRB5_CONFIG: site.realm.configuration,
      KRB5CCNAME: 'MEMORY:',
      KRB5_CLIENT_KTNAME: site.realm.accountKeytab,
    });
    assert.equal(ended.exitCode, 0, ended.stderr);
  });

  test('without a ticket ends with what to do', KERBEROS, async (t) => {
    const site = await siteBehindKerberos(t);
    const ended = await serviceWithKerberos(site, site.environment('/nowhere/no-cache'));
    assert.equal(ended.exitCode, 1);
    assert.match(ended.stderr, /Error OS304: .*No credentials were supplied[^]*no Kerberos ticket[^]*kinit/);
    assert.deepEqual(ended.left, []);
    assert.deepEqual(remainsOf(site.simulator), NOTHING);
  });
});

suite('a ticket that expires in the middle of a run', () => {
  test(
    'before anything is written: it was good at the beginning, and nothing is left',
    KERBEROS,
    async (t) => {
      const { site, cache } = await siteWhoseTicketExpires(
        t,
        ({ requests }) => requests.at(-1)?.className === 'SMS_AuthorizationList',
      );
      const ended = await serviceWithKerberos(site, site.environment(cache));
      assert.equal(ended.exitCode, 1);
      assert.match(ended.stderr, /Error OS304: [^]*was good when the run began, and has expired since/);
      assert.match(ended.stderr, /KRB5_CLIENT_KTNAME/);
      assert.deepEqual(remainsOf(site.simulator), NOTHING);
    },
  );

  test(
    'after the draft: the undo cannot log in either, and the error says what is left',
    KERBEROS,
    async (t) => {
      const { site, cache } = await siteWhoseTicketExpires(
        t,
        ({ requests }) => requests.at(-1)?.method === 'POST',
      );
      const ended = await runOnce(site.connect(site.environment(cache)));
      const error = errorOf(ended);
      const { schedules, ...links } = remainsOf(site.simulator);
      assert.equal(schedules.length, 1);
      assert.deepEqual(links, { images: 0, updates: 0, runs: [] }, 'a draft without links, which never runs');
      assert.equal(error.code, 'OS402');
      assert.match(
        error.what,
        /Ticket expired\. Not undone for certain: schedule \d+ \(name "Offline servicing /,
      );
      assert.equal(leftOf(ended)[0]?.scheduleId, schedules[0]);
      assert.equal(error.cause, 'The Kerberos ticket was good when the run began, and has expired since.');
      assert.match(
        error.next,
        /^Look for it in SMS_ImageServicingSchedule by that name and remove it.*Renew it/s,
      );
    },
  );

  test('in the wave of links: the schedule stays a draft', KERBEROS, async (t) => {
    const { site, cache } = await siteWhoseTicketExpires(
      t,
      ({ requests }) => requests.at(-1)?.className === 'SMS_ImageServicingScheduledUpdate',
    );
    const run = await runOnce(site.connect(site.environment(cache)));
    const error = errorOf(run);
    assert.equal(error.code, 'OS402');
    assert.match(error.cause, /was good when the run began/);
    assert.deepEqual(leftOf(run)[0]?.scheduleId, remainsOf(site.simulator).schedules[0]);
    assert.deepEqual(remainsOf(site.simulator).runs, []);
  });
});
