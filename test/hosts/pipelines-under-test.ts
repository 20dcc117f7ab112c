import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { TestContext } from 'node:test';

import { camelName } from '../../src/parameters/input-definition.js';
import { SERVICE_INPUTS as INPUTS } from '../../src/verbs/service/inputs.js';
import type { JsonReport } from '../../src/verbs/service/json-report.js';
import type { SiteDescription } from '../../src/simulator/index.js';
import { REPOSITORY } from '../../tools/repository.js';
import { readReport } from '../report/report-validity.js';
import { SITE_WITH_SMALL_GROUP, SMALL_GROUP_UPDATES } from '../servicing/site-afterwards.js';
import { TOKEN } from '../site-under-test.js';
import { spawnBundle, type Ended, type ServedSite, type Spawned } from './command-under-test.js';

export type Inputs = Readonly<Record<string, string>>;

/** The inputs with which a step of a pipeline reaches a simulated site. */
export function inputsFor({ reach }: ServedSite, more: Inputs = {}): Inputs {
  const pairs = reach.flatMap((option, place) =>
    place % 2 === 0 ? [[option.slice(2), reach[place + 1] ?? ''] as const] : [],
  );
  const inputs = {
    ...Object.fromEntries(pairs),
    'site-code': 'LAB',
    image: 'LAB00010',
    'update-group': '17000001',
    ...more,
  };
  // A host sends every input that its manifest knows, those that nobody filled in as empty texts or with their default.
  const all = INPUTS.map(({ name, default: fallback }) => [name, fallback ?? ''] as const);
  return { ...Object.fromEntries(all), ...inputs };
}

export interface PipelineEnded extends Ended {
  /** What the bundle wrote into the host's files and into the temporary folder of its agent, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** The mode of each. */
  readonly modes: Readonly<Record<string, number>>;
}

export interface PipelineSpawned extends Spawned {
  readonly pipelineEnded: Promise<PipelineEnded>;
}

/** As a runner starts an action: hyphens stay in the names of variables, and results go into files. */
export function spawnAction(
  context: TestContext,
  inputs: Inputs,
  environment: Inputs = {},
  node?: string,
  file = 'index.mjs',
): PipelineSpawned {
  const folder = folderFor(context);
  const files = {
    GITHUB_OUTPUT: 'output',
    GITHUB_STEP_SUMMARY: 'summary',
    GITHUB_ENV: 'env',
    GITHUB_STATE: 'state',
  };
  for (const name of Object.values(files)) writeFileSync(join(folder, name), '');
  const variables = Object.entries(inputs).map(([name, value]): readonly [string, string] => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ]);
  const spawned = spawnBundle([join(REPOSITORY, 'dist', 'github', file)], {
    ...(node === undefined ? {} : { node }),
    environment: {
      GITHUB_ACTIONS: 'true',
      RUNNER_TEMP: folder,
      ...Object.fromEntries(Object.entries(files).map(([variable, name]) => [variable, join(folder, name)])),
      ...Object.fromEntries(variables),
      ...environment,
    },
  });
  return { ...spawned, pipelineEnded: spawned.ended.then((ended) => endedIn(folder, ended)) };
}

/** As an agent starts a task: camel names in upper case, secret variables apart, a temporary folder of the agent's. */
export function spawnTask(
  context: TestContext,
  inputs: Inputs,
  environment: Inputs = {},
  options: { readonly node?: string; readonly bundle?: string } = {},
): PipelineSpawned {
  const folder = folderFor(context);
  const { token = '', password = '', ...plain } = inputs;
  const variables = Object.entries(plain).map(([name, value]): readonly [string, string] => [
    `INPUT_${camelName(name).toUpperCase()}`,
    value,
  ]);
  const spawned = spawnBundle([options.bundle ?? join(REPOSITORY, 'dist', 'azure', 'index.mjs')], {
    ...(options.node === undefined ? {} : { node: options.node }),
    environment: {
      AGENT_TEMPDIRECTORY: folder,
      AGENT_VERSION: '4.248.0',
      SYSTEM_CULTURE: 'en-US',
      ...secretVariables({ CONFIGMGR_TOKEN: token, CONFIGMGR_PASSWORD: password }),
      ...Object.fromEntries(variables),
      ...environment,
    },
  });
  return { ...spawned, pipelineEnded: spawned.ended.then((ended) => endedIn(folder, ended)) };
}

/** As an agent hands secret variables over. */
function secretVariables(values: Inputs): Inputs {
  const given = Object.entries(values).filter(([, value]) => value !== '');
  return {
    ...Object.fromEntries(given.map(([name, value]) => [`SECRET_${name}`, value])),
    VSTS_SECRET_VARIABLES: JSON.stringify(given.map(([name]) => name)),
  };
}

/** The outputs in a file of GITHUB_OUTPUT, whose values stand between random delimiters. */
export function readOutputs(file: string): Readonly<Record<string, string>> {
  const found = [...file.matchAll(/^([\w-]+)<<(ghadelimiter_[\w-]+)\r?\n([^]*?)\r?\n\2$/gm)];
  return Object.fromEntries(found.map(([, name = '', , value = '']) => [name, value]));
}

export const HOSTILE = {
  command: '::error title=x::owned%0A::set-output name=state::x',
  vso: '##vso[task.setvariable variable=PATH;]owned ##[error]owned',
  markup:
    '</details><script>alert(1)</script>| **x** [l](javascript:alert(1)) ![i](http://x/y.png) @everyone #1 `c`',
};

/** A site whose every text tries to be something else. */
export const HOSTILE_SITE: SiteDescription = {
  ...SITE_WITH_SMALL_GROUP,
  site: { ...SITE_WITH_SMALL_GROUP.site, name: HOSTILE.vso },
  images: SITE_WITH_SMALL_GROUP.images.map((image) =>
    image.packageId === 'LAB00010' ? { ...image, name: HOSTILE.markup, version: HOSTILE.command } : image,
  ),
  groups: [
    {
      ciId: 17_000_001,
      name: HOSTILE.command,
      description: '',
      updates: SMALL_GROUP_UPDATES,
      deployed: false,
    },
  ],
  updates: SITE_WITH_SMALL_GROUP.updates.map((update, place) => {
    if (!SMALL_GROUP_UPDATES.includes(update.ciId)) return update;
    const texts = Object.values(HOSTILE);
    const expired = update.ciId === SMALL_GROUP_UPDATES[0];
    return { ...update, expired, title: texts[place % texts.length] ?? '', articleId: HOSTILE.command };
  }),
};

export const WITH_TOKEN: Inputs = { token: TOKEN };

function folderFor(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'host '));
  context.after(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** No folder may be left in the agent's temporary folder, either: only files that were meant to stay. */
function endedIn(folder: string, ended: Ended): PipelineEnded {
  const entries = readdirSync(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return {
    ...ended,
    left: [...ended.left, ...folders],
    files: Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
    modes: Object.fromEntries(files.map((name) => [name, statSync(join(folder, name)).mode & 0o777])),
  };
}

/** The report that the output of that name leads to, held against its schema. */
export function reportIn({ files, modes }: PipelineEnded, path: string): JsonReport {
  const name = basename(path);
  assert.match(name, /^offline-servicing-report-[0-9a-f]{12}\.json$/);
  if (process.platform !== 'win32') assert.equal(modes[name], 0o600);
  const report = readReport(files[name] ?? '');
  assert.equal(report.report, path);
  return report;
}
