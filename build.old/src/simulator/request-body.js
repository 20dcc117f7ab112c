import { edmType, } from './class-definitions.js';
import { notFound, shown } from './odata-error.js';
/** Reads a body as the service's reader does: one JSON object, or a 404. */
export function parseBody(text) {
    let parsed;
    try {
        parsed = JSON.parse(text);
    }
    catch {
        throw notFound('Invalid JSON. An unexpected token was found when reading from the JSON reader.');
    }
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
        throw notFound(`An unexpected '${nodeName(parsed)}' node was found when reading from the JSON reader. ` +
            "A 'StartObject' node was expected.");
    }
    return new Map(Object.entries(parsed));
}
const nodeName = (value) => Array.isArray(value)
    ? 'StartArray'
    : typeof value === 'object' && value !== null
        ? 'StartObject'
        : 'PrimitiveValue';
/**
 * The typed values of a body. Refused: unknown names (annotations and `__` fields too, which nobody was seen to
 * send), values that the caller may not write, values of another JSON type or outside the CIM type's range, null
 * and empty arrays, and the absence of a required one.
 */
export function readValues(owner, definitions, body) {
    const values = {};
    for (const [name, value] of body) {
        const definition = definitions.find((one) => one.name === name);
        if (definition === undefined) {
            throw notFound(`The property '${name}' does not exist on type 'AdminService.${owner}'.`);
        }
        if (!definition.writable) {
            throw notFound(`The property '${name}' of type 'AdminService.${owner}' is read-only.`);
        }
        values[name] = readValue(definition, value);
    }
    const missing = definitions.find((one) => one.required && !body.has(one.name));
    if (missing !== undefined) {
        throw notFound(`The property '${missing.name}' of type 'AdminService.${owner}' is required.`);
    }
    return values;
}
function readValue(definition, value) {
    if (value === null) {
        throw notFound(`A null value was found for the property '${definition.name}'. Leave the property out.`);
    }
    if (!definition.array) {
        return readScalar(definition, value);
    }
    if (!Array.isArray(value) || value.length === 0) {
        throw notFound(`The property '${definition.name}' needs an array that is not empty, or is left out.`);
    }
    return value.map((element) => readScalar(definition, element));
}
function readScalar(definition, value) {
    if (typeof definition.type !== 'string') {
        throw wrongType(definition, value);
    }
    const read = READERS[definition.type](value);
    if (read === undefined) {
        throw wrongType(definition, value);
    }
    return read;
}
const wrongType = (definition, value) => notFound(typeof value === 'object'
    ? `An unexpected '${nodeName(value)}' node was found when reading from the JSON reader. ` +
        "A 'PrimitiveValue' node was expected."
    : `Cannot convert the literal '${shown(value)}' of the property '${definition.name}' to the expected ` +
        `type '${edmType({ ...definition, array: false })}'.`);
const integer = (least, most) => (value) => Number.isSafeInteger(value) && typeof value === 'number' && value >= least && value <= most
    ? value
    : undefined;
/** The range of a number's CIM type, both ends included. */
export const RANGES = {
    SInt32: [-(2 ** 31), 2 ** 31 - 1],
    UInt32: [0, 2 ** 32 - 1],
    SInt64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};
const READERS = {
    String: (value) => (typeof value === 'string' ? value : undefined),
    Boolean: (value) => (typeof value === 'boolean' ? value : undefined),
    SInt32: integer(...RANGES.SInt32),
    UInt32: integer(...RANGES.UInt32),
    SInt64: integer(...RANGES.SInt64),
    // Only UTC with a Z was seen in bodies.
    DateTime: (value) => typeof value === 'string' &&
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z$/u.test(value) &&
        !Number.isNaN(Date.parse(value))
        ? value
        : undefined,
};
//# sourceMappingURL=request-body.js.map