import { OUTPUTS } from '../../src/parameters/input-table.js';
import { PIPELINE_INPUTS } from './pipeline-inputs.js';
import { AUTHOR, GITHUB_BUNDLE, PRODUCT_DESCRIPTION, PRODUCT_NAME } from './product.js';

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

export function actionManifest(): ActionManifest {
  return {
    name: PRODUCT_NAME,
    description: PRODUCT_DESCRIPTION,
    author: AUTHOR,
    branding: { icon: 'disc', color: 'blue' },
    inputs: Object.fromEntries(
      PIPELINE_INPUTS.map(({ name, help, required, default: fallback }) => [
        name,
        { description: help, required, ...(fallback !== undefined && { default: fallback }) },
      ]),
    ),
    outputs: Object.fromEntries(OUTPUTS.map(({ name, help }) => [name, { description: help }])),
    runs: { using: 'node24', main: GITHUB_BUNDLE },
  };
}
