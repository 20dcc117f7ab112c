import { helpFor } from '../../src/parameters/input-definition.js';
import type { VerbDefinition } from '../../src/verbs/verb.js';
import { pipelineInputs } from './pipeline-inputs.js';
import { AUTHOR, entryOf } from './product.js';

/** What `action.yml` says. */
export interface ActionManifest {
  readonly name: string;
  readonly description: string;
  readonly author: string;
  readonly branding: { readonly icon: string; readonly color: string };
  readonly inputs: Readonly<Record<string, ActionInput>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

export interface ActionInput {
  readonly description: string;
  readonly required: boolean;
  readonly default?: string;
}

/** `folder`: the way from the folder of the manifest to the root of the repository, such as `../`, or nothing. */
export function actionManifest(verb: VerbDefinition, folder: '' | '../'): ActionManifest {
  return {
    name: verb.title,
    description: verb.description,
    author: AUTHOR,
    branding: { icon: 'disc', color: 'blue' },
    inputs: Object.fromEntries(
      pipelineInputs(verb).map((input) => [
        input.name,
        {
          description: helpFor(input, 'github'),
          required: input.required,
          ...(input.default !== undefined && { default: input.default }),
        },
      ]),
    ),
    outputs: Object.fromEntries(verb.outputs.map(({ name, help }) => [name, { description: help }])),
    runs: { using: 'node24', main: `${folder}${entryOf('github', verb)}` },
  };
}
