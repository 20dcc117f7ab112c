import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';

import { REPOSITORY } from '../../tools/repository.js';
import { SMALL_GROUP_UPDATES } from '../servicing/site-afterwards.js';
import { TOKEN } from '../site-under-test.js';
import {
  runCommand,
  serveSite,
  service,
  small,
  type ServedSite,
  type Spawned,
} from './command-under-test.js';
import {
  inputsFor,
  readOutputs,
  spawnAction,
  spawnTask,
  type Inputs,
  type PipelineSpawned,
} from './pipelines-under-test.js';
import { endAsHostDoes, until } from './signals-of-a-host.js';

const SCHEDULE = 'SMS_ImageServicingSchedule';
const WAIT: Inputs = { token: TOKEN, wait: 'servicing', 'poll-interval': '1s' };

/** A site that takes longer than any test, until it is cancelled. */
const slow = async (t: TestContext): Promise<ServedSite> =>
  serveSite(t, { ...small, servicingMilliseconds: 60_000 });

async function untilServicing({ simulator }: ServedSite): Promise<void> {
  const polls = (): number =>
    simulator.requests.filter(({ className }) => className === 'SMS_ImageServicingProgress').length;
  await until(() => simulator.state.servicingRuns.length > 0 && polls() > 1, 'a look at the servicing');
}

function scheduleAt({ simulator }: ServedSite): readonly unknown[] {
  const [schedule] = simulator.state.objects(SCHEDULE);
  return [schedule?.['State'], schedule?.['Action']];
}

/** As each host starts a run that waits. */
const HOSTS: Readonly<
  Record<string, (t: TestContext, site: ServedSite, inputs: Inputs) => Spawned & Partial<PipelineSpawned>>
> = {
  'the command': (_, site, inputs) => {
    const args = Object.entries(inputs)
      .filter(([name]) => name !== 'token')
      .flatMap(([name, value]) => [`--${name}`, value]);
    return service({ ...site, environment: { ...site.environment, GITHUB_ACTIONS: 'true' } }, ...args);
  },
  GitHub: (t, site, inputs) => spawnAction(t, inputsFor(site, inputs)),
  'Azure Pipelines': (t, site, inputs) => spawnTask(t, inputsFor(site, inputs)),
};

for (const [host, start] of Object.entries(HOSTS)) {
  suite(`a run of ${host} that waits`, () => {
    test('is cancelled by its host: it ends at once, says how far the site was, and leaves the schedule alone', async (t) => {
      const site = await slow(t);
      const spawned = start(t, site, WAIT);
      await untilServicing(site);
      const { milliseconds, wasKilled } = await endAsHostDoes(spawned);
      assert.ok(!wasKilled && milliseconds < 5_000, `${milliseconds} ms`);
      const { stdout, stderr } = await spawned.ended;
      assert.match(
        `${stdout}${stderr}`,
        /OS501: The step was cancelled while it waited: image LAB00010 of schedule \d+ is running\./,
      );
      assert.deepEqual(scheduleAt(site), [2, 1]);
    });

    test('is cancelled by its host, with the schedule where that is asked for, within the time of the host', async (t) => {
      const site = await slow(t);
      const spawned = start(t, site, { ...WAIT, 'on-cancel': 'cancel' });
      await untilServicing(site);
      const { wasKilled } = await endAsHostDoes(spawned);
      assert.ok(!wasKilled);
      assert.equal(scheduleAt(site)[1], 2);
      const { stdout, stderr } = await spawned.ended;
      assert.match(`${stdout}${stderr}`, /The site was asked to cancel schedule \d+/);
    });
  });
}

suite('a run that waits to its end', () => {
  test('has its counts and its state as outputs, and a page beside the report', async (t) => {
    const site = await serveSite(t, { ...small, servicingMilliseconds: 500 });
    const { exitCode, stdout, files } = await spawnAction(t, inputsFor(site, WAIT)).pipelineEnded;
    assert.equal(exitCode, 0, stdout);
    const outputs = readOutputs(files['output'] ?? '');
    assert.deepEqual(
      [outputs['state'], outputs['installed-ci-count'], outputs['failed-ci-count']],
      ['succeeded', String(SMALL_GROUP_UPDATES.length), '0'],
    );
    assert.ok(Object.keys(files).some((name) => name.endsWith('.html')));
    assert.match(files['summary'] ?? '', /^## ✅ Offline servicing succeeded/);
  });

  test('that fails at the site fails the step, with its schedule among the outputs', async (t) => {
    const [ciId] = SMALL_GROUP_UPDATES;
    const updates = small.description.updates.map((update) =>
      update.ciId === ciId ? { ...update, servicingError: 123 } : update,
    );
    const site = await serveSite(t, {
      description: { ...small.description, updates },
      servicingMilliseconds: 500,
    });
    const { exitCode, stdout, files } = await spawnAction(t, inputsFor(site, WAIT)).pipelineEnded;
    assert.equal(exitCode, 1);
    assert.match(stdout, /^::error title=OS601 The servicing failed::OS601: .*ERROR_INVALID_NAME/m);
    const outputs = readOutputs(files['output'] ?? '');
    assert.equal(outputs['state'], 'failed');
    assert.match(outputs['schedule-id'] ?? '', /^\d+$/);
  });
});

suite('the verbs await and cancel, through the launchers', () => {
  const scheduled = async (t: TestContext, servicingMilliseconds: number): Promise<ServedSite> => {
    const site = await serveSite(t, { ...small, servicingMilliseconds });
    const { exitCode, stderr } = await service(site).ended;
    assert.equal(exitCode, 0, stderr);
    return site;
  };
  const idOf = ({ simulator }: ServedSite): string =>
    String(Number(simulator.state.objects(SCHEDULE)[0]?.['ScheduleID']));
  const inputsOf = (site: ServedSite): Inputs => {
    const { connection, authentication, 'sms-provider': provider, 'ca-certificate': ca } = inputsFor(site);
    return {
      token: TOKEN,
      ...Object.fromEntries(
        Object.entries({ connection, authentication, 'sms-provider': provider, 'ca-certificate': ca }).map(
          ([name, value]) => [name, value ?? ''],
        ),
      ),
      'schedule-id': idOf(site),
      'poll-interval': '1s',
    };
  };

  test('GitHub waits for a schedule of an earlier step', async (t) => {
    const site = await scheduled(t, 1_500);
    const { exitCode, stdout, files } = await spawnAction(t, inputsOf(site), {}, undefined, 'await.mjs')
      .pipelineEnded;
    assert.equal(exitCode, 0, stdout);
    assert.equal(readOutputs(files['output'] ?? '')['state'], 'succeeded');
  });

  test('Azure Pipelines waits for one too', async (t) => {
    const site = await scheduled(t, 1_500);
    const bundle = join(REPOSITORY, 'dist', 'azure', 'await.mjs');
    const { stdout } = await spawnTask(t, inputsOf(site), {}, { bundle }).pipelineEnded;
    assert.match(stdout, /^##vso\[task\.setvariable variable=state;[^\]]*\]succeeded$/m);
  });

  test('the command cancels one, and says that it has ended', async (t) => {
    const site = await scheduled(t, 8_000);
    const { exitCode, stdout } = await runCommand(
      ['cancel', ...site.reach, '--site-code', 'LAB', '--schedule-id', idOf(site), '--poll-interval', '1s'],
      { environment: site.environment },
    );
    assert.equal(exitCode, 0, stdout);
    assert.match(stdout, /Image LAB00010 \(schedule \d+\) was not serviced: its schedule was cancelled\./);
  });
});
