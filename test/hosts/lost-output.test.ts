import assert from 'node:assert/strict';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';

import { readReport } from '../report/report-validity.js';
import { NOTHING, remainsOf, settled } from '../servicing/site-afterwards.js';
import { serveSite, service, small, SMALL, spawnCommand } from './command-under-test.js';
import {
  inputsFor,
  readOutputs,
  spawnAction,
  spawnTask,
  WITH_TOKEN,
  type PipelineEnded,
} from './pipelines-under-test.js';

const FULL = '/dev/full';
const WITHOUT_FULL = existsSync(FULL) ? false : 'there is no /dev/full';

function errorsIn(stdout: string): readonly string[] {
  return stdout.split(/\r?\n/).filter((line) => /^::error |^##vso\[task\.issue type=error/.test(line));
}

/** The report in the temporary folder, whatever the outputs say of it. */
function reportLeftIn({ files }: PipelineEnded): ReturnType<typeof readReport> {
  const [, text = ''] = Object.entries(files).find(([name]) => name.endsWith('.json')) ?? [];
  return readReport(text);
}

suite('outputs that cannot be set', () => {
  for (const [what, GITHUB_OUTPUT, why] of [
    ['a file that is gone', '/no/such/file', 'Missing file at path'],
    ['a folder', tmpdir(), 'EISDIR'],
    ...(existsSync(FULL) ? ([['a full device', FULL, 'ENOSPC']] as const) : []),
  ] as const) {
    test(`${what}: the step fails, and says what runs at the site in every other way`, async (t) => {
      const site = await serveSite(t, small);
      const inputs = inputsFor(site, { ...WITH_TOKEN, image: 'LAB00010,LAB00011' });
      const ended = await spawnAction(t, inputs, { GITHUB_OUTPUT }).pipelineEnded;
      const { exitCode, stdout, stderr, files } = ended;
      assert.equal(exitCode, 1);
      assert.equal(stderr, '');
      const { schedules } = remainsOf(site.simulator);
      assert.equal(schedules.length, 2);
      assert.match(stdout, /^2 images: 2 scheduled\.$/m);
      const [error = '', ...others] = errorsIn(stdout);
      assert.deepEqual(others, []);
      assert.match(error, /^::error title=OS404 The output could not be written::OS404: /);
      assert.match(error, new RegExp(`outputs schedule-id, .*, report: .*${why}`));
      for (const schedule of schedules)
        assert.match(error, new RegExp(`schedule ${schedule} \\(name "Offline servicing LAB0001\\d `));
      assert.match(files['summary'] ?? '', /^## ✅ Offline servicing scheduled\n\n### OS404 /);
      assert.match(
        files['summary'] ?? '',
        new RegExp(`\\| 4 \\| 0 \\| 0 \\| scheduled \\| ${schedules[0]} \\|`),
      );
      const report = reportLeftIn(ended);
      assert.deepEqual([report.state, report.errors.map(({ code }) => code)], ['scheduled', ['OS404']]);
      assert.deepEqual(Object.values(report.scheduleIds), schedules);
      assert.equal(report.errors[0]?.schedules.length, 2);
    });

    test(`${what}, of a run that failed: its own diagnosis comes first`, async (t) => {
      const site = await serveSite(t, small);
      const inputs = inputsFor(site, { ...WITH_TOKEN, image: 'Windows 7 Enterprize' });
      const ended = await spawnAction(t, inputs, { GITHUB_OUTPUT }).pipelineEnded;
      assert.equal(ended.exitCode, 1);
      const errors = errorsIn(ended.stdout);
      assert.deepEqual(
        errors.map((line) => /title=(OS\d+)/.exec(line)?.[1]),
        ['OS202', 'OS404'],
      );
      assert.match(ended.files['summary'] ?? '', /^## ❌ Offline servicing failed[^]*### OS202[^]*### OS404/);
      assert.deepEqual(
        reportLeftIn(ended).errors.map(({ code }) => code),
        ['OS202', 'OS404'],
      );
    });
  }
});

suite('a summary or report that cannot be written', { skip: WITHOUT_FULL }, () => {
  test('is a warning on GitHub', async (t) => {
    const site = await serveSite(t, small);
    const environment = { GITHUB_STEP_SUMMARY: FULL, RUNNER_TEMP: '/proc' };
    const inputs = inputsFor(site, { ...WITH_TOKEN, 'dry-run': 'true' });
    const { exitCode, stdout, files } = await spawnAction(t, inputs, environment).pipelineEnded;
    // Without a temporary folder there is no run either.
    assert.equal(exitCode, 1);
    assert.match(stdout, /^::warning title=No report::The report could not be written: /m);
    assert.match(stdout, /^::warning title=No job summary::The job summary could not be written: ENOSPC/m);
    assert.match(stdout, /^::error title=OS310 /m);
    assert.equal(readOutputs(files['output'] ?? '')['state'], 'failed');
    const other = await spawnAction(t, inputs, { GITHUB_STEP_SUMMARY: FULL }).pipelineEnded;
    assert.equal(other.exitCode, 0);
    assert.match(
      other.stdout,
      /^::warning title=No job summary::The job summary could not be written: ENOSPC/m,
    );
    assert.equal(readOutputs(other.files['output'] ?? '')['state'], 'planned');
  });

  test('is a warning on Azure Pipelines', async (t) => {
    const site = await serveSite(t, small);
    const inputs = inputsFor(site, { ...WITH_TOKEN, 'dry-run': 'true' });
    const environment = { AGENT_TEMPDIRECTORY: '', RUNNER_TEMP: '/no/such/folder' };
    const { stdout } = await spawnTask(t, inputs, environment).pipelineEnded;
    const warning = (text: string): RegExp =>
      new RegExp(`^##vso\\[task\\.issue type=warning;.*\\]${text}`, 'm');
    assert.match(stdout, warning('The job summary could not be written: the agent names'));
    assert.match(stdout, warning('The report could not be written: ENOENT'));
    assert.match(stdout, /^##vso\[task\.setvariable variable=report;isOutput=true;issecret=false;\]$/m);
    assert.match(stdout, /^##vso\[task\.complete result=Failed;\]Error OS310: /m);
  });
});

/** Starts the command with standard output on the full device. */
function onFullDevice(t: TestContext, args: readonly string[], environment = {}) {
  const stdout = openSync(FULL, 'w');
  t.after(() => {
    closeSync(stdout);
  });
  return spawnCommand(args, { stdout, environment });
}

suite('standard output that cannot be written', { skip: WITHOUT_FULL }, () => {
  test('with --json: exit code 1, and standard error says what runs', async (t) => {
    const site = await serveSite(t, small);
    const folder = mkdtempSync(join(tmpdir(), 'report '));
    t.after(() => {
      rmSync(folder, { recursive: true });
    });
    const file = join(folder, 'report.json');
    const args = ['service', ...site.reach, ...SMALL, '--json', '--report', file];
    const { exitCode, stderr } = await onFullDevice(t, args, site.environment).ended;
    assert.equal(exitCode, 1);
    const [schedule] = remainsOf(site.simulator).schedules;
    assert.match(
      stderr,
      new RegExp(`Error OS404: Standard output cannot be written: ENOSPC.* schedule ${schedule} \\(name`),
    );
    assert.equal(stderr.match(/^Result: /gm)?.length, 1);
    const report = readReport(readFileSync(file, 'utf8'));
    assert.deepEqual([report.state, report.errors[0]?.code], ['scheduled', 'OS404']);
  });

  test('with --json, of a run that failed: its own diagnosis comes first', async (t) => {
    const site = await serveSite(t, small);
    const args = ['service', ...site.reach, '--image', 'x', '--update-group', 'Small', '--json'];
    const { exitCode, stderr } = await onFullDevice(t, args, site.environment).ended;
    assert.equal(exitCode, 1);
    assert.match(stderr, /^Error OS202: [^]*^Error OS404: /m);
    const wrong = await onFullDevice(t, ['service', '--json']).ended;
    assert.equal(wrong.exitCode, 2);
    assert.match(wrong.stderr, /^Error OS101: [^]*^Error OS404: /m);
  });

  test('without --json: stops before anything is written, and blames nobody', async (t) => {
    const site = await serveSite(t, { ...small, latencyMilliseconds: 50 });
    const args = ['service', ...site.reach, ...SMALL];
    const { exitCode, stderr, left } = await onFullDevice(t, args, site.environment).ended;
    assert.equal(exitCode, 1);
    assert.match(stderr, /^Error OS404: Standard output cannot be written: ENOSPC/);
    assert.doesNotMatch(stderr, /OS501|cancelled/);
    await settled(site.simulator);
    const remains = remainsOf(site.simulator);
    if (remains.schedules.length === 0) {
      assert.deepEqual(remains, NOTHING);
      assert.match(stderr, /the run stopped before it wrote anything/);
    }
    assert.deepEqual(left, []);
  });

  test('is told by every other command, too', async (t) => {
    for (const args of [['--version'], ['--help'], ['service', '--help'], ['simulate', '--help']]) {
      const { exitCode, stderr } = await onFullDevice(t, args).ended;
      assert.equal(exitCode, 1, args.join(' '));
      assert.match(stderr, /^Error OS404: Standard output cannot be written: ENOSPC/);
    }
  });
});

suite('a reader that goes away', () => {
  test('once the run has begun to write: the run goes on to its end', async (t) => {
    const site = await serveSite(t, { ...small, latencyMilliseconds: 100 });
    const spawned = service(site);
    spawned.child.stdout?.on('data', (text: string) => {
      if (text.includes('written as a draft')) spawned.child.stdout?.destroy();
    });
    const { exitCode, stderr } = await spawned.ended;
    assert.equal(exitCode, 0, stderr);
    const { schedules, updates } = remainsOf(site.simulator);
    assert.deepEqual([schedules.length, updates], [1, 4]);
    assert.match(stderr, new RegExp(`^Result: scheduled\\. Schedule ${schedules[0]} `));
  });

  test('before it has the JSON that was asked for: exit code 1', async (t) => {
    const site = await serveSite(t, small);
    const spawned = service(site, '--json');
    spawned.child.stdout?.destroy();
    const { exitCode, stderr } = await spawned.ended;
    assert.equal(exitCode, 1);
    assert.match(
      stderr,
      /Error OS404: Standard output was closed by its reader \(EPIPE\)\. Started at the site/,
    );
  });

  test('of the help misses nothing that anybody has to hear of', async () => {
    const spawned = spawnCommand(['service', '--help']);
    spawned.child.stdout?.destroy();
    assert.deepEqual([(await spawned.ended).exitCode, (await spawned.ended).stderr], [0, '']);
  });
});
