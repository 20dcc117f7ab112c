import { INPUTS, PIPELINE_CONNECTIONS, } from '../../src/parameters/input-table.js';
const CONNECTIONS_OF_PIPELINES = PIPELINE_CONNECTIONS;
/** The inputs that have a use in a pipeline, in the order of the table. */
export const PIPELINE_INPUTS = inputsOfPipelines(INPUTS);
function inputsOfPipelines(inputs) {
    return inputs.filter(({ onlyWith }) => onlyWith?.some(({ connection }) => CONNECTIONS_OF_PIPELINES.includes(connection)) ?? true);
}
export function isSecret(input) {
    return input.kind.is === 'secret';
}
/** The values that a choice has in a pipeline; undefined for an input that is none. */
export function pipelineChoices({ name, kind }) {
    if (kind.is !== 'choice')
        return undefined;
    return name === 'connection' ? CONNECTIONS_OF_PIPELINES : kind.of;
}
//# sourceMappingURL=pipeline-inputs.js.map