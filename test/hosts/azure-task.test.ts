import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';

import { camelName } from '../../src/parameters/input-definition.js';
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
import { HOSTILE_SITE, inputsFor, reportIn, spawnTask, WITH_TOKEN } from './pipelines-under-test.js';

const small = { description: SITE_WITH_SMALL_GROUP };

/** The commands to the agent, without the library's debug lines. */
function commandsIn(stdout: string): readonly string[] {
  return stdout
    .split(/\r?\n/)
    .filter((line) => /##vso\[/i.test(line) && !line.startsWith('##vso[task.debug]'));
}

function summaryIn(files: Readonly<Record<string, string>>): string {
  return Object.entries(files).find(([name]) => name.endsWith('.md'))?.[1] ?? '';
}

suite('the Azure Pipelines task, as it is shipped', () => {
  for (const { version, path } of NODES) {
    test(`schedules, sets its output variables and uploads its summary under Node.js ${version}`, async (t) => {
      const site = await serveSite(t, small);
      const ended = await spawnTask(t, inputsFor(site, WITH_TOKEN), {}, { node: path }).pipelineEnded;
      const { exitCode, stdout, files, left } = ended;
      assert.equal(exitCode, 0, stdout);
      const [schedule] = remainsOf(site.simulator).schedules;
      const variables = commandsIn(stdout).filter((line) => line.startsWith('##vso[task.setvariable'));
      const report = /variable=report;[^\]]*\](.*)$/.exec(variables.at(-1) ?? '')?.[1] ?? '';
      assert.equal(reportIn(ended, report).images[0]?.scheduleId, schedule);
      assert.deepEqual(variables, [
        `##vso[task.setvariable variable=scheduleId;isOutput=true;issecret=false;]${schedule}`,
        `##vso[task.setvariable variable=scheduleIds;isOutput=true;issecret=false;]{"LAB00010":${schedule}}`,
        `##vso[task.setvariable variable=appliedCiCount;isOutput=true;issecret=false;]${SMALL_GROUP_UPDATES.length}`,
        `##vso[task.setvariable variable=ciIds;isOutput=true;issecret=false;]${JSON.stringify(SMALL_GROUP_UPDATES)}`,
        '##vso[task.setvariable variable=skippedCiCount;isOutput=true;issecret=false;]0',
        '##vso[task.setvariable variable=imagePackageIds;isOutput=true;issecret=false;]["LAB00010"]',
        '##vso[task.setvariable variable=state;isOutput=true;issecret=false;]scheduled',
        '##vso[task.setvariable variable=installedCiCount;isOutput=true;issecret=false;]',
        '##vso[task.setvariable variable=failedCiCount;isOutput=true;issecret=false;]',
        `##vso[task.setvariable variable=report;isOutput=true;issecret=false;]${report}`,
      ]);
      assert.equal(variables.length, OUTPUTS.length);
      for (const [place, { name }] of OUTPUTS.entries())
        assert.match(variables[place] ?? '', new RegExp(`variable=${camelName(name)};`));
      assert.match(summaryIn(files), /^## ✅ Offline servicing scheduled\n/);
      assert.ok(commandsIn(stdout).some((line) => /^##vso\[task\.uploadsummary\].*\.md$/.test(line)));
      assert.match(stdout, /^##\[group\]Used for image LAB00010: 4 updates$/m);
      assert.doesNotMatch(stdout, /task\.complete result=Failed/);
      assert.deepEqual(left, []);
    });
  }

  test('fails by its result, with exit code 0, and one error for all that is wrong', async (t) => {
    const inputs = inputsFor({ reach: [] } as never, {
      image: ',',
      'dry-run': 'yes',
      'update-group': '',
      connection: 'wim',
    });
    const { exitCode, stdout, files } = await spawnTask(t, inputs).pipelineEnded;
    assert.equal(exitCode, 0);
    const commands = commandsIn(stdout);
    assert.equal(commands.filter((line) => line.startsWith('##vso[task.issue type=error')).length, 1);
    const completed = commands.filter((line) => line.startsWith('##vso[task.complete result=Failed;]'));
    assert.equal(completed.length, 1);
    assert.match(
      completed[0] ?? '',
      /OS102: connection is "wim".*%0A.*OS106: image names nothing.*OS101: updateGroup and updates are missing.*OS103: dryRun/,
    );
    assert.match(summaryIn(files), /❌/);
  });

  test('takes the token from the secret variable alone, and hides it and its forms first', async (t) => {
    const site = await serveSite(t, small);
    const { stdout, stderr, files } = await spawnTask(t, inputsFor(site, WITH_TOKEN)).pipelineEnded;
    const lines = stdout.split(/\r?\n/);
    const secrets = lines.filter((line) => line.startsWith('##vso[task.setsecret]'));
    for (const form of formsOf(TOKEN)) assert.ok(secrets.includes(`##vso[task.setsecret]${form}`), form);
    const rest = lines.filter((line) => !line.startsWith('##vso[task.setsecret]'));
    const beforeSecrets = lines.slice(0, lines.indexOf(secrets[0] ?? ''));
    assert.ok(!beforeSecrets.join('\n').includes(TOKEN));
    const keyless = Object.entries(files).filter(([name]) => name !== '.taskkey');
    assert.ok(
      ![rest.join('\n'), stderr, ...keyless.map(([, content]) => content)].join('\n').includes(TOKEN),
    );
  });

  test('without the secret variable: names it', async (t) => {
    const site = await serveSite(t, small);
    const { stdout } = await spawnTask(t, inputsFor(site)).pipelineEnded;
    assert.match(stdout, /Error OS108: .*CONFIGMGR_TOKEN is not set/);
  });

  test('whatever the site calls its things, nothing of it is taken for a command or markup', async (t) => {
    const site = await serveSite(t, { description: HOSTILE_SITE });
    const { exitCode, stdout, files } = await spawnTask(
      t,
      inputsFor(site, { ...WITH_TOKEN, 'dry-run': 'true' }),
    ).pipelineEnded;
    assert.equal(exitCode, 0, stdout);
    const allowed = /^##vso\[task\.(setsecret|setvariable|uploadsummary|uploadfile)[\];  ]/;
    assert.deepEqual(
      commandsIn(stdout).filter((line) => !allowed.test(line)),
      [],
    );
    const formatting = stdout.split(/\r?\n/).filter((line) => line.includes('##['));
    assert.deepEqual(
      formatting.filter(
        (line) =>
          !/^##\[(group\](Used for|Left out of) image LAB00010: \d+ updates?|group\]Image ".*|endgroup\])$/.test(
            line,
          ),
      ),
      [],
    );
    assert.doesNotMatch(summaryIn(files), /<script|javascript:|!\[i|@everyone/);
  });

  test('cancelled by the agent: undone, nothing left, and the truth in the last lines', async (t) => {
    const site = await serveSite(t, { ...small, latencyMilliseconds: 150 });
    const spawned = spawnTask(t, inputsFor(site, WITH_TOKEN));
    await until(
      () =>
        site.simulator.requests.some(({ className }) => className === 'SMS_ImageServicingScheduledUpdate'),
      'an update is being linked',
    );
    spawned.child.kill('SIGINT');
    const { exitCode, stdout, left } = await spawned.pipelineEnded;
    assert.equal(exitCode, 0);
    assert.match(
      stdout.trimEnd().split('\n').at(-1) ?? '',
      /^##vso\[task\.complete result=Canceled;\]Error OS501: .*Undone: schedule \d+/,
    );
    const issues = commandsIn(stdout).filter((line) => line.startsWith('##vso[task.issue type=error'));
    assert.equal(issues.length, 1);
    assert.deepEqual(left, []);
    await settled(site.simulator);
    assert.deepEqual(remainsOf(site.simulator), NOTHING);
  });
});

test('the bundle of the task has not the other host’s SDK in it', () => {
  const bundle = readFileSync(join(REPOSITORY, 'dist', 'azure', 'index.mjs'), 'utf8');
  assert.doesNotMatch(bundle, /undici|GITHUB_STEP_SUMMARY|add-mask/);
  // Another SDK, or an HTTP client, would add more than this leaves; the product's own code is some 420 KiB of it.
  assert.ok(bundle.length < 640 * 1024, `${bundle.length}`);
});
