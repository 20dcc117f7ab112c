import { lazyValue } from '../../src/simulator/entity-text.js';
import { WmiError } from './wmi-error.js';
const typeName = ({ type, array }) => {
    const one = typeof type === 'string' ? type : 'Instance';
    return array ? `${one}Array` : one;
};
/**
 * The values that were sent, by the names that the class has for them.
 * @throws WmiError for a name that it has not, and for a value of another CIM type: nothing is converted
 */
export function takenValues(definitions, sent) {
    const values = {};
    for (const { name, type, value } of sent) {
        const definition = definitions.find((one) => one.name.toLowerCase() === name.toLowerCase());
        if (definition === undefined)
            throw new WmiError('0x80041008');
        if (value === null)
            throw new WmiError('0x80041008');
        if (type !== typeName(definition))
            throw new WmiError('0x80041005');
        values[definition.name] =
            typeof value === 'string' ? taken(type, value) : value.map((one) => taken(type.slice(0, -5), one));
    }
    return values;
}
/** For records: the values alone, whatever their class says of them. */
export function plainValues(sent) {
    return Object.fromEntries(sent.map(({ name, type, value }) => [
        name,
        typeof value === 'string' ? taken(type, value) : value === null ? null : [...value],
    ]));
}
function taken(type, value) {
    switch (type) {
        case 'String':
            return Buffer.from(value, 'base64').toString('utf16le');
        case 'Boolean':
            return value === 'True';
        case 'DateTime':
            return value;
        default:
            return Number(value);
    }
}
/** `names`: undefined for all. Lazy properties are empty unless the object was read by its key. */
export function cimObject(of, namespace, row, form) {
    const definitions = form.names === undefined
        ? of.properties
        : of.properties.filter(({ name }) => form.names?.includes(name) === true);
    return {
        class: of.name,
        namespace,
        properties: definitions.map((definition) => ({
            ...cimValue(definition, valueOf(definition, row, form.lazyFilled), namespace),
            key: of.keys.some(({ name }) => name === definition.name),
        })),
    };
}
function valueOf({ name, lazy }, row, lazyFilled) {
    if (!lazy)
        return row[name] ?? null;
    return lazyFilled ? (lazyValue(row, name) ?? null) : null;
}
function cimValue(definition, value, namespace) {
    const { name, type } = definition;
    const whole = { name, type: typeName(definition) };
    if (value === null)
        return { ...whole, value: null };
    if (typeof type === 'string')
        return { ...whole, value };
    if (!Array.isArray(value))
        return { ...whole, value: null };
    return {
        ...whole,
        value: value.map((one) => ({
            class: type.embedded,
            namespace,
            properties: Object.entries(one).map(([inner, text]) => ({
                name: inner,
                type: typeof text === 'number' ? 'UInt32' : 'String',
                value: text,
            })),
        })),
    };
}
//# sourceMappingURL=cim-values.js.map