import { PIPELINE_CONNECTIONS, type ConnectionKind } from '../../src/parameters/connection-kinds.js';
import type { InputDefinition } from '../../src/parameters/input-definition.js';
import type { VerbDefinition } from '../../src/verbs/verb.js';

export interface SecretInput extends InputDefinition {
  readonly kind: Extract<InputDefinition['kind'], { is: 'secret' }>;
}

const CONNECTIONS_OF_PIPELINES: readonly ConnectionKind[] = PIPELINE_CONNECTIONS;

/** The inputs of a verb that have a use in a pipeline, in the order of its table. */
export function pipelineInputs({ inputs }: Pick<VerbDefinition, 'inputs'>): readonly InputDefinition[] {
  return inputs.filter(
    ({ onlyWith }) =>
      onlyWith?.some(({ connection }) => CONNECTIONS_OF_PIPELINES.includes(connection)) ?? true,
  );
}

export function isSecret(input: InputDefinition): input is SecretInput {
  return input.kind.is === 'secret';
}

/** The values that a choice has in a pipeline; undefined for an input that is none. */
export function pipelineChoices({ name, kind }: InputDefinition): readonly string[] | undefined {
  if (kind.is !== 'choice') return undefined;
  return name === 'connection' ? CONNECTIONS_OF_PIPELINES : kind.of;
}
