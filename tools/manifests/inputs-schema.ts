import type { InputDefinition } from '../../src/parameters/input-definition.js';
import { SERVICE_INPUTS } from '../../src/verbs/service/inputs.js';

/**
 * The inputs as a JSON Schema, for tools that write or check pipelines: kebab names, every value a text, as hosts
 * hand them over.
 */
export function inputsSchema(): object {
  const definitions: readonly InputDefinition[] = SERVICE_INPUTS;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Inputs of offline servicing',
    type: 'object',
    additionalProperties: false,
    required: definitions.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(definitions.map((input) => [input.name, propertyOf(input)])),
  };
}

function propertyOf({ label, help, kind, default: fallback }: InputDefinition): object {
  return {
    title: label,
    description: help,
    type: 'string',
    ...valuesOf(kind),
    ...(fallback === undefined ? {} : { default: fallback }),
  };
}

function valuesOf(kind: InputDefinition['kind']): object {
  switch (kind.is) {
    case 'boolean':
      return { enum: ['true', 'false'] };
    case 'choice':
      return { enum: kind.of };
    case 'secret':
      return { writeOnly: true };
    case 'text':
    case 'list':
      return {};
  }
}
