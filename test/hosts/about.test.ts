import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';

import { VERSION } from '../../src/diagnosis/version.js';
import { REPOSITORY } from '../../tools/repository.js';
import { runCommand } from './command-under-test.js';
import { readOutputs, spawnAction, spawnTask } from './pipelines-under-test.js';

const CURL = /^curl: curl \d+\.\d+.* \(\/.*curl\)$/m;
const NODE = `Node.js: ${process.version} (${process.execPath})`;

suite('the verb about, which reaches no site', () => {
  test('as a command, names the version, how it was called, and the programs it found', async () => {
    const { exitCode, stdout, stderr } = await runCommand(['about']);
    assert.deepEqual([exitCode, stderr], [0, '']);
    assert.ok(stdout.startsWith(`Product: configmgr-offline-servicing ${VERSION}, called as command\n`));
    assert.match(stdout, CURL);
    assert.ok(stdout.includes(NODE));
    assert.match(stdout, /^PowerShell: /m);
  });

  test('as a command, prints one JSON object for programs', async () => {
    const { stdout } = await runCommand(['about', '--json']);
    const { product, node } = JSON.parse(stdout) as Record<string, Record<string, unknown>>;
    assert.deepEqual(product, {
      name: 'configmgr-offline-servicing',
      version: VERSION,
      calledAs: 'command-line',
    });
    assert.equal(node?.['path'], process.execPath);
  });

  test('says so where a program is missing, and still succeeds', async () => {
    const { exitCode, stdout } = await runCommand(['about'], { environment: { PATH: '/nowhere' } });
    assert.equal(exitCode, 0);
    assert.match(stdout, /^curl: not found$/m);
    assert.match(stdout, /^PowerShell: not found$/m);
  });

  test('refuses an input of another verb, with exit code 2', async () => {
    const { exitCode, stderr } = await runCommand(['about', '--image', 'LAB00010']);
    assert.equal(exitCode, 2);
    assert.match(stderr, /--image/);
  });

  test('as a GitHub Action, through its launcher', async (t) => {
    const { exitCode, stdout, files } = await spawnAction(t, {}, {}, undefined, 'about.mjs').pipelineEnded;
    assert.equal(exitCode, 0);
    assert.match(stdout, CURL);
    assert.equal(readOutputs(files['output'] ?? '')['version'], VERSION);
    assert.match(files['summary'] ?? '', /called as GitHub Action/);
  });

  test('as an Azure Pipelines task, through its launcher', async (t) => {
    const bundle = join(REPOSITORY, 'dist', 'azure', 'about.mjs');
    const { stdout } = await spawnTask(t, {}, {}, { bundle }).pipelineEnded;
    assert.match(stdout, CURL);
    assert.ok(
      stdout.includes(`##vso[task.setvariable variable=version;isOutput=true;issecret=false;]${VERSION}`),
    );
  });
});
