import {
  camelName,
  INPUT_GROUPS,
  type InputDefinition,
  type InputUse,
} from '../../src/parameters/input-definition.js';
import type { SERVICE_INPUTS } from '../../src/verbs/service/inputs.js';
import { SERVICE } from '../../src/verbs/service/service.js';
import type { Verb } from '../../src/verbs/verb.js';
import { verbsOf } from '../../src/verbs/verbs.js';
import { isSecret, pipelineChoices, pipelineInputs } from './pipeline-inputs.js';

const { inputs: ALL_INPUTS, outputs: OUTPUTS } = SERVICE;

/** The inputs that most runs use, each in one short sentence. `docs/inputs.md` has all of them. */
const README_INPUTS = {
  image: 'Names or package IDs of OS images or OS upgrade packages.',
  'update-group': 'Names or CI_IDs of software update groups. This or `updates` is required.',
  updates: 'KB numbers, CI_IDs, or `applicable`: all that the site holds as applicable to the image.',
  'dry-run': 'Only shows what would be scheduled.',
  'update-distribution-points': 'Sends the serviced image to its distribution points.',
  'unusable-updates': 'What to do if an update has no content or cannot be read: `fail` or `skip`.',
  wait: 'Whether the step waits: `none`, for the `servicing`, or for the `distribution`.',
  'site-code': 'Fails if the SMS Provider belongs to another site.',
  'sms-provider': 'FQDN of the SMS Provider. With `wmi`, this machine by default.',
  connection: 'How the site is reached: `wmi` or `admin-service` (HTTPS).',
} as const satisfies Partial<Record<ServiceInput, string>>;

type ServiceInput = (typeof SERVICE_INPUTS)[number]['name'];

/** For the README: one row for each input that most runs use. */
export function inputsTable(): string {
  return table(
    ['Input', 'Default', 'What it is'],
    Object.entries(README_INPUTS).map(([name, text]) => {
      const input = ALL_INPUTS.find((each) => each.name === name);
      return [code(name), input === undefined ? '' : defaultOf(input), text];
    }),
  );
}

export function outputsTable(): string {
  return table(
    ['Output', 'Azure Pipelines', 'What it is'],
    OUTPUTS.map(({ name, help }) => [code(name), code(camelName(name)), escaped(firstSentence(help))]),
  );
}

function firstSentence(text: string): string {
  return text.replace(/\. [A-Z0-9].*$/s, '.');
}

/** `docs/inputs.md`. */
export function inputsPage(): string {
  const groups = Object.entries(INPUT_GROUPS).flatMap(([group, title]) => [
    `## ${title}`,
    ...ALL_INPUTS.filter((input) => input.group === group).flatMap((input) => inputSection(input)),
  ]);
  return [
    '# Inputs and outputs',
    '<!-- Written by "npm run manifests" from the inputs in src/verbs/: change those. -->',
    [
      'Every input and output of the GitHub Action, the Azure Pipelines task and the command.',
      'An empty text counts as not set. For `dry-run`, `start` and `connection`, and for `site-code` of the command, it is an error.',
      'Booleans are `true` or `false`, in any letter case; on a command line a bare `--dry-run` is true.',
      'A list has one value a line, or a single line with commas between the values. You can repeat a list option of the command.',
      'A single line of `image` or `update-group` is first looked up whole, so a name with a comma needs no escape.',
      'A text that is a whole variable that was not replaced, such as `$(name)`, is an error. It is never sent.',
      'All problems of the inputs are reported together, before the site is contacted.',
    ].join('\n'),
    ...groups,
    '## Outputs',
    [
      'GitHub: `${{ steps.ID.outputs.NAME }}`, with the `id` of the step.',
      'Azure Pipelines: `$(STEP.NAME)`, with the `name` of the step.',
      'The command prints them with `--json`, as one object, which is [the report](report.md).',
    ].join('\n'),
    ...OUTPUTS.flatMap(({ name, help }) => [
      `### ${code(name)}`,
      escaped(help),
      table(
        ['GitHub', 'Azure Pipelines', 'Command, with `--json`'],
        [[code(name), code(camelName(name)), code(camelName(name))]],
      ),
    ]),
    ...verbsOf()
      .filter(({ name }) => name !== 'service')
      .flatMap(verbSections),
  ].join('\n\n');
}

/** The inputs of another verb, without those that it shares with service. */
function verbSections(verb: Verb): readonly string[] {
  const own = verb.inputs.filter(({ name }) => !ALL_INPUTS.some((input) => input.name === name));
  const shared = verb.inputs.filter((input) => !own.includes(input));
  const others = shared.filter((input) => !isSameInput(input));
  return [
    `## The verb ${code(verb.name)}`,
    `${escaped(verb.description)} ${escaped(verb.help)}`,
    ...[...own, ...others].flatMap((input) => inputSection(input, `${verb.name}: `)),
    ...(shared.length === others.length
      ? []
      : [
          `It also has these inputs, with the meaning that they have above: ${shared
            .filter((input) => !others.includes(input))
            .map(({ name }) => code(name))
            .join(', ')}.`,
        ]),
    `Outputs: ${verb.outputs.map(({ name }) => code(name)).join(', ')}.`,
  ];
}

function isSameInput(input: InputDefinition): boolean {
  const same = ALL_INPUTS.find(({ name }) => name === input.name);
  return same?.default === input.default && same?.help === input.help;
}

function inputSection(input: InputDefinition, before = ''): readonly string[] {
  const { name, help, onlyWith } = input;
  return [
    `### ${before}${code(name)}`,
    escaped(help),
    [
      `- Values: ${valuesOf(input)}`,
      `- Default: ${defaultOf(input) || 'none'}`,
      ...(onlyWith ? [`- Only with ${onlyWith.map(useText).join(', or ')}`] : []),
    ].join('\n'),
    table(
      ['GitHub', 'Azure Pipelines', 'Command'],
      [[gitHubSpelling(input), azureSpelling(input), commandSpelling(input)]],
    ),
  ];
}

function isOfPipelines(input: InputDefinition): boolean {
  return pipelineInputs({ inputs: [input] }).length > 0;
}

function useText({ connection, authentication }: InputUse): string {
  const choices = [
    `${code('connection')} ${code(connection)}`,
    ...(authentication === undefined ? [] : [`${code('authentication')} ${code(authentication)}`]),
  ];
  return choices.join(' and ');
}

function gitHubSpelling(input: InputDefinition): string {
  return isOfPipelines(input) ? code(input.name) : 'none';
}

function azureSpelling(input: InputDefinition): string {
  if (!isOfPipelines(input)) return 'none';
  return isSecret(input)
    ? `secret variable ${code(input.kind.environmentVariable)}`
    : code(camelName(input.name));
}

function commandSpelling(input: InputDefinition): string {
  return isSecret(input)
    ? `environment variable ${code(input.kind.environmentVariable)}`
    : code(`--${input.name}`);
}

function valuesOf(input: InputDefinition): string {
  const { kind } = input;
  switch (kind.is) {
    case 'text':
      return 'text';
    case 'list':
      return 'list';
    case 'duration':
      return 'duration, such as `90s`, `30m` or `8h`';
    case 'boolean':
      return `${code('true')}, ${code('false')}`;
    case 'secret':
      return 'secret';
    case 'choice': {
      const inPipelines = pipelineChoices(input) ?? [];
      return kind.of
        .map((value) => (inPipelines.includes(value) ? code(value) : `${code(value)} (only the command)`))
        .join(', ');
    }
  }
}

function defaultOf({ required, default: fallback }: InputDefinition): string {
  if (required) return 'required';
  return fallback === undefined ? '' : code(fallback);
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Plain text as Markdown, also in a cell of a table. */
function escaped(text: string): string {
  return text.replace(/[\\`*[\]<>|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&');
}

/** The formatter gives the columns their width. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
