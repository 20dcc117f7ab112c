import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';

import { parse } from 'yaml';

import { CONNECTIONS, PIPELINE_CONNECTIONS } from '../src/parameters/connection-kinds.js';
import { camelName, helpFor, type InputDefinition } from '../src/parameters/input-definition.js';
import { SERVICE_INPUTS as INPUTS, SERVICE_OUTPUTS as OUTPUTS } from '../src/verbs/service/inputs.js';
import type { ActionManifest } from '../tools/manifests/action-manifest.js';
import { generatedFiles, withTables } from '../tools/manifests/generated-files.js';
import { parseVersion } from '../tools/manifests/product.js';
import type { TaskManifest } from '../tools/manifests/task-manifest.js';
import { REPOSITORY } from '../tools/repository.js';

const textOf = (path: string): string =>
  readFileSync(join(REPOSITORY, path), 'utf8').replaceAll('\r\n', '\n');
const inputs: readonly InputDefinition[] = INPUTS;
const pipelineConnections: readonly string[] = PIPELINE_CONNECTIONS;

suite('what the table of inputs and outputs writes', () => {
  let generated: ReadonlyMap<string, string>;
  before(async () => {
    generated = await generatedFiles();
  });

  for (const path of [
    'action.yml',
    'task.json',
    'vss-extension.json',
    'docs/inputs.md',
    'schemas/report.schema.json',
    'schemas/site.schema.json',
    'src/simulator/site-schema.ts',
  ]) {
    test(`${path} is what the table says`, () => {
      assert.equal(textOf(path), generated.get(path), 'run "npm run manifests", and commit what it writes');
    });
  }

  test('no other file is written than those that are compared', () => {
    assert.deepEqual(
      [...generated.keys()],
      [
        'action.yml',
        'await/action.yml',
        'cancel/action.yml',
        'about/action.yml',
        'task.json',
        'tasks/await/task.json',
        'tasks/cancel/task.json',
        'tasks/about/task.json',
        'vss-extension.json',
        'docs/inputs.md',
        'schemas/report.schema.json',
        'schemas/site.schema.json',
        'src/simulator/site-schema.ts',
      ],
    );
  });

  test('the tables of the README are what the table says', async () => {
    const readme = textOf('README.md');
    assert.equal(readme, await withTables(readme), 'run "npm run manifests", and commit what it writes');
  });

  test('a table goes between its two lines, and leaves what is around it', async () => {
    const readme =
      'before\n<!-- inputs -->\nold\n<!-- /inputs -->\nbetween\n<!-- outputs --><!-- /outputs -->\nafter\n';
    const written = await withTables(readme);
    assert.match(written, /^before\n<!-- inputs -->\n\n\| Input .*\n\n<!-- \/inputs -->\nbetween\n/s);
    assert.match(written, /\nbetween\n<!-- outputs -->\n\n\| Output .*\n\n<!-- \/outputs -->\nafter\n$/s);
    assert.equal(await withTables(written), written);
  });

  for (const [how, readme] of [
    ['has no place for a table', 'nothing here'],
    ['has a beginning without an end', '<!-- inputs -->\n<!-- outputs -->\n<!-- /outputs -->'],
    ['ends before it begins', '<!-- /inputs -->\n<!-- inputs -->\n<!-- outputs -->\n<!-- /outputs -->'],
    ['has two places for one table', '<!-- inputs --><!-- /inputs -->'.repeat(2)],
  ] as const) {
    test(`a README that ${how} is refused, with the line that it needs`, async () => {
      await assert.rejects(withTables(readme), /README\.md needs one line <!-- inputs -->/);
    });
  }

  test('a version that a task cannot have is refused', () => {
    assert.deepEqual(parseVersion('1.20.3'), { major: 1, minor: 20, patch: 3 });
    for (const text of ['1.2', '1.2.3-rc.1', 'v1.2.3', ''])
      assert.throws(() => parseVersion(text), TypeError);
  });
});

suite('action.yml', () => {
  const action = parse(textOf('action.yml')) as ActionManifest;

  test('has every input of the table, and nothing else', () => {
    assert.deepEqual(
      Object.entries(action.inputs).map(([name, input]) => ({ name, ...input })),
      inputs.map(({ name, required, default: fallback, ...input }) => ({
        name,
        description: helpFor({ name, required, default: fallback, ...input }, 'github'),
        required,
        ...(fallback !== undefined && { default: fallback }),
      })),
    );
  });

  test('gives every default as a text, as a runner hands it over', () => {
    for (const { default: fallback } of Object.values(action.inputs)) {
      assert.ok(fallback === undefined || typeof fallback === 'string');
    }
  });

  test('has every output of the table, and nothing else', () => {
    assert.deepEqual(
      Object.entries(action.outputs).map(([name, { description }]) => ({ name, help: description })),
      OUTPUTS,
    );
  });

  test('runs a bundle that is there, on the one Node.js of the runners', () => {
    assert.equal(action.runs.using, 'node24');
    assert.ok(existsSync(join(REPOSITORY, action.runs.main)), `${action.runs.main} is missing`);
  });

  test('says what it is within the limit of the Marketplace', () => {
    assert.ok(action.description.length <= 125);
  });
});

suite('task.json', () => {
  const task = JSON.parse(textOf('task.json')) as TaskManifest;
  const NAME = /^[A-Za-z][A-Za-z0-9]*$/;

  test('has every input of the table but the secrets, and nothing else', () => {
    const wanted = inputs.filter(({ kind }) => kind.is !== 'secret').map(({ name }) => camelName(name));
    assert.deepEqual(
      task.inputs.map(({ name }) => name),
      wanted,
    );
  });

  test('has no input that could hold a secret', () => {
    const secrets = inputs.filter(({ kind }) => kind.is === 'secret').map(({ name }) => name);
    assert.ok(secrets.length > 0);
    const spelled = task.inputs.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    assert.deepEqual(
      spelled.filter((name) => secrets.some((secret) => name === secret || name === camelName(secret))),
      [],
    );
  });

  test('says which secret variable takes the place of a secret input', () => {
    const help = task.inputs.find(({ name }) => name === 'authentication')?.helpMarkDown ?? '';
    for (const { kind } of inputs) {
      if (kind.is === 'secret') assert.ok(help.includes(`\`${kind.environmentVariable}\``), help);
    }
  });

  test('spells every input and output as an agent can take it, and takes the kebab name too', () => {
    for (const { name, aliases } of task.inputs) {
      assert.match(name, NAME);
      const kebab = inputs.find((input) => camelName(input.name) === name)?.name;
      assert.deepEqual(aliases ?? [name], [kebab]);
    }
    for (const { name } of task.outputVariables) assert.match(name, NAME);
  });

  test('keeps every label and name to 40 characters', () => {
    for (const text of [task.friendlyName, ...task.inputs.map(({ label }) => label)]) {
      assert.ok(text.length > 0 && text.length <= 40, text);
    }
  });

  test('has the defaults and duties of the table', () => {
    assert.deepEqual(
      task.inputs.map(({ defaultValue, required }) => ({ defaultValue, required })),
      inputs
        .filter(({ kind }) => kind.is !== 'secret')
        .map(({ default: defaultValue, required }) => ({ defaultValue, required })),
    );
  });

  test('a list of values has the default among them, and offers no connection that is for the command alone', () => {
    for (const { type, options, defaultValue } of task.inputs) {
      assert.equal(type === 'pickList', options !== undefined);
      if (options && defaultValue !== undefined) assert.ok(Object.hasOwn(options, defaultValue));
    }
    const connections = task.inputs.find(({ name }) => name === 'connection')?.options ?? {};
    assert.deepEqual(Object.keys(connections), pipelineConnections);
    assert.ok(CONNECTIONS.some((connection) => !pipelineConnections.includes(connection)));
  });

  test('asks for no path by the type filePath, which an agent fills in when it is empty', () => {
    assert.deepEqual(
      task.inputs.filter(({ type }) => type === 'filePath'),
      [],
    );
  });

  test('shows an input by inputs that exist, by values that they have, and by one operator', () => {
    for (const { visibleRule } of task.inputs) {
      for (const condition of visibleRule?.split(' || ') ?? []) {
        const [, name, value = ''] = /^(\S+) = (\S+)$/.exec(condition) ?? [];
        const options = task.inputs.find((input) => input.name === name)?.options ?? {};
        assert.ok(Object.hasOwn(options, value), visibleRule);
      }
    }
  });

  test('shows each input with every choice that gives it a use', () => {
    const rules = Object.fromEntries(
      task.inputs.flatMap(({ name, visibleRule }) =>
        visibleRule === undefined ? [] : [[name, visibleRule] as const],
      ),
    );
    assert.deepEqual(rules, {
      authentication: 'connection = admin-service',
      username: 'connection = wmi',
      caCertificate: 'connection = admin-service',
      cimProtocol: 'connection = wmi',
      powershell: 'connection = wmi',
    });
  });

  test('puts every input into a group that exists, and shows no empty one', () => {
    const used = new Set(task.inputs.map(({ groupName }) => groupName));
    assert.deepEqual(task.groups.map(({ name }) => name).sort(), [...used].sort());
  });

  test('its name in a list of steps is made of inputs that exist', () => {
    const named = [...task.instanceNameFormat.matchAll(/\$\((\w+)\)/g)].map(([, name]) => name);
    // A step can have no group: a name that holds one would end with nothing.
    assert.deepEqual(named, ['image']);
    for (const name of named)
      assert.ok(
        task.inputs.some((input) => input.name === name),
        name,
      );
  });

  test('has three groups, of which the last is closed, and the dry run near the top of the second', () => {
    assert.deepEqual(
      task.groups.map(({ displayName, isExpanded }) => [displayName, isExpanded]),
      [
        ['Site', true],
        ['Images and updates', true],
        ['Advanced', false],
      ],
    );
    const work = task.inputs.filter(({ groupName }) => groupName === 'work').map(({ name }) => name);
    assert.deepEqual(work.slice(0, 3), ['image', 'updateGroup', 'dryRun']);
  });

  test('has words for each value of a list, and keeps the value', () => {
    const lists = task.inputs.flatMap(({ name, options }) => (options ? [{ name, options }] : []));
    for (const { name, options } of lists) {
      for (const [value, words] of Object.entries(options)) assert.notEqual(words, value, name);
    }
    assert.deepEqual(lists.find(({ name }) => name === 'connection')?.options, {
      wmi: 'Windows PowerShell (WMI)',
      'admin-service': 'AdminService (HTTPS)',
    });
  });

  test('has no help that is for users of another host', () => {
    for (const { helpMarkDown } of task.inputs) {
      assert.doesNotMatch(helpMarkDown, /GitHub|command|environment variable|sms-provider|site-code/);
    }
    const action = textOf('action.yml');
    assert.doesNotMatch(action, /Azure|[Tt]he command\b|CONFIGMGR_/);
  });

  test('has every output of the table, and may set nothing else', () => {
    assert.deepEqual(
      task.outputVariables,
      OUTPUTS.map(({ name, help }) => ({ name: camelName(name), description: help })),
    );
    assert.deepEqual(
      task.restrictions.settableVariables.allowed,
      task.outputVariables.map(({ name }) => name),
    );
  });

  test('runs one bundle, which is there, by the handlers of old and new agents', () => {
    assert.deepEqual(Object.keys(task.execution), ['Node20_1', 'Node24']);
    const [target = '', ...others] = new Set(Object.values(task.execution).map((handler) => handler.target));
    assert.deepEqual(others, []);
    assert.ok(existsSync(join(REPOSITORY, target)), `${target} is missing`);
  });

  test('demands no agent that Azure DevOps Server does not have', () => {
    assert.equal(task.minimumAgentVersion, '3.230.2');
  });
});

test('the package, the task and the extension have one version', () => {
  const { version } = JSON.parse(textOf('package.json')) as { version: string };
  const task = JSON.parse(textOf('task.json')) as TaskManifest;
  const extension = JSON.parse(textOf('vss-extension.json')) as { version: string };
  assert.equal(Object.values(task.version).join('.'), version);
  assert.deepEqual(Object.keys(task.version), ['Major', 'Minor', 'Patch']);
  assert.equal(extension.version, version);
});
