import { foldText } from '../../src/simulator/odata-filter.js';
import { RANGES } from '../../src/simulator/request-body.js';
import { likePattern, WqlError } from './wql.js';
/** @throws WqlError for a property or a value that the class cannot be asked for */
export function compileWhere(condition, of) {
    switch (condition.kind) {
        case 'and': {
            const operands = condition.operands.map((operand) => compileWhere(operand, of));
            return (row) => operands.every((test) => test(row));
        }
        case 'or': {
            const operands = condition.operands.map((operand) => compileWhere(operand, of));
            return (row) => operands.some((test) => test(row));
        }
        case 'not': {
            const test = compileWhere(condition.operand, of);
            return (row) => !test(row);
        }
        case 'compare':
            return comparison(propertyOf(of, condition.property), condition.operator, condition.value);
    }
}
/** By WMI's rule, which knows no case in names. */
export function propertyOf(of, name) {
    const found = of.properties.find((property) => property.name.toLowerCase() === name.toLowerCase());
    if (found === undefined)
        throw new WqlError(`${of.name} has no property ${name}.`);
    return found;
}
function comparison({ name, type, array, lazy }, operator, value) {
    if (array || lazy || typeof type !== 'string')
        throw new WqlError(`${name} cannot be compared.`);
    switch (type) {
        case 'String':
            return compareTexts(name, operator, value);
        case 'Boolean': {
            if (typeof value !== 'boolean' || (operator !== '=' && operator !== '<>'))
                throw wrongValue(name, value);
            return (row) => (row[name] === value) === (operator === '=');
        }
        case 'SInt32':
        case 'UInt32':
        case 'SInt64': {
            const [least, most] = RANGES[type];
            if (typeof value !== 'number' || operator === 'LIKE' || value < least || value > most) {
                throw wrongValue(name, value);
            }
            return (row) => ordered(operator, Number(row[name]) - value);
        }
        case 'DateTime':
            throw new WqlError(`Nobody asks for dates such as ${name}.`);
    }
}
function compareTexts(name, operator, value) {
    if (typeof value !== 'string')
        throw wrongValue(name, value);
    const textOf = (row) => {
        const found = row[name];
        return typeof found === 'string' ? foldText(found) : '';
    };
    if (operator === 'LIKE') {
        const pattern = likePattern(withoutCase(value));
        return (row) => pattern.test(withoutCase(row[name]));
    }
    const wanted = foldText(value);
    return (row) => {
        const found = textOf(row);
        return ordered(operator, found < wanted ? -1 : found > wanted ? 1 : 0);
    };
}
/** Character by character: a pattern may end where the text goes on. */
function withoutCase(value) {
    return typeof value === 'string' ? Array.from(value, (character) => character.toLowerCase()).join('') : '';
}
function ordered(operator, difference) {
    switch (operator) {
        case '=':
            return difference === 0;
        case '<>':
            return difference !== 0;
        case '<':
            return difference < 0;
        case '<=':
            return difference <= 0;
        case '>':
            return difference > 0;
        case '>=':
            return difference >= 0;
    }
}
const wrongValue = (name, value) => new WqlError(`${name} cannot be compared with ${JSON.stringify(value)}.`);
/** Values of a property of the key that every row must have one of: so that a class need not be read through. */
export function necessaryValues(condition, of) {
    const parts = condition === undefined ? [] : condition.kind === 'and' ? condition.operands : [condition];
    for (const part of parts) {
        const terms = part.kind === 'or' ? part.operands : [part];
        const equals = terms.flatMap((term) => term.kind === 'compare' && term.operator === '=' && typeof term.value !== 'boolean'
            ? [{ property: term.property.toLowerCase(), value: term.value }]
            : []);
        const [first] = equals;
        const key = of.keys.find(({ name }) => name.toLowerCase() === first?.property);
        if (key === undefined || equals.length !== terms.length)
            continue;
        if (equals.every(({ property }) => property === first?.property)) {
            return { property: key.name, values: equals.map(({ value }) => value) };
        }
    }
    return undefined;
}
//# sourceMappingURL=wql-filter.js.map