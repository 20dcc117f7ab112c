import { INPUTS } from '../../src/parameters/input-table.js';
/**
 * The inputs as a JSON Schema, for tools that write or check pipelines: kebab names, every value a text, as hosts
 * hand them over.
 */
export function inputsSchema() {
    const definitions = INPUTS;
    return {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        title: 'Inputs of offline servicing',
        type: 'object',
        additionalProperties: false,
        required: definitions.filter(({ required }) => required).map(({ name }) => name),
        properties: Object.fromEntries(definitions.map((input) => [input.name, propertyOf(input)])),
    };
}
function propertyOf({ label, help, kind, default: fallback }) {
    return {
        title: label,
        description: help,
        type: 'string',
        ...valuesOf(kind),
        ...(fallback === undefined ? {} : { default: fallback }),
    };
}
function valuesOf(kind) {
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
//# sourceMappingURL=inputs-schema.js.map