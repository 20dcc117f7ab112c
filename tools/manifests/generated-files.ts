import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';
import { stringify } from 'yaml';

import type { VerbDefinition } from '../../src/verbs/verb.js';
import { verbsOf } from '../../src/verbs/verbs.js';
import { REPOSITORY } from '../repository.js';
import { actionManifest } from './action-manifest.js';
import { extensionManifest } from './extension-manifest.js';
import { inputsPage, inputsTable, outputsTable } from './pages.js';
import { packageVersion } from './product.js';
import { reportSchema } from './report-schema.js';
import { siteSchemas } from './site-schema.js';
import { taskManifest, taskPath } from './task-manifest.js';

/** Every file that the table writes as a whole: its path from the repository, and its text. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const version = packageVersion();
  const siteSchema = siteSchemas();
  const texts = [
    ...verbsOf('github').map((verb) => actionFile(verb)),
    ...verbsOf('azure').map((verb) => [taskPath(verb), JSON.stringify(taskManifest(verb, version))] as const),
    ['vss-extension.json', JSON.stringify(extensionManifest(version))],
    ['docs/inputs.md', inputsPage()],
    ['schemas/report.schema.json', JSON.stringify(reportSchema())],
    ['schemas/site.schema.json', JSON.stringify(siteSchema.forEditors)],
    [
      'src/simulator/site-schema.ts',
      `${GENERATED_SCHEMA}export const SITE_SCHEMA = ${JSON.stringify(siteSchema.forSimulator)} satisfies { readonly definitions: Definitions };\n`,
    ],
  ] as const;
  return new Map(
    await Promise.all(texts.map(async ([path, text]) => [path, await formatted(path, text)] as const)),
  );
}

/** The root of the repository is the action of service; that of another verb is a folder. */
function actionFile(verb: VerbDefinition): readonly [path: string, text: string] {
  const isRoot = verb.name === 'service';
  const text = GENERATED_YAML + stringify(actionManifest(verb, isRoot ? '' : '../'), { lineWidth: 0 });
  return [isRoot ? 'action.yml' : `${verb.name}/action.yml`, text];
}

const GENERATED_YAML = '# Written by "npm run manifests" from the inputs in src/verbs/: change those.\n';

const GENERATED_SCHEMA = `/* eslint-disable max-lines -- Written by "npm run manifests" from site-description.ts: change that one. */
import type { Definitions } from './schema-reader.js';

`;

/** The README with its tables as they should be. Throws when it does not say where they go. */
export async function withTables(readme: string): Promise<string> {
  const inputs = await formatted('README.md', inputsTable());
  const outputs = await formatted('README.md', outputsTable());
  return withPart(withPart(readme, 'inputs', inputs), 'outputs', outputs);
}

function withPart(readme: string, part: string, text: string): string {
  const [begin, end] = [`<!-- ${part} -->`, `<!-- /${part} -->`];
  const [before, rest, ...more] = readme.split(begin);
  const [, after, ...others] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined || more.length > 0 || others.length > 0) {
    throw new Error(`README.md needs one line ${begin} and below it one line ${end}: a table goes between.`);
  }
  return `${before}${begin}\n\n${text}\n${end}${after}`;
}

/** As the formatter wants it, so that what is generated passes the check. */
async function formatted(path: string, text: string): Promise<string> {
  const filepath = join(REPOSITORY, path);
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}

export async function readme(): Promise<string> {
  return readFile(join(REPOSITORY, 'README.md'), 'utf8');
}
