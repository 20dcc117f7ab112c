import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';

import { batchText } from '../../src/provider/wmi/batch-text.js';
import { environmentForPowerShell } from '../../src/provider/wmi/powershell-executable.js';
import {
  environmentOfTest,
  makeLauncher,
  POWERSHELLS,
  SCRIPT,
  WITHOUT_POWERSHELL,
} from '../simulated-wmi/powershells.js';
import { startSimulatedWmi } from '../simulated-wmi/simulated-wmi.js';
import { siteUnderTest, type SiteUnderTest, type SiteUnderTestOptions } from '../site-under-test.js';
import { until } from '../until.js';
import { done, draft, NEVER, query, refusal } from './operations.js';

const SITE = query('SMS_Identification', [], 'ThisSiteCode');

const BATCH = {
  order: 'in-order',
  place: { computer: '', protocols: [], namespace: '' },
  siteCode: '',
  credential: undefined,
  operationSeconds: 600,
  batchSeconds: 600,
} as const;

for (const executable of POWERSHELLS.length === 0 ? [''] : POWERSHELLS) {
  const name = executable === '' ? 'PowerShell' : basename(executable);
  const check = (title: string, run: (t: TestContext) => Promise<void>): void => {
    test(title, { skip: WITHOUT_POWERSHELL }, run);
  };
  const connected = async (
    t: TestContext,
    settings: NonNullable<SiteUnderTestOptions['wmiConnection']>,
  ): Promise<SiteUnderTest> =>
    siteUnderTest(t, { connection: 'wmi', wmiConnection: { executable, ...settings } });

  /** A script that does something before the product's own. */
  const scriptAfter = (site: { readonly folder: string }, lines: string): string => {
    const path = join(site.folder, 'before.ps1');
    writeFileSync(path, `${lines}\n& '${SCRIPT.replaceAll("'", "''")}'\n`);
    return path;
  };

  suite(`what can become of the script, with ${name}`, () => {
    check('lines of others on standard output are passed over', async (t) => {
      const folder = (await connected(t, {})).folder;
      const noise = `'Welcome to the domain.'; '{"number":0,"neither":1}'; '{"number":'; '[1]'; ''`;
      const site = await connected(t, { scriptPath: scriptAfter({ folder }, noise) });
      const [outcome] = await site.provider.run([SITE], 'unordered', NEVER);
      assert.equal(done(outcome)[0]?.get('thissitecode'), 'LAB');
    });

    check('in Constrained Language Mode it says so and does nothing', async (t) => {
      const folder = (await connected(t, {})).folder;
      const locked = "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'";
      const site = await connected(t, { scriptPath: scriptAfter({ folder }, locked) });
      const [outcome] = await site.provider.run([draft('one')], 'unordered', NEVER);
      assert.ok(outcome.state === 'not-attempted' && outcome.diagnosis);
      assert.equal(outcome.diagnosis.code, 'OS312');
      assert.match(outcome.diagnosis.what, /Constrained Language Mode/);
      assert.equal(site.simulator.requests.length, 0);
    });

    check('without CIM cmdlets the error says what they are part of', async (t) => {
      if (process.platform === 'win32') return t.skip('Windows always has them');
      const site = await connected(t, { environment: { PSModulePath: '' } });
      const [outcome] = await site.provider.run([SITE], 'unordered', NEVER);
      assert.equal(refusal(outcome).code, 'OS311');
      assert.match(refusal(outcome).cause, /CIM cmdlets/);
    });

    check('what is no PowerShell is told as such', async (t) => {
      const node = await connected(t, { executable: process.execPath });
      const [outcome] = await node.provider.run([draft('one')], 'unordered', NEVER);
      assert.equal(outcome.state, 'not-attempted');
      assert.equal(outcome.diagnosis?.code, 'OS315');
      const broken = join(node.folder, 'pwsh.exe');
      writeFileSync(broken, '#!/no/such/program\n', { mode: 0o755 });
      const unstarted = await connected(t, { executable: broken });
      const [write] = await unstarted.provider.run([draft('one')], 'unordered', NEVER);
      assert.equal(write.state, 'not-attempted');
      assert.equal(write.diagnosis?.code, 'OS311');
      assert.match(write.diagnosis.what, /pwsh\.exe could not be started/);
      const nothing = await connected(t, { executable: join(node.folder, 'no-such-file') });
      const [none] = await nothing.provider.run([SITE], 'unordered', NEVER);
      assert.equal(refusal(none).code, 'OS311');
    });

    check('a script that is not there is no success', async (t) => {
      const site = await connected(t, { scriptPath: join('/', 'no', 'such', 'script.ps1') });
      const [outcome] = await site.provider.run([SITE], 'unordered', NEVER);
      assert.equal(refusal(outcome).code, 'OS315');
    });

    check('a launcher brings what the environment of the product leaves out', async (t) => {
      const { folder, wmi } = await connected(t, {});
      const launcher = makeLauncher(folder, executable, wmi?.environment ?? {});
      const input = batchText({ ...BATCH, operations: [draft('one')] }, process.pid);
      const { lines, code } = await runDirectly(launcher, environmentForPowerShell(process.env), input);
      assert.equal(code, 0);
      assert.match(lines, /"number":0,"done":/);
    });

    check('a batch that it cannot read is the fault of nobody but the product', async () => {
      const { lines, code } = await runDirectly(executable, environmentOfTest(executable, {}), 'no JSON\n');
      assert.equal(code, 1);
      assert.match(lines, /^\{"stopped":"input","failed":\{"words":".*"/);
    });

    check('it ends soon after the step that started it, even in the middle of a call', async (t) => {
      const { simulator } = await siteUnderTest(t);
      const wmi = await startSimulatedWmi(simulator, { faults: [{ kind: 'hang-for-ever', every: true }] });
      t.after(async () => wmi.stop());
      const step = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1_000)'], {
        stdio: 'ignore',
      });
      assert.ok(step.pid !== undefined);
      const input = batchText({ ...BATCH, operations: [draft('one')] }, step.pid);
      const running = runDirectly(executable, environmentOfTest(executable, wmi.environment), input);
      await until(() => wmi.requests.length > 0, 'the call has arrived');
      const killed = performance.now();
      step.kill('SIGKILL');
      const { code } = await running;
      assert.notEqual(code, 0);
      assert.ok(performance.now() - killed < 10_000);
    });
  });
}

/** Without the connection around it. */
async function runDirectly(
  executable: string,
  environment: Readonly<Record<string, string>>,
  input: string,
): Promise<{ readonly lines: string; readonly code: unknown }> {
  const args = ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File', SCRIPT];
  const child = spawn(executable, args, {
    env: environment,
    shell: executable.endsWith('.cmd'),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let lines = '';
  child.stdout.on('data', (data: Buffer) => (lines += data.toString('utf8')));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [unknown];
  return { lines, code };
}
