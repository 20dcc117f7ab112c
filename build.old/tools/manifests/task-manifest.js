import { camelName, INPUT_GROUPS, OUTPUTS, PIPELINE_CONNECTIONS, } from '../../src/parameters/input-table.js';
import { isSecret, PIPELINE_INPUTS, pipelineChoices } from './pipeline-inputs.js';
import { AUTHOR, AZURE_BUNDLE, PRODUCT_DESCRIPTION, PRODUCT_NAME } from './product.js';
/** Never changed: by it every pipeline finds the task. */
const TASK_ID = 'b58c7306-6f52-4eae-b5c8-3d3c6e2083a2';
/**
 * `Node20_1` exists since this version. It becomes a demand: a higher one would lock out the agents of Azure DevOps
 * Server.
 */
const MINIMUM_AGENT = '3.230.2';
const SECRETS = PIPELINE_INPUTS.filter(isSecret);
const WHERE_SECRETS_GO = `Secrets are no inputs: ${SECRETS.map(({ name, kind }) => `the ${name} is taken from the secret variable \`${kind.environmentVariable}\``).join(', ')}.`;
export function taskManifest({ major, minor, patch }) {
    const outputVariables = OUTPUTS.map(({ name, help }) => ({ name: camelName(name), description: help }));
    return {
        id: TASK_ID,
        name: 'ConfigMgrOfflineServicing',
        friendlyName: PRODUCT_NAME,
        description: PRODUCT_DESCRIPTION,
        helpMarkDown: `Runs on an agent that reaches the SMS Provider. It does not wait for the servicing to end: scheduled is not yet installed. ${WHERE_SECRETS_GO}`,
        author: AUTHOR,
        category: 'Deploy',
        visibility: ['Build', 'Release'],
        minimumAgentVersion: MINIMUM_AGENT,
        version: { Major: major, Minor: minor, Patch: patch },
        instanceNameFormat: `Service image $(${inputName('image')}) with $(${inputName('update-group')})`,
        groups: Object.entries(INPUT_GROUPS).map(([name, displayName]) => ({
            name,
            displayName,
            isExpanded: true,
        })),
        inputs: PIPELINE_INPUTS.filter((input) => !isSecret(input)).map(taskInput),
        outputVariables,
        // The agent takes Node24 only where a switch of the server is on.
        execution: { Node20_1: { target: AZURE_BUNDLE }, Node24: { target: AZURE_BUNDLE } },
        restrictions: {
            // Not `commands.mode: restricted` beside it: an agent then takes no job summary of the task.
            settableVariables: { allowed: outputVariables.map(({ name }) => name) },
        },
    };
}
function inputName(name) {
    return camelName(name);
}
function taskInput(input) {
    const { name, label, group, required, onlyWith, help, default: fallback } = input;
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
        helpMarkDown: name === 'authentication' ? `${help} ${WHERE_SECRETS_GO}` : help,
    };
}
/**
 * A rule joins its conditions either all by `||` or all by `&&`. A login is enough by itself, because its input is shown
 * with its connection alone.
 */
function visibility(onlyWith) {
    const uses = onlyWith ?? PIPELINE_CONNECTIONS.map((connection) => ({ connection }));
    const always = PIPELINE_CONNECTIONS.every((connection) => uses.some((use) => use.connection === connection && use.authentication === undefined));
    if (always)
        return {};
    const conditions = uses.map(({ connection, authentication }) => authentication === undefined
        ? `${inputName('connection')} = ${connection}`
        : `${inputName('authentication')} = ${authentication}`);
    return { visibleRule: conditions.join(' || ') };
}
/**
 * A path is a plain text too: the agent would fill an empty input of the type filePath with the folder of the sources,
 * and the task could not tell that nothing was given.
 */
function control(input) {
    switch (input.kind.is) {
        case 'text':
            return { type: 'string' };
        case 'list':
            return { type: 'multiLine' };
        case 'boolean':
            return { type: 'boolean' };
        case 'choice':
            return {
                type: 'pickList',
                options: Object.fromEntries((pipelineChoices(input) ?? []).map((value) => [value, value])),
            };
        case 'secret':
            throw new TypeError(`${input.name} is a secret, which no form may hold.`);
    }
}
//# sourceMappingURL=task-manifest.js.map