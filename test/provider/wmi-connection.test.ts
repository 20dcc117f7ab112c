import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { suite, test, type TestContext } from 'node:test';

import type { Create, Operation, Outcome } from '../../src/provider/port.js';
import { POWERSHELLS, WITHOUT_POWERSHELL } from '../simulated-wmi/powershells.js';
import { thisMachine, type SimulatedHost } from '../simulated-wmi/hosts.js';
import {
  SMALL_SITE,
  siteUnderTest,
  type SiteUnderTest,
  type SiteUnderTestOptions,
} from '../site-under-test.js';
import { until } from '../until.js';
import {
  asItIs,
  get,
  byIds,
  done,
  draft,
  ids,
  link,
  NEVER,
  query,
  refusal,
  sorted,
  SOME_IDS,
  text,
  uint32,
} from './operations.js';

const SITE = query('SMS_Identification', [], 'ThisSiteCode');
const SCHEDULE = 'SMS_ImageServicingSchedule';
const PROVIDER = 'sms01.lab.example';
const CREDENTIAL = { user: 'LAB\\svc-osd', password: 'a $(secret) "with" \u201cquotes\u201d and \u00fc' };
const ON_PROVIDER: SimulatedHost = {
  name: PROVIDER,
  locations: [{ machine: PROVIDER, siteCode: 'LAB', isForLocalSite: true }],
};
const NO_COMPONENT = { simulator: { component: 'off' } } as const;

async function first({ provider }: SiteUnderTest, operation: Operation): Promise<Outcome<unknown>> {
  const [outcome] = await provider.run([operation], 'unordered', NEVER);
  return outcome;
}

function codeOf(outcome: Outcome<unknown>): string | undefined {
  return outcome.state === 'done' ? undefined : outcome.diagnosis?.code;
}

for (const executable of POWERSHELLS.length === 0 ? [''] : POWERSHELLS) {
  const name = executable === '' ? 'PowerShell' : basename(executable);
  const connected = async (t: TestContext, options: SiteUnderTestOptions = {}): Promise<SiteUnderTest> =>
    siteUnderTest(t, {
      ...options,
      connection: 'wmi',
      wmiConnection: { executable, ...options.wmiConnection },
    });
  const check = (title: string, run: (t: TestContext) => Promise<void>): void => {
    test(title, { skip: WITHOUT_POWERSHELL }, run);
  };

  suite(`the way to the provider, with ${name}`, () => {
    check('this machine is reached without a session, and the place is asked for once', async (t) => {
      const site = await connected(t);
      done(await first(site, SITE));
      done(await first(site, SITE));
      assert.deepEqual(site.wmi?.sessions, []);
      assert.equal(site.simulator.requests.length, 2);
    });

    check('a login reaches a session as a credential, and is in no argument and no variable', async (t) => {
      const site = await connected(t, {
        simulator: { faults: [{ kind: 'delay', milliseconds: 1_000, request: 1 }] },
        wmi: { hosts: [{ ...ON_PROVIDER, login: CREDENTIAL }] },
        wmiConnection: { executable, place: { computer: PROVIDER, credential: CREDENTIAL } },
      });
      const running = first(site, SITE);
      await until(() => site.simulator.requests.length > 0, 'the request has arrived');
      const told = process.platform === 'linux' ? toldToChildren() : [];
      done(await running);
      assert.equal(told.length > 0, process.platform === 'linux');
      assert.ok(!told.some((each) => each.includes('secret')));
      assert.deepEqual(site.wmi?.sessions, [
        { computer: PROVIDER, protocol: 'Wsman', user: CREDENTIAL.user },
      ]);
    });

    check('a login that is refused is not tried a second time over the other protocol', async (t) => {
      const site = await connected(t, {
        wmi: { hosts: [{ ...ON_PROVIDER, login: CREDENTIAL }] },
        wmiConnection: {
          executable,
          place: { computer: PROVIDER, credential: { ...CREDENTIAL, password: 'wrong secret' } },
        },
      });
      const outcome = await first(site, SITE);
      assert.equal(codeOf(outcome), 'OS304');
      assert.ok(!JSON.stringify([outcome, site.retries]).includes('secret'));
      assert.equal(site.wmi?.sessions.length, 1);
    });

    check('where WinRM is closed DCOM is taken, and stays', async (t) => {
      const site = await connected(t, {
        wmi: { hosts: [{ ...ON_PROVIDER, open: ['Dcom'] }] },
        wmiConnection: { executable, place: { computer: PROVIDER } },
      });
      done(await first(site, SITE));
      done(await first(site, SITE));
      assert.deepEqual(
        site.wmi?.sessions.map(({ protocol }) => protocol),
        ['Wsman', 'Dcom', 'Dcom'],
      );
    });

    check('a way that is closed is tried again, also for a write, and nothing counts as sent', async (t) => {
      const site = await connected(t, {
        wmi: { hosts: [{ ...ON_PROVIDER, open: ['Dcom'] }] },
        wmiConnection: { executable, place: { computer: PROVIDER, protocol: 'wsman' } },
      });
      const outcome = await first(site, draft('one'));
      assert.equal(outcome.state, 'not-attempted');
      assert.equal(codeOf(outcome), 'OS302');
      assert.equal(site.retries.length, 2);
      assert.equal(site.wmi?.sessions.length, 3);
    });

    check('the provider may be on another machine than the one that was named', async (t) => {
      const locations = [{ machine: PROVIDER, siteCode: 'LAB', isForLocalSite: true }];
      const site = await connected(t, {
        wmi: { hosts: [{ name: 'cm01.lab.example', locations, hasProvider: false }, ON_PROVIDER] },
        wmiConnection: { executable, place: { computer: 'cm01.lab.example' } },
      });
      done(await first(site, SITE));
      done(await first(site, SITE));
      assert.deepEqual(
        site.wmi?.sessions.map(({ computer }) => computer),
        ['cm01.lab.example', PROVIDER, PROVIDER],
      );
    });

    check('of several sites the local one is taken, or the one of the site code', async (t) => {
      const here = thisMachine('LAB').locations ?? [];
      const others = [{ machine: 'cas.lab.example', siteCode: 'CAS', isForLocalSite: false }];
      const hosts = [{ locations: [...others, ...here] }];
      done(await first(await connected(t, { wmi: { hosts } }), SITE));
      const chosen = { executable, place: { siteCode: 'lab' } };
      done(await first(await connected(t, { wmi: { hosts }, wmiConnection: chosen }), SITE));
      const unknown = { executable, place: { siteCode: 'XYZ' } };
      const outcome = await first(await connected(t, { wmi: { hosts }, wmiConnection: unknown }), SITE);
      assert.equal(codeOf(outcome), 'OS313');
      assert.match(refusal(outcome).what, /CAS, LAB/);
    });

    check('a machine without a provider is an error that says so', async (t) => {
      const site = await connected(t, { wmi: { hosts: [{ locations: undefined }] } });
      const outcome = await first(site, SITE);
      assert.equal(codeOf(outcome), 'OS313');
      assert.match(refusal(outcome).cause, /no namespace root\\SMS/);
    });
  });

  suite(`what WMI is strict about, with ${name}`, () => {
    check('a key of another CIM type than the class has is refused', async (t) => {
      const site = await connected(t, NO_COMPONENT);
      const id = Number(
        (done(await first(site, draft('one'))) as ReadonlyMap<string, unknown>).get('scheduleid'),
      );
      const right = link(id, SOME_IDS[0]);
      const wrong: Create = {
        ...right,
        properties: { ...right.properties, UpdateID: uint32(SOME_IDS[0]) },
      };
      const outcome = await first(site, wrong);
      assert.match(refusal(outcome).what, /type mismatch/i);
      done(await first(site, right));
      const misread = await first(
        site,
        get('SMS_SoftwareUpdate', { CI_ID: { cim: 'sint32', value: SOME_IDS[0] } }),
      );
      assert.equal(misread.state, 'refused');
    });

    check('a query that is too complex is asked in smaller parts, and that is remembered', async (t) => {
      const site = await connected(t, { wmi: { longestQueryTerms: 12 } });
      const asked = query('SMS_SoftwareUpdate', byIds, 'CI_ID');
      const [outcome] = await site.provider.run([asked], 'unordered', NEVER);
      assert.deepEqual(sorted(ids(done(outcome))), sorted(SOME_IDS));
      const before = site.simulator.requests.length;
      done(await first(site, asked));
      assert.equal(site.simulator.requests.length - before, Math.ceil(SOME_IDS.length / 12));
    });

    check('a method of an older site gets no argument that it does not know', async (t) => {
      const changes = { addProperties: [], removeProperties: [], removeMethods: [], absent: false };
      const site = await connected(t, {
        simulator: {
          component: 'off',
          description: {
            ...SMALL_SITE,
            classes: [{ ...changes, class: 'SMS_ImagePackage', removeParameters: ['PackageType'] }],
          },
        },
      });
      const call = {
        verb: 'invoke',
        decode: asItIs,
        class: 'SMS_ImagePackage',
        method: 'RunOfflineServicingManager',
        arguments: {
          SiteCode: text('LAB'),
          ServerName: text('cm01.lab.example'),
          PackageID: text('LAB00010'),
          PackageType: uint32(257),
        },
      } as const;
      done(await first(site, { ...call, sinceCurrentBranch: ['PackageType'] }));
      assert.equal((await first(site, call)).state, 'refused');
    });

    check('New-CimInstance may give back an object without its key', async (t) => {
      const site = await connected(t, { ...NO_COMPONENT, wmi: { newInstanceKey: 'empty' } });
      const made = done(await first(site, draft('one'))) as ReadonlyMap<string, unknown>;
      assert.equal(made.get('scheduleid') ?? null, null);
      assert.equal(site.simulator.state.objects(SCHEDULE).length, 1);
    });

    check('a link that is there already is a refusal', async (t) => {
      const site = await connected(t, NO_COMPONENT);
      const id = Number(
        (done(await first(site, draft('one'))) as ReadonlyMap<string, unknown>).get('scheduleid'),
      );
      done(await first(site, link(id, SOME_IDS[0])));
      assert.match(refusal(await first(site, link(id, SOME_IDS[0]))).what, /already exists/);
    });

    check('dates are local in PowerShell and UTC here, wherever it runs', async (t) => {
      const site = await connected(t, { wmiConnection: { executable, environment: { TZ: 'Asia/Kolkata' } } });
      const image = SMALL_SITE.images[0];
      assert.ok(image);
      const outcome = await first(site, get('SMS_ImagePackage', { PackageID: text(image.packageId) }));
      assert.equal((done(outcome) as ReadonlyMap<string, unknown>).get('sourcedate'), image.sourceDate);
    });
  });

  suite(`when the provider fails, with ${name}`, () => {
    check('a provider that is not loaded has done nothing; a read is repeated', async (t) => {
      const faults = [{ kind: 'provider-not-loaded', request: 1 }] as const;
      const reading = await connected(t, { wmi: { faults } });
      done(await first(reading, SITE));
      assert.equal(reading.retries.length, 1);
      const writing = await connected(t, { wmi: { faults } });
      const outcome = await first(writing, draft('one'));
      assert.equal(outcome.state, 'refused');
      assert.equal(codeOf(outcome), 'OS314');
    });

    check('a call that hangs ends at its own limit, and the next one begins', async (t) => {
      const site = await connected(t, {
        settings: { answerSeconds: 1 },
        wmi: { faults: [{ kind: 'hang', request: 1 }] },
      });
      const outcomes = await site.provider.run([draft('one'), draft('two')], 'unordered', NEVER);
      assert.deepEqual(
        outcomes.map(({ state }) => state),
        ['unknown', 'done'],
      );
      assert.equal(codeOf(outcomes[0]), 'OS306');
    });

    check('a cmdlet that never comes back is ended with the whole batch', async (t) => {
      const site = await connected(t, {
        wmi: { faults: [{ kind: 'hang-for-ever', request: 2 }] },
        wmiConnection: { executable, limits: { startSeconds: 1, operationSeconds: 1 } },
      });
      const begun = performance.now();
      const outcomes = await site.provider.run(['a', 'b', 'c'].map(draft), 'in-order', NEVER);
      assert.deepEqual(
        outcomes.map(({ state }) => state),
        ['done', 'unknown', 'not-attempted'],
      );
      assert.equal(codeOf(outcomes[1] ?? outcomes[0] ?? assert.fail()), 'OS306');
      // By itself: this side would have waited 15 seconds more.
      assert.ok(performance.now() - begun < 20_000);
      assert.equal(site.wmi?.clients.size, 0);
    });

    check(
      'a PowerShell that is ended from outside leaves what it told, and one operation in doubt',
      async (t) => {
        const site = await connected(t, { wmi: { faults: [{ kind: 'die', request: 2 }] } });
        const outcomes = await site.provider.run(['a', 'b', 'c'].map(draft), 'unordered', NEVER);
        assert.deepEqual(
          outcomes.map(({ state }) => state),
          ['done', 'unknown', 'not-attempted'],
        );
        assert.equal(codeOf(outcomes[1] ?? assert.fail()), 'OS315');
        assert.equal(site.simulator.state.objects(SCHEDULE).length, 2);
      },
    );

    check('a cancelled batch takes PowerShell with it, and what was done is known', async (t) => {
      const controller = new AbortController();
      const site = await connected(t, {
        ...NO_COMPONENT,
        wmi: { faults: [{ kind: 'hang-for-ever', request: 2 }] },
      });
      const running = site.provider.run(['a', 'b', 'c'].map(draft), 'in-order', controller.signal);
      await until(() => site.simulator.requests.length >= 2, 'the second request has arrived');
      controller.abort();
      const outcomes = await running;
      assert.deepEqual(
        outcomes.map(({ state }) => state),
        ['done', 'unknown', 'not-attempted'],
      );
      assert.equal(codeOf(outcomes[1] ?? assert.fail()), 'OS501');
      await until(() => site.wmi === undefined || site.wmi.clients.size === 0, 'PowerShell is gone');
    });
  });
}

/** The arguments and the variables of every child of this process. */
function toldToChildren(): readonly string[] {
  const texts: string[] = [];
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
      if (Number(parent) !== process.pid) continue;
      for (const file of ['cmdline', 'environ']) texts.push(readFileSync(`/proc/${pid}/${file}`, 'utf8'));
    } catch {
      // It has ended meanwhile.
    }
  }
  return texts;
}
