import { SaxesParser } from 'saxes';
const PROPERTY_KINDS = {
    'Edm.String': 'text',
    'Edm.Boolean': 'boolean',
    'Edm.Byte': 'integer',
    'Edm.SByte': 'integer',
    'Edm.Int16': 'integer',
    'Edm.Int32': 'integer',
    'Edm.Int64': 'integer',
    'Edm.DateTimeOffset': 'date',
};
/** CSDL has five levels, and no element of it has ten attributes: more would only cost memory. */
const DEEPEST = 50;
const MOST_ATTRIBUTES = 100;
/** A document type with its entities, character data, and any instruction but the declaration of XML at the beginning. */
const NEVER_IN_CSDL = /<!DOCTYPE|<!\[CDATA\[|[^\uFEFF]<\?|^\uFEFF?<\?(?!xml\s[^>]{0,200}\?>)/i;
/**
 * Finds one class in `$metadata` (docs/configmgr.md, "The metadata document"). Names are compared without regard
 * to case. Undefined when the site has no such class; throws when the text is not well-formed or not CSDL at all.
 */
export function findClass(metadata, className) {
    if (NEVER_IN_CSDL.test(metadata))
        throw new RangeError('The document has parts that CSDL has no use for.');
    const wanted = className.toLowerCase();
    const properties = [];
    const methods = [];
    let found;
    let inside = false;
    let action;
    const parser = new SaxesParser();
    parser.on('error', (error) => {
        throw error;
    });
    const open = {
        EntityType: ({ Name: named = '' }) => {
            inside = named.toLowerCase() === wanted;
            if (inside)
                found = named;
        },
        Property: ({ Name: named = '', Type: type = '' }) => {
            if (inside)
                properties.push({ name: named, kind: PROPERTY_KINDS[type] ?? 'other' });
        },
        Action: ({ Name: named = '', IsBound: isBound = 'false' }) => {
            action = { name: named, isBound: isBound === 'true' };
        },
        Parameter: ({ Name: named, Type: type = '' }) => {
            if (action?.isBound !== true || named !== 'bindingParameter')
                return;
            // The type is written with the schema's namespace before it.
            if (afterLastDot(type).toLowerCase() === wanted)
                methods.push({ name: action.name, static: false });
        },
        // A static method: `SMS_X.Method`.
        ActionImport: ({ Name: named = '' }) => {
            const [owner = '', method = ''] = named.split('.');
            if (owner.toLowerCase() === wanted)
                methods.push({ name: method, static: true });
        },
    };
    let depth = 0;
    let attributesOfTag = 0;
    parser.on('attribute', () => {
        if (++attributesOfTag > MOST_ATTRIBUTES)
            throw new RangeError('An element has too many attributes.');
    });
    parser.on('opentag', ({ name, attributes }) => {
        attributesOfTag = 0;
        if (++depth > DEEPEST)
            throw new RangeError('Elements are nested too deep.');
        if (Object.hasOwn(open, name))
            open[name]?.(attributes);
    });
    parser.on('closetag', ({ name }) => {
        depth--;
        if (name === 'EntityType')
            inside = false;
        if (name === 'Action')
            action = undefined;
    });
    parser.write(metadata).close();
    return found === undefined ? undefined : { class: found, properties, methods };
}
function afterLastDot(text) {
    return text.slice(text.lastIndexOf('.') + 1);
}
//# sourceMappingURL=metadata-document.js.map