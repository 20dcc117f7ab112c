/** What the script reads (docs/design.md, "The script of the WMI connection"). `parent`: the process it shall not outlive. */
export function batchText(batch, parent) {
    const { place, credential } = batch;
    const head = {
        parent,
        order: batch.order,
        operationSeconds: batch.operationSeconds,
        batchSeconds: batch.batchSeconds,
        computer: place.computer,
        protocols: place.protocols,
        user: typedText({ cim: 'string', value: credential?.user ?? '' }),
        password: typedText({ cim: 'string', value: credential?.password ?? '' }),
        siteCode: batch.siteCode,
        namespace: place.namespace,
    };
    return [head, ...batch.operations.map(operationObject)].map((line) => `${JSON.stringify(line)}\n`).join('');
}
function operationObject(operation) {
    switch (operation.verb) {
        case 'query':
            return {
                verb: operation.verb,
                texts: operation.texts,
                class: operation.class,
                properties: operation.lazyPropertiesBy === '' ? operation.properties : [],
                lazyPropertiesBy: operation.lazyPropertiesBy,
                most: operation.most,
            };
        case 'describe':
            return { verb: operation.verb, class: operation.class };
        case 'get':
        case 'delete':
            return { verb: operation.verb, class: operation.class, key: typedTexts(operation.key) };
        case 'create':
            return {
                verb: operation.verb,
                class: operation.class,
                properties: typedTexts(operation.properties),
            };
        case 'update':
        case 'change':
            return {
                // The script reads an object before it writes to it, whoever made it.
                verb: 'update',
                class: operation.class,
                key: typedTexts(operation.key),
                properties: typedTexts(operation.properties),
            };
        case 'invoke':
            return {
                verb: operation.verb,
                class: operation.class,
                method: operation.method,
                arguments: typedTexts(operation.arguments),
                optional: operation.sinceCurrentBranch ?? [],
            };
    }
}
function typedTexts(properties) {
    return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, typedText(value)]));
}
const RANGES = { sint32: [-2_147_483_648, 2_147_483_647], uint32: [0, 4_294_967_295] };
/**
 * The type goes before the value, for WMI refuses some values of another type. It also keeps PowerShell 7 from making a
 * date of every text that looks like one.
 */
function typedText(typed) {
    if (typed.cim === 'sint32' || typed.cim === 'uint32') {
        const [least, most] = RANGES[typed.cim];
        if (!Number.isInteger(typed.value) || typed.value < least || typed.value > most) {
            throw new RangeError(`${typed.value} is no ${typed.cim}.`);
        }
    }
    return `${typed.cim}:${typed.value}`;
}
//# sourceMappingURL=batch-text.js.map