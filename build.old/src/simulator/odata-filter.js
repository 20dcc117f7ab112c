import { edmType } from './class-definitions.js';
import { notFound } from './odata-error.js';
import { syntaxError, tokenize } from './odata-tokens.js';
const isFunction = (word) => word === 'contains' || word === 'startswith';
/**
 * Reads the percent-decoded text of `$filter`: the forms that the clients of this project send, joined by `and`. The
 * service knows more of OData; whatever is not here is a 404, so that a client cannot come to rely on it unseen.
 */
export function parseFilter(source) {
    return new FilterParser(source).whole();
}
class FilterParser {
    #source;
    #tokens;
    #next = 0;
    constructor(source) {
        this.#source = source;
        this.#tokens = tokenize(source);
    }
    whole() {
        const parts = [this.#part()];
        while (this.#takeWord('and'))
            parts.push(this.#part());
        if (parts.length === 1 && this.#peekWord('or'))
            parts.splice(0, 1, ...this.#choice(parts));
        return this.#peek().kind === 'end' ? parts : this.#fail('the expression should end here');
    }
    #part() {
        if (!this.#takeMark('('))
            return this.#term();
        const [part = this.#fail('a comparison is needed here')] = this.#choice([this.#term()]);
        this.#expectMark(')');
        return part;
    }
    /** The rest of `P eq a or P eq b`, as one part. */
    #choice(begun) {
        const [first] = begun;
        if (first?.kind !== 'one-of')
            return begun;
        const literals = [...first.literals];
        while (this.#takeWord('or')) {
            const other = this.#term();
            if (other.kind !== 'one-of' || other.path !== first.path) {
                return this.#fail("only comparisons of one property are joined by 'or'");
            }
            literals.push(...other.literals);
        }
        return [{ ...first, literals }];
    }
    #term() {
        const path = this.#word('a property or a function');
        if (this.#takeMark('(')) {
            return isFunction(path) ? this.#call(path) : this.#fail(`an unknown function '${path}'`);
        }
        if (this.#takeMark('/'))
            return this.#any(path);
        this.#expectEquals();
        return { kind: 'one-of', path, literals: [this.#literal()] };
    }
    #call(name) {
        const path = this.#word('a property');
        this.#expectMark(',');
        const literal = this.#literal();
        this.#expectMark(')');
        return typeof literal === 'string'
            ? { kind: 'call', name, path, text: literal }
            : this.#fail(`the second argument of '${name}' is no text`);
    }
    #any(path) {
        if (!this.#takeWord('any'))
            return this.#fail("only 'any' is known after '/'");
        this.#expectMark('(');
        const variable = this.#word('a range variable');
        this.#expectMark(':');
        if (!this.#takeWord(variable))
            return this.#fail(`the range variable '${variable}' is needed here`);
        this.#expectEquals();
        const literal = this.#literal();
        this.#expectMark(')');
        return { kind: 'any', path, literal };
    }
    #expectEquals() {
        if (!this.#takeWord('eq'))
            this.#fail("'eq' is needed here");
    }
    #literal() {
        const token = this.#take();
        if (token.kind === 'text' || token.kind === 'integer')
            return token.value;
        if (token.kind === 'word' && (token.text === 'true' || token.text === 'false')) {
            return token.text === 'true';
        }
        // `null`, dates, GUIDs and other properties: no evidence that any of them works on the right side.
        return this.#fail('a text, a whole number, true or false is needed here');
    }
    #peek() {
        return this.#tokens[this.#next] ?? { kind: 'end', at: this.#source.length };
    }
    #peekWord(word) {
        const token = this.#peek();
        return token.kind === 'word' && token.text === word;
    }
    #take() {
        const token = this.#peek();
        this.#next += 1;
        return token;
    }
    #word(what) {
        const token = this.#take();
        return token.kind === 'word' ? token.text : this.#fail(`${what} is needed here`);
    }
    #takeWord(word) {
        const found = this.#peekWord(word);
        this.#next += found ? 1 : 0;
        return found;
    }
    #takeMark(mark) {
        const token = this.#peek();
        const found = token.kind === 'mark' && token.text === mark;
        this.#next += found ? 1 : 0;
        return found;
    }
    #expectMark(mark) {
        const token = this.#take();
        if (token.kind !== 'mark' || token.text !== mark)
            this.#fail(`'${mark}' is needed here`);
    }
    #fail(why) {
        const token = this.#tokens[Math.max(0, this.#next - 1)];
        throw notFound(syntaxError(this.#source, token?.at ?? 0, why));
    }
}
/** How many comparisons and function calls a filter holds. */
export function countTerms(filter) {
    return filter.reduce((sum, part) => sum + (part.kind === 'one-of' ? part.literals.length : 1), 0);
}
/** SQL compares without regard to case, and `=` also without regard to blanks at the end. */
const foldCase = (text) => text.toLowerCase();
export function foldText(text) {
    let end = text.length;
    while (text[end - 1] === ' ') {
        end -= 1;
    }
    return foldCase(text.slice(0, end));
}
/**
 * The test that a filter stands for, or a 404 where it does not fit the class: unknown property, wrong type,
 * a lazy property. Texts are compared as the site's database does it, without regard to case: a client that takes
 * every row of `Name eq 'x'` for an exact match finds too much.
 */
export function compileFilter(filter, of) {
    const tests = filter.map((part) => compilePart(part, of));
    return (row) => tests.every((test) => test(row));
}
function compilePart(part, of) {
    const definition = filterable(of, part.path);
    const { name } = definition;
    switch (part.kind) {
        case 'one-of': {
            const test = oneOf(part.literals, definition);
            return (row) => test(row[name]);
        }
        case 'call': {
            requireComparable(part.text, definition, part.name);
            const text = foldCase(part.text);
            const holds = {
                contains: (value) => value.includes(text),
                startswith: (value) => value.startsWith(text),
            }[part.name];
            return (row) => {
                const value = row[name];
                return typeof value === 'string' && holds(foldCase(value));
            };
        }
        case 'any': {
            if (!definition.array || definition.type !== 'String') {
                throw notFound(`'any' needs a collection of texts; '${part.path}' is ${edmType(definition)}.`);
            }
            const test = oneOf([part.literal], { ...definition, array: false });
            return (row) => {
                const values = row[name];
                return Array.isArray(values) && values.some(test);
            };
        }
    }
}
function oneOf(literals, definition) {
    for (const literal of literals)
        requireComparable(literal, definition, 'eq');
    const wanted = new Set(literals.map((literal) => (typeof literal === 'string' ? foldText(literal) : literal)));
    return (value) => {
        const found = typeof value === 'string' ? foldText(value) : value;
        return ((typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean') &&
            wanted.has(found));
    };
}
/** The property of that exact name; OData reads property names with regard to case. */
export function propertyNamed(of, name) {
    const definition = of.properties.find((one) => one.name === name);
    if (definition === undefined) {
        throw notFound(`Could not find a property named '${name}' on type 'AdminService.${of.name}'.`);
    }
    return definition;
}
function filterable(of, name) {
    const definition = propertyNamed(of, name);
    if (definition.lazy) {
        // WMI has no value of a lazy property in a query, so it cannot compare one either.
        throw notFound(`The property '${name}' of 'AdminService.${of.name}' is lazy and cannot be filtered by.`);
    }
    return definition;
}
function requireComparable(literal, definition, operator) {
    if (!definition.array && edmOfLiteral(literal) === literalTypeFor(definition))
        return;
    throw notFound(`A binary operator with incompatible types was detected. Found operand types '${edmType(definition)}' ` +
        `and '${edmOfLiteral(literal)}' for operator kind '${operator}'.`);
}
const edmOfLiteral = (literal) => typeof literal === 'string' ? 'Edm.String' : typeof literal === 'number' ? 'Edm.Int64' : 'Edm.Boolean';
/** The literal that a property of this type can be compared with; a date with none (no date literal works). */
function literalTypeFor(definition) {
    switch (definition.type) {
        case 'String':
            return 'Edm.String';
        case 'Boolean':
            return 'Edm.Boolean';
        case 'SInt32':
        case 'UInt32':
        case 'SInt64':
            return 'Edm.Int64';
        case 'DateTime':
        default:
            return 'none';
    }
}
/**
 * The values that one of the given properties must have for the filter to hold. An index answers such a filter without
 * reading all rows.
 */
export function necessaryValues(filter, indexed) {
    return filter
        .flatMap((part) => {
        if (part.kind !== 'one-of' || !indexed.includes(part.path))
            return [];
        const values = part.literals.filter((literal) => typeof literal !== 'boolean');
        return values.length === part.literals.length ? [{ property: part.path, values }] : [];
    })
        .sort((one, other) => one.values.length - other.values.length)[0];
}
//# sourceMappingURL=odata-filter.js.map