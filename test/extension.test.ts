import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { text } from 'node:stream/consumers';

import JSZip from 'jszip';

import { complaintsIn, packExtension } from '../tools/extension/pack.js';
import { stageExtension } from '../tools/extension/stage.js';
import { troubleshootingUrl } from '../src/diagnosis/troubleshooting-page.js';
import { verbsOf } from '../src/verbs/verbs.js';
import { PROJECT_URL } from '../tools/manifests/product.js';
import type { TaskManifest } from '../tools/manifests/task-manifest.js';
import { REPOSITORY } from '../tools/repository.js';
import { inputsFor, spawnTask } from './hosts/pipelines-under-test.js';
import { NO_STAND_IN, powerShellThatRecords } from './hosts/powershell-that-records.js';

interface ExtensionManifest {
  readonly icons: { readonly default: string };
  readonly content: Readonly<Record<string, { readonly path: string }>>;
  readonly links: Readonly<Record<string, { readonly uri: string }>>;
  readonly contributions: readonly { readonly properties: { readonly name: string } }[];
}

async function unpack(vsix: string, folder: string): Promise<readonly string[]> {
  const archive = await JSZip.loadAsync(readFileSync(vsix));
  const files = Object.values(archive.files).filter(({ dir }) => !dir);
  for (const file of files) {
    const path = join(folder, file.name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await file.async('nodebuffer'));
  }
  return files.map(({ name }) => name).sort();
}

/** The folder of each verb's task: an agent gets one of them and nothing beside it. */
const TASKS = verbsOf('azure').map(({ name }) => `tasks/${name}`);

/** The size that a PNG file says, in pixels. */
function sizeOf(png: Buffer): string {
  assert.equal(png.toString('latin1', 1, 4), 'PNG');
  return `${png.readUInt32BE(16)} × ${png.readUInt32BE(20)}`;
}

suite('the extension', () => {
  // A space, as in the folders of many an agent.
  const folder = mkdtempSync(join(tmpdir(), 'the extension-'));
  const staged = join(folder, 'staged');
  const unpacked = join(folder, 'unpacked');
  const json = (path: string): unknown => JSON.parse(readFileSync(join(unpacked, path), 'utf8'));
  let names: readonly string[] = [];

  before(async () => {
    await stageExtension(staged);
    names = await unpack(await packExtension(staged, folder), unpacked);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  test('is packed with what it needs, and nothing beside it', () => {
    const bundle = readdirSync(join(REPOSITORY, 'dist', 'azure'), { recursive: true, encoding: 'utf8' });
    const wanted = [
      '[Content_Types].xml',
      'LICENSE',
      'extension.vsixmanifest',
      'extension.vsomanifest',
      'images/extension-icon.png',
      'images/job-summary-light.png',
      'overview.md',
      ...TASKS.flatMap((task) => [
        `${task}/icon.png`,
        `${task}/task.json`,
        ...bundle.map((name) => `${task}/dist/azure/${name.replaceAll('\\', '/')}`),
      ]),
    ];
    assert.deepEqual(names, wanted.sort());
    assert.ok(
      names.includes('tasks/service/dist/azure/licenses.txt'),
      'the licences of what is in the bundle',
    );
    assert.ok(
      names.includes('tasks/service/dist/azure/sms-provider-batch.ps1'),
      'the script of the connection wmi',
    );
  });

  test('everything that its manifest names is inside', () => {
    const manifest = JSON.parse(
      readFileSync(join(staged, 'vss-extension.json'), 'utf8'),
    ) as ExtensionManifest;
    const paths = [manifest.icons.default, ...Object.values(manifest.content).map(({ path }) => path)];
    for (const path of paths) assert.ok(names.includes(path), path);
    for (const { properties } of manifest.contributions) {
      assert.ok(names.includes(`${properties.name}/task.json`), properties.name);
    }
  });

  test('the pictures of its overview page are inside', () => {
    const overview = readFileSync(join(unpacked, 'overview.md'), 'utf8');
    const pictures = [...overview.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path = '']) => path);
    assert.ok(pictures.length > 0);
    for (const path of pictures) assert.ok(names.includes(path), path);
  });

  test('its links lead to where errors lead too, and to pages that exist', () => {
    const { links } = JSON.parse(
      readFileSync(join(staged, 'vss-extension.json'), 'utf8'),
    ) as ExtensionManifest;
    for (const { uri } of Object.values(links)) {
      assert.ok(
        troubleshootingUrl('OS101').startsWith(`${PROJECT_URL}/`) && uri.startsWith(PROJECT_URL),
        uri,
      );
      const [, page] = /\/blob\/main\/([^#]+)/.exec(uri) ?? [];
      if (page !== undefined) assert.ok(existsSync(join(REPOSITORY, page)), uri);
    }
  });

  test('everything that a task names is inside its folder', () => {
    for (const task of TASKS) {
      const { execution } = json(`${task}/task.json`) as TaskManifest;
      for (const { target } of Object.values(execution))
        assert.ok(names.includes(`${task}/${target}`), target);
    }
  });

  test('contributes a task for each verb, to one publisher and one version', () => {
    const { contributions } = json('extension.vsomanifest') as { contributions: { type: string }[] };
    assert.deepEqual(
      contributions.map(({ type }) => type),
      TASKS.map(() => 'ms.vss-distributed-task.task'),
    );
    const { version } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
      version: string;
    };
    const [identity = ''] =
      /<Identity [^>]*>/.exec(readFileSync(join(unpacked, 'extension.vsixmanifest'), 'utf8')) ?? [];
    assert.ok(identity.includes(`Version="${version}"`), identity);
    assert.ok(identity.includes('Publisher="configmgr-offline-servicing"'), identity);
  });

  test('its icons have the sizes that the hosts show', () => {
    assert.equal(sizeOf(readFileSync(join(unpacked, 'tasks/service/icon.png'))), '32 × 32');
    assert.equal(sizeOf(readFileSync(join(unpacked, 'images/extension-icon.png'))), '128 × 128');
  });

  test('its task finds the script beside it', { skip: NO_STAND_IN }, async (t) => {
    const { execution } = json('tasks/service/task.json') as TaskManifest;
    const bundle = join(unpacked, 'tasks/service', execution['Node20_1']?.target ?? '');
    const powerShell = powerShellThatRecords(t, 'empty-site');
    const inputs = inputsFor({ reach: [] } as never, { powershell: powerShell.executable });
    const { stdout } = await spawnTask(t, inputs, {}, { bundle }).pipelineEnded;
    assert.match(stdout, /Error OS2\d\d/);
    assert.equal(powerShell.starts()[0]?.args.at(-1), join(dirname(bundle), 'sms-provider-batch.ps1'));
  });

  test('the task of about starts alone, through its launcher', async () => {
    const { execution } = json('tasks/about/task.json') as TaskManifest;
    const target = join(unpacked, 'tasks/about', execution['Node20_1']?.target ?? '');
    const { stdout } = await runTask(target, folder, folder);
    assert.match(stdout, /^Product: configmgr-offline-servicing .*, called as Azure Pipelines task$/m);
  });

  test('its task starts alone, and says by its result that inputs are missing', async () => {
    const { execution } = json('tasks/service/task.json') as TaskManifest;
    const target = join(unpacked, 'tasks/service', execution['Node20_1']?.target ?? '');
    const sources = join(folder, 'sources');
    mkdirSync(sources);
    const { exitCode, stdout, stderr } = await runTask(target, sources, folder);
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /^##vso\[task\.complete result=Failed[;\]]/m);
    assert.match(stdout, /image is missing/);
    assert.deepEqual(readdirSync(sources), [], 'the folder of the sources stays as it was');
  });
});

/** As an agent starts a task, with nothing filled in. */
async function runTask(
  target: string,
  workingDirectory: string,
  temporary: string,
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const others = Object.entries(process.env).filter(([name]) => !/^(?:INPUT_|CONFIGMGR_|NODE_)/i.test(name));
  const child = spawn(process.execPath, [target], {
    cwd: workingDirectory,
    env: { ...Object.fromEntries(others), AGENT_TEMPDIRECTORY: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { exitCode, stdout, stderr };
}

suite('packing', () => {
  test('fails for what tfx only warns of', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'extension-'));
    t.after(() => {
      rmSync(folder, { recursive: true });
    });
    await stageExtension(folder);
    const path = join(folder, 'tasks/service/task.json');
    const task = JSON.parse(readFileSync(path, 'utf8')) as TaskManifest;
    writeFileSync(path, JSON.stringify({ ...task, friendlyName: 'x'.repeat(41) }));
    await assert.rejects(packExtension(folder, folder), /friendlyName is a required string <= 40 chars/);
  });

  test('sees a complaint in any colour, and none in what is said otherwise', () => {
    assert.deepEqual(complaintsIn('\u001b[43mwarning: a\nwarning: b\u001b[49m\r\nerror: c\n'), [
      'warning: a',
      'warning: b',
      'error: c',
    ]);
    assert.deepEqual(
      complaintsIn('=== Completed operation: create extension ===\n - VSIX: /a/error.vsix\n'),
      [],
    );
  });
});
