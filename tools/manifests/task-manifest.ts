import { PIPELINE_CONNECTIONS } from '../../src/parameters/connection-kinds.js';
import {
  camelName,
  helpFor,
  INPUT_GROUPS,
  type InputDefinition,
  type InputUse,
} from '../../src/parameters/input-definition.js';
import type { VerbDefinition } from '../../src/verbs/verb.js';
import { isSecret, pipelineChoices, pipelineInputs } from './pipeline-inputs.js';
import { AUTHOR, entryOf, type Version } from './product.js';

/** What `task.json` says, as far as a program reads it again. */
export interface TaskManifest {
  readonly id: string;
  readonly name: string;
  readonly friendlyName: string;
  readonly description: string;
  readonly helpMarkDown: string;
  readonly author: string;
  readonly category: string;
  readonly visibility: readonly string[];
  readonly minimumAgentVersion: string;
  readonly version: { readonly Major: number; readonly Minor: number; readonly Patch: number };
  readonly instanceNameFormat: string;
  readonly groups: readonly TaskGroup[];
  readonly inputs: readonly TaskInput[];
  readonly outputVariables: readonly { readonly name: string; readonly description: string }[];
  readonly execution: Readonly<Record<string, { readonly target: string }>>;
  readonly restrictions: {
    readonly settableVariables: { readonly allowed: readonly string[] };
  };
}

export interface TaskGroup {
  readonly name: string;
  readonly displayName: string;
  readonly isExpanded: boolean;
}

export interface TaskInput {
  readonly name: string;
  /** Other names that a pipeline may use for it. */
  readonly aliases?: readonly string[];
  readonly label: string;
  readonly groupName: string;
  readonly type: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly defaultValue?: string;
  readonly required: boolean;
  readonly visibleRule?: string;
  readonly helpMarkDown: string;
}

/** Never changed: by them pipelines find a task. */
const TASKS: Readonly<
  Record<string, { readonly id: string; readonly name: string; readonly instance: string }>
> = {
  service: {
    id: 'b58c7306-6f52-4eae-b5c8-3d3c6e2083a2',
    name: 'ConfigMgrOfflineServicing',
    instance: 'Offline servicing of $(image)',
  },
  await: {
    id: '3c1f0f0e-8a53-4d0c-9a52-6f1f7d0b7c21',
    name: 'ConfigMgrOfflineServicingAwait',
    instance: 'Await schedule $(scheduleId)',
  },
  cancel: {
    id: 'c6b3b0f4-0d7c-4f6e-8f0e-2a9d5b9e6a43',
    name: 'ConfigMgrOfflineServicingCancel',
    instance: 'Cancel schedule $(scheduleId)',
  },
  about: {
    id: '0f6f3d0a-6a2e-4a39-9a33-0d9a1a5c5f61',
    name: 'ConfigMgrOfflineServicingAbout',
    instance: 'About ConfigMgr offline servicing',
  },
};

/**
 * `Node20_1` exists since this version. It becomes a demand: a higher one would lock out the agents of Azure DevOps
 * Server.
 */
const MINIMUM_AGENT = '3.230.2';

function whereSecretsGo(verb: VerbDefinition): string {
  const secrets = pipelineInputs(verb).filter(isSecret);
  if (secrets.length === 0) return '';
  const places = secrets.map(
    ({ name, kind }) => `the ${name} is taken from the secret variable \`${kind.environmentVariable}\``,
  );
  return ` Secrets are no inputs: ${places.join(', ')}.`;
}

/** Throws for a verb that has no ID for its task yet. */
export function taskManifest(verb: VerbDefinition, { major, minor, patch }: Version): TaskManifest {
  const task = TASKS[verb.name];
  if (task === undefined) throw new TypeError(`The task of ${verb.name} has no ID.`);
  const outputVariables = verb.outputs.map(({ name, help }) => ({
    name: camelName(name),
    description: help,
  }));
  const inputs = pipelineInputs(verb).filter((input) => !isSecret(input));
  const target = entryOf('azure', verb);
  return {
    id: task.id,
    name: task.name,
    friendlyName: verb.title,
    description: verb.description,
    helpMarkDown: `${verb.help}${whereSecretsGo(verb)}`,
    author: AUTHOR,
    category: 'Deploy',
    visibility: ['Build', 'Release'],
    minimumAgentVersion: MINIMUM_AGENT,
    version: { Major: major, Minor: minor, Patch: patch },
    instanceNameFormat: task.instance,
    groups: groupsOf(inputs).map(([name, displayName]) => ({
      name,
      displayName,
      // Most steps need none of its inputs.
      isExpanded: name !== 'advanced',
    })),
    inputs: inputs.map((input) => taskInput(input, verb)),
    outputVariables,
    // The agent takes Node24 only where a switch of the server is on.
    execution: { Node20_1: { target }, Node24: { target } },
    restrictions: {
      // Not `commands.mode: restricted` beside it: an agent then takes no job summary of the task.
      settableVariables: { allowed: outputVariables.map(({ name }) => name) },
    },
  };
}

function groupsOf(inputs: readonly InputDefinition[]): readonly (readonly [string, string])[] {
  return Object.entries(INPUT_GROUPS).filter(([group]) => inputs.some((input) => input.group === group));
}

function taskInput(input: InputDefinition, verb: VerbDefinition): TaskInput {
  const { name, label, group, required, onlyWith, default: fallback } = input;
  const help = inAzureSpelling(helpFor(input, 'azure'), verb);
  const camel = camelName(name);
  return {
    name: camel,
    ...(camel !== name && { aliases: [name] }),
    label,
    groupName: group,
    ...control(input),
    ...(fallback !== undefined && { defaultValue: fallback }),
    required,
    ...visibility(onlyWith),
    helpMarkDown: name === 'authentication' ? `${help}${whereSecretsGo(verb)}` : help,
  };
}

/** Puts the names of inputs as a pipeline spells them. Only names with a hyphen can be told from words. */
function inAzureSpelling(help: string, { inputs }: VerbDefinition): string {
  const names = inputs.map(({ name }) => name).filter((name) => name.includes('-'));
  return names.reduce(
    (text, name) => text.replace(new RegExp(`(?<![\\w-])${name}(?![\\w-])`, 'g'), camelName(name)),
    help,
  );
}

/**
 * A rule joins its conditions either all by `||` or all by `&&`. A login is enough by itself, because its input is shown
 * with its connection alone.
 */
function visibility(onlyWith: InputDefinition['onlyWith']): Pick<TaskInput, 'visibleRule'> {
  const uses = onlyWith ?? PIPELINE_CONNECTIONS.map((connection): InputUse => ({ connection }));
  const always = PIPELINE_CONNECTIONS.every((connection) =>
    uses.some((use) => use.connection === connection && use.authentication === undefined),
  );
  if (always) return {};
  const conditions = uses.map(({ connection, authentication }) =>
    authentication === undefined ? `connection = ${connection}` : `authentication = ${authentication}`,
  );
  return { visibleRule: conditions.join(' || ') };
}

/**
 * A path is a plain text too: the agent would fill an empty input of the type filePath with the folder of the sources,
 * and the task could not tell that nothing was given.
 */
function control(input: InputDefinition): Pick<TaskInput, 'type' | 'options'> {
  switch (input.kind.is) {
    case 'text':
    case 'duration':
      return { type: 'string' };
    case 'list':
      return { type: 'multiLine' };
    case 'boolean':
      return { type: 'boolean' };
    case 'choice':
      return {
        type: 'pickList',
        options: Object.fromEntries(
          (pipelineChoices(input) ?? []).map((value) => [value, wordsFor(input, value)]),
        ),
      };
    case 'secret':
      throw new TypeError(`${input.name} is a secret, which no form may hold.`);
  }
}

function wordsFor({ kind }: InputDefinition, value: string): string {
  return (kind.is === 'choice' ? kind.words?.[value] : undefined) ?? value;
}

/** Where the manifest of a verb's task is, from the root of the repository. */
export function taskPath({ name }: VerbDefinition): string {
  return name === 'service' ? 'task.json' : `tasks/${name}/task.json`;
}
