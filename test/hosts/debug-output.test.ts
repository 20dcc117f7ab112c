import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';

import { TOKEN } from '../site-under-test.js';
import { runCommand, serveSite, service, small, type ServedSite } from './command-under-test.js';
import { inputsFor, spawnAction, spawnTask } from './pipelines-under-test.js';
import { NO_STAND_IN, powerShellThatRecords } from './powershell-that-records.js';

/** A read with its filter, and a write with its body. */
const READ = /GET https:\/\/127\.0\.0\.1:\d+\S*SMS_Identification\S*: 200, [\d,]+ bytes in [\d,]+ ms/;
const WRITE = /POST https:\S*SMS_ImageServicingSchedule \{"\S.*\}: 201, [\d,]+ bytes in [\d,]+ ms/;
const STACK = /was thrown here:/;

/** Starts a small run on one of the hosts, and returns what it prints. */
const HOSTS: Readonly<Record<string, (t: TestContext, site: ServedSite, isOn: boolean) => Promise<string>>> =
  {
    'the command': async (_, site, isOn) => {
      const { stdout, stderr } = await service(site, ...(isOn ? ['--verbose'] : [])).ended;
      assert.doesNotMatch(stdout, READ, 'standard output is for results');
      return stderr;
    },
    'the command in a pipeline': async (_, site, isOn) => {
      const inPipeline = {
        ...site,
        environment: { ...site.environment, ...(isOn && { RUNNER_DEBUG: '1' }) },
      };
      return (await service(inPipeline).ended).stderr;
    },
    GitHub: async (t, site, isOn) => {
      const environment = isOn ? { RUNNER_DEBUG: '1' } : {};
      const { stdout } = await spawnAction(t, inputsFor(site, { token: TOKEN }), environment).pipelineEnded;
      return withoutMasks(stdout);
    },
    'Azure Pipelines': async (t, site, isOn) => {
      const environment = isOn ? { SYSTEM_DEBUG: 'true' } : {};
      const { stdout } = await spawnTask(t, inputsFor(site, { token: TOKEN }), environment).pipelineEnded;
      return withoutMasks(stdout);
    },
  };

function withoutMasks(log: string): string {
  const isMask = (line: string): boolean => /^(::add-mask::|##vso\[task\.setsecret\])/.test(line);
  return log
    .split(/\r?\n/)
    .filter((line) => !isMask(line))
    .join('\n');
}

for (const [host, run] of Object.entries(HOSTS)) {
  suite(`debug output of ${host}`, () => {
    test('shows each request with its time and the size of its response, and no secret', async (t) => {
      const printed = await run(t, await serveSite(t, small), true);
      assert.match(printed, READ);
      assert.match(printed, WRITE);
      assert.doesNotMatch(printed, new RegExp(TOKEN));
      assert.doesNotMatch(printed, STACK);
    });

    test('is not there unless somebody asks for it', async (t) => {
      const printed = await run(t, await serveSite(t, small), false);
      assert.doesNotMatch(printed, READ);
      assert.doesNotMatch(printed, WRITE);
    });
  });
}

test('debug output names what the site had no response for', async (t) => {
  const site = await serveSite(t, {
    ...small,
    faults: [{ kind: 'cut', every: true, method: 'POST', class: 'SMS_ImageServicingSchedule' }],
  });
  const { stderr } = await service(site, '--verbose').ended;
  assert.match(stderr, /Debug: POST \S+SMS_ImageServicingSchedule \{.*\}: no response \(.+\), 0 bytes in/);
});

test(
  'debug output over WMI shows each query, and how PowerShell reached the provider',
  { skip: NO_STAND_IN },
  async (t) => {
    const { executable } = powerShellThatRecords(t, 'empty-site');
    const { stderr } = await runCommand([
      ...['service', '--verbose', '--image', 'LAB00010', '--update-group', 'Small', '--site-code', 'LAB'],
      ...['--powershell', executable],
    ]);
    assert.match(
      stderr,
      /Debug: PowerShell connected to .*root\\SMS\\site_.*: done, [\d,]+ bytes in [\d,]+ ms/,
    );
    assert.match(stderr, /Debug: SELECT \S.* FROM SMS_Identification.*: done, [\d,]+ bytes in [\d,]+ ms/);
  },
);
