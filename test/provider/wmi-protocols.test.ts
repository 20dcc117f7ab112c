import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { suite, test, type TestContext } from 'node:test';

import type { Operation, Outcome } from '../../src/provider/port.js';
import { asInYaml } from '../as-in-yaml.js';
import type { SimulatedHost } from '../simulated-wmi/hosts.js';
import { POWERSHELLS, WITHOUT_POWERSHELL } from '../simulated-wmi/powershells.js';
import { siteUnderTest, type SiteUnderTest, type SiteUnderTestOptions } from '../site-under-test.js';
import { asItIs, byIds, done, draft, NEVER, query, refusal, SOME_IDS, text, uint32 } from './operations.js';

const SITE = query('SMS_Identification', [], 'ThisSiteCode');
const PROVIDER = 'sms01.lab.example';
const ON_PROVIDER: SimulatedHost = {
  name: PROVIDER,
  locations: [{ machine: PROVIDER, siteCode: 'LAB', isForLocalSite: true }],
};
const RUN_MANAGER = {
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

  suite(`the two protocols to the provider, with ${name}`, () => {
    for (const hresult of ['0x80070005', '0x8007052e', '0x80041003', '0x80070775', '0x8009030c'] as const) {
      check(
        `a login that is refused with ${hresult} is sent once: another try could lock the account`,
        async (t) => {
          for (const at of ['open', 'location'] as const) {
            const failures = [{ protocol: 'Wsman', at, hresult }] as const;
            const site = await connected(t, {
              wmi: { hosts: [{ ...ON_PROVIDER, failures }] },
              wmiConnection: { executable, place: { computer: PROVIDER } },
            });
            assert.equal(codeOf(await first(site, SITE)), 'OS304', at);
            assert.deepEqual(
              site.wmi?.sessions.map(({ protocol }) => protocol),
              ['Wsman'],
            );
          }
        },
      );
    }

    check('what WinRM has no room for, or finds too large, goes over DCOM', async (t) => {
      for (const [at, hresult] of [
        ['open', '0x803381a6'],
        ['location', '0x80338048'],
        ['call', '0x80338048'],
        ['call', '0x8033814a'],
      ] as const) {
        const failures = [{ protocol: 'Wsman', at, hresult }] as const;
        const site = await connected(t, {
          wmi: { hosts: [{ ...ON_PROVIDER, failures }] },
          wmiConnection: { executable, place: { computer: PROVIDER } },
        });
        done(await first(site, SITE));
        assert.equal(site.wmi?.sessions.at(-1)?.protocol, 'Dcom', `${at} ${hresult}`);
        assert.equal(site.simulator.requests.length, 1);
      }
    });

    check('over WinRM alone a quota is waited for, also by a write that is no create', async (t) => {
      const failures = [{ protocol: 'Wsman', at: 'call', hresult: '0x803381a6', times: 1 }] as const;
      for (const operation of [SITE, RUN_MANAGER] as const) {
        const site = await connected(t, {
          simulator: { component: 'off' },
          wmi: { hosts: [{ ...ON_PROVIDER, failures: failures.map((one) => ({ ...one })) }] },
          wmiConnection: { executable, place: { computer: PROVIDER, protocol: 'wsman' } },
        });
        const order = operation.verb === 'invoke' ? 'in-order' : 'unordered';
        const [outcome] = await site.provider.run([operation], order, NEVER);
        done(outcome);
        assert.equal(site.retries.length, 1);
      }
    });

    check('a create that meets a quota may have been made, and is sent once', async (t) => {
      const failures = [{ protocol: 'Wsman', at: 'call', hresult: '0x803381a6' }] as const;
      const site = await connected(t, {
        wmi: { hosts: [{ ...ON_PROVIDER, failures }] },
        wmiConnection: { executable, place: { computer: PROVIDER, protocol: 'wsman' } },
      });
      assert.equal((await first(site, draft('one'))).state, 'unknown');
      assert.equal(site.retries.length, 0);
    });

    check('what WinRM fails with for good is told with advice about WinRM and DCOM', async (t) => {
      const failures = [{ protocol: 'Wsman', at: 'call', hresult: '0x80338048' }] as const;
      const site = await connected(t, {
        wmi: { hosts: [{ ...ON_PROVIDER, failures }] },
        wmiConnection: { executable, place: { computer: PROVIDER, protocol: 'wsman' } },
      });
      const diagnosis = refusal(await first(site, SITE));
      assert.equal(diagnosis.code, 'OS302');
      assert.match(diagnosis.cause, /WinRM/);
      assert.match(asInYaml(diagnosis.next), /^Use cim-protocol: dcom,/);
      assert.equal(site.retries.length, 0);
    });

    check('a query for which one row is enough takes one row, of one text', async (t) => {
      const site = await connected(t);
      const asked = {
        ...query('SMS_SoftwareUpdate', byIds, 'CI_ID'),
        rows: { kind: 'one-is-enough' },
      } as const;
      const [one, all] = await site.provider.run(
        [asked, query('SMS_SoftwareUpdate', byIds, 'CI_ID')],
        'unordered',
        NEVER,
      );
      assert.equal(done(one).length, 1);
      assert.equal(done(all).length, SOME_IDS.length);
      assert.deepEqual(
        site.simulator.requests.map(({ rows }) => rows),
        [1, 50, 50, 20],
      );
    });
  });
}
