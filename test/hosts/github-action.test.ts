import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';

import { SERVICE_OUTPUTS as OUTPUTS } from '../../src/verbs/service/inputs.js';
import { formsOf } from '../../src/report/secret-mask.js';
import { REPOSITORY } from '../../tools/repository.js';
import {
  NOTHING,
  remainsOf,
  settled,
  SITE_WITH_SMALL_GROUP,
  SMALL_GROUP_UPDATES,
} from '../servicing/site-afterwards.js';
import { TOKEN } from '../site-under-test.js';
import { until } from '../until.js';
import { NODES, serveSite } from './command-under-test.js';
import {
  HOSTILE,
  HOSTILE_SITE,
  inputsFor,
  readOutputs,
  reportIn,
  spawnAction,
  WITH_TOKEN,
} from './pipelines-under-test.js';

const small = { description: SITE_WITH_SMALL_GROUP };

/** The lines that the runner takes for commands. */
function commandsIn(stdout: string): readonly string[] {
  return stdout.split(/\r?\n/).filter((line) => line.trimStart().startsWith('::') || line.includes('##['));
}

suite('the GitHub Action, as it is shipped', () => {
  for (const { version, path } of NODES) {
    test(`schedules, sets its outputs and writes its summary under Node.js ${version}`, async (t) => {
      const site = await serveSite(t, small);
      const spawned = spawnAction(t, inputsFor(site, WITH_TOKEN), {}, path);
      const ended = await spawned.pipelineEnded;
      const { exitCode, stdout, files, left } = ended;
      assert.equal(exitCode, 0, stdout);
      const [schedule] = remainsOf(site.simulator).schedules;
      const outputs = readOutputs(files['output'] ?? '');
      const report = reportIn(ended, outputs['report'] ?? '');
      assert.deepEqual(
        [report.images[0]?.scheduleId, report.request?.connection.kind, report.warnings],
        [schedule, 'admin-service', []],
      );
      assert.deepEqual(outputs, {
        'schedule-id': String(schedule),
        'schedule-ids': `{"LAB00010":${schedule}}`,
        'applied-ci-count': String(SMALL_GROUP_UPDATES.length),
        'ci-ids': JSON.stringify(SMALL_GROUP_UPDATES),
        'skipped-ci-count': '0',
        'image-package-ids': '["LAB00010"]',
        state: 'scheduled',
        'installed-ci-count': '',
        'failed-ci-count': '',
        report: report.report,
      });
      assert.deepEqual(
        Object.keys(outputs),
        OUTPUTS.map(({ name }) => name),
      );
      assert.match(files['summary'] ?? '', /^## ✅ Offline servicing scheduled\n/);
      assert.match(
        files['summary'] ?? '',
        new RegExp(
          `\\| ${SMALL_GROUP_UPDATES.length} \\| 0 \\| 0 \\| scheduled \\| ${schedule} \\| LAB00010 \\|`,
        ),
      );
      assert.match(stdout, /^::group::Used for image LAB00010: 4 updates$/m);
      assert.deepEqual(left, []);
    });
  }

  test('hides the token and every form of it before anything else is printed', async (t) => {
    const site = await serveSite(t, small);
    const { stdout, stderr, files } = await spawnAction(t, inputsFor(site, WITH_TOKEN)).pipelineEnded;
    const printed = stdout.split(/\r?\n/);
    const masks = printed.filter((line) => line.startsWith('::add-mask::'));
    assert.deepEqual(printed.slice(0, masks.length), masks);
    for (const form of formsOf(TOKEN)) assert.ok(masks.includes(`::add-mask::${form}`), form);
    const everythingElse = [printed.slice(masks.length).join('\n'), stderr, ...Object.values(files)].join(
      '\n',
    );
    assert.ok(!everythingElse.includes(TOKEN));
  });

  test('puts all that is wrong with the inputs into one error', async (t) => {
    const inputs = inputsFor({ reach: [] } as never, {
      connection: 'simulator',
      image: ',',
      'dry-run': 'yes',
      'update-group': '',
    });
    const ended = await spawnAction(t, inputs).pipelineEnded;
    const { exitCode, stdout, files } = ended;
    assert.equal(exitCode, 1);
    const errors = commandsIn(stdout);
    assert.equal(errors.length, 1);
    assert.match(
      errors[0] ?? '',
      /^::error title=OS102 A value is not one of the allowed values%2C and 3 more::OS102: connection is "simulator"\..*%0A.*OS106: image names nothing.*OS101: update-group and updates are missing.*OS103: dry-run/,
    );
    const { state, report = '' } = readOutputs(files['output'] ?? '');
    assert.equal(state, 'failed');
    assert.deepEqual(
      reportIn(ended, report).errors.map(({ code }) => code),
      ['OS102', 'OS106', 'OS101', 'OS103'],
    );
    assert.match(files['summary'] ?? '', /^## ❌ Offline servicing failed[^]*### OS103/);
  });

  test('tells a failure with its whole diagnosis, and no annotation for a retry', async (t) => {
    const site = await serveSite(t, { ...small, faults: [{ kind: 'error-500', request: 1 }] });
    const { exitCode, stdout, files } = await spawnAction(
      t,
      inputsFor(site, { ...WITH_TOKEN, image: 'Windows 7 Enterprize' }),
    ).pipelineEnded;
    assert.equal(exitCode, 1);
    assert.match(stdout, /; attempt 2 of 4 in/);
    const commands = commandsIn(stdout).filter((line) => !line.startsWith('::add-mask::'));
    assert.equal(commands.length, 1);
    assert.match(
      commands[0] ?? '',
      /^::error title=OS202 No image has that name or package ID::OS202: .*%0A {2}Probable cause: .*%0A {2}What to do: .*"Windows 7 Enterprise"/,
    );
    assert.match(files['summary'] ?? '', /\*\*What to do:\*\*/);
  });

  test('whatever the site calls its things, nothing of it is taken for a command or markup', async (t) => {
    const site = await serveSite(t, { description: HOSTILE_SITE });
    const ended = await spawnAction(t, inputsFor(site, { ...WITH_TOKEN, 'dry-run': 'true' })).pipelineEnded;
    const { exitCode, stdout, files } = ended;
    assert.equal(exitCode, 0, stdout);
    const allowed =
      /^::(add-mask::|group::(Used for|Left out of) image LAB00010: \d+ updates?$|group::Image "|endgroup::$)/;
    assert.deepEqual(
      commandsIn(stdout).filter((line) => !allowed.test(line)),
      [],
    );
    assert.doesNotMatch(stdout, /##vso\[/i);
    const summary = files['summary'] ?? '';
    assert.doesNotMatch(summary, /<script|javascript:|\*\*x|!\[i|@everyone|##vso/);
    assert.equal(summary.match(/<\/details>/g)?.length, 1);
    const { state, report = '' } = readOutputs(files['output'] ?? '');
    assert.equal(state, 'planned');
    const names = reportIn(ended, report).updateGroups.map(({ name }) => name);
    assert.deepEqual(names, [HOSTILE.command]);
  });

  test('warns of updates that it skipped, once', async (t) => {
    const [first] = SMALL_GROUP_UPDATES;
    const updates = SITE_WITH_SMALL_GROUP.updates.map((update) =>
      update.ciId === first ? { ...update, contentProvisioned: false } : update,
    );
    const site = await serveSite(t, { description: { ...SITE_WITH_SMALL_GROUP, updates } });
    const inputs = inputsFor(site, { ...WITH_TOKEN, 'unusable-updates': 'skip', 'dry-run': 'true' });
    const { stdout, files } = await spawnAction(t, inputs).pipelineEnded;
    const warnings = commandsIn(stdout).filter((line) => line.startsWith('::warning'));
    assert.equal(warnings.length, 1);
    assert.match(
      warnings[0] ?? '',
      /^::warning title=Updates would be skipped::1 update would be skipped for image "Windows 7 Enterprise" \(LAB00010\): content not downloaded/,
    );
    assert.match(files['summary'] ?? '', /\| content not downloaded \|/);
  });

  test('says when an output holds what the host will hide', async (t) => {
    const [first = 0] = SMALL_GROUP_UPDATES;
    const site = await serveSite(t, { ...small, token: String(first) });
    const { stdout } = await spawnAction(t, inputsFor(site, { token: String(first) })).pipelineEnded;
    assert.match(
      stdout,
      /^::warning title=An output holds a secret::Output ci-ids holds a text that is registered as a secret/m,
    );
  });

  test('works without the files of outputs and summaries', async (t) => {
    const site = await serveSite(t, small);
    const { exitCode } = await spawnAction(t, inputsFor(site, { ...WITH_TOKEN, 'dry-run': 'true' }), {
      GITHUB_STEP_SUMMARY: '',
    }).pipelineEnded;
    assert.equal(exitCode, 0);
    const unwritable = await spawnAction(t, inputsFor(site, { ...WITH_TOKEN, 'dry-run': 'true' }), {
      GITHUB_STEP_SUMMARY: '/no/such/file',
    }).pipelineEnded;
    assert.equal(unwritable.exitCode, 0);
    assert.match(unwritable.stdout, /^::warning title=No job summary::The job summary could not be written/m);
  });

  test('without a folder for the report: a warning, an empty output, and a run that ends as it would', async (t) => {
    const site = await serveSite(t, small);
    const inputs = inputsFor(site, { ...WITH_TOKEN, 'dry-run': 'true' });
    for (const RUNNER_TEMP of ['', 'not/absolute']) {
      const { exitCode, stdout, files } = await spawnAction(t, inputs, { RUNNER_TEMP }).pipelineEnded;
      assert.equal(exitCode, 0, stdout);
      assert.match(stdout, /^::warning title=No report::There is no report: .*RUNNER_TEMP/m);
      assert.deepEqual(Object.keys(files).sort(), ['env', 'output', 'state', 'summary']);
      const { report, state } = readOutputs(files['output'] ?? '');
      assert.deepEqual([report, state], ['', 'planned']);
    }
    const wrong = await spawnAction(t, inputsFor(site), { RUNNER_TEMP: '/no/such/folder' }).pipelineEnded;
    assert.match(wrong.stdout, /^::warning title=No report::The report could not be written: ENOENT/m);
    assert.match(wrong.stdout, /^::error title=OS108 A secret is missing or exposed::OS108: /m);
    assert.equal(readOutputs(wrong.files['output'] ?? '')['report'], '');
  });

  test('services several images, and says of each what became of it', async (t) => {
    const site = await serveSite(t, small);
    const inputs = inputsFor(site, { ...WITH_TOKEN, image: 'LAB00010,LAB00011' });
    const ended = await spawnAction(t, inputs).pipelineEnded;
    assert.equal(ended.exitCode, 0, ended.stdout);
    const outputs = readOutputs(ended.files['output'] ?? '');
    const report = reportIn(ended, outputs['report'] ?? '');
    assert.deepEqual(
      report.images.map(({ packageId, state, scheduleId }) => [packageId, state, scheduleId]),
      Object.entries(report.scheduleIds).map(([packageId, id]) => [packageId, 'scheduled', id]),
    );
    assert.deepEqual(JSON.parse(outputs['schedule-ids'] ?? ''), report.scheduleIds);
    assert.deepEqual(remainsOf(site.simulator).schedules.length, 2);
    assert.equal(outputs['schedule-id'], String(report.scheduleIds['LAB00010']));
    for (const { packageId, scheduleId } of report.images) {
      assert.match(
        ended.files['summary'] ?? '',
        new RegExp(`\\| 4 \\| 0 \\| 0 \\| scheduled \\| ${scheduleId} \\| ${packageId} \\|`),
      );
      assert.match(
        ended.stdout,
        new RegExp(`^Result: scheduled\\. Schedule ${scheduleId} .*${packageId}`, 'm'),
      );
    }
    assert.match(ended.stdout, /^2 images: 2 scheduled\.$/m);
  });

  test('cancelled by the runner: undone, nothing left, and the truth in the last lines', async (t) => {
    const site = await serveSite(t, { ...small, latencyMilliseconds: 150 });
    const spawned = spawnAction(t, inputsFor(site, WITH_TOKEN));
    await until(
      () =>
        site.simulator.requests.some(({ className }) => className === 'SMS_ImageServicingScheduledUpdate'),
      'an update is being linked',
    );
    spawned.child.kill('SIGINT');
    const { exitCode, stdout, files, left } = await spawned.pipelineEnded;
    assert.equal(exitCode, 1);
    assert.match(
      stdout.trimEnd().split('\n').at(-1) ?? '',
      /^::error title=OS501 The run was cancelled::OS501: .*Undone: schedule \d+/,
    );
    assert.match(files['summary'] ?? '', /^## ⏹️ Offline servicing cancelled/);
    assert.deepEqual(left, []);
    await settled(site.simulator);
    assert.deepEqual(remainsOf(site.simulator), NOTHING);
  });
});

test('the bundle of the action has no HTTP client in it, and not the other host’s SDK', () => {
  const bundle = readFileSync(join(REPOSITORY, 'dist', 'github', 'index.mjs'), 'utf8');
  assert.doesNotMatch(bundle, /undici|azure-pipelines-task-lib|task\.setvariable/);
  // An HTTP client would add more than this leaves; the product's own code is some 290 KiB of it.
  assert.ok(bundle.length < 460 * 1024, `${bundle.length}`);
});
