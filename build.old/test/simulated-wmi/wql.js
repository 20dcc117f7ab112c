/** A text that is no query. */
export class WqlError extends Error {
    name = 'WqlError';
}
const NAME = /[A-Za-z_][A-Za-z0-9_]*/uy;
const NUMBER = /-?[0-9]+(?![A-Za-z0-9_.])/uy;
const SIGN = /<>|!=|<=|>=|[=<>(),*]/uy;
/** @throws WqlError for whatever WMI would not take */
export function parseWql(source) {
    const query = new Parser(tokens(source)).query();
    return query;
}
function tokens(source) {
    const found = [];
    for (let at = 0; at < source.length;) {
        const character = source.charAt(at);
        if (character === ' ' || character === '\t' || character === '\r' || character === '\n') {
            at += 1;
            continue;
        }
        if (character === "'" || character === '"') {
            const { text, end } = stringAt(source, at);
            found.push({ kind: 'text', text });
            at = end;
            continue;
        }
        const name = match(NAME, source, at);
        const number = match(NUMBER, source, at);
        const sign = match(SIGN, source, at);
        if (name !== undefined)
            found.push({ kind: 'name', text: name });
        else if (number !== undefined)
            found.push({ kind: 'number', value: Number(number) });
        else if (sign !== undefined)
            found.push({ kind: 'sign', text: sign === '!=' ? '<>' : sign });
        else
            throw new WqlError(`Unexpected ${JSON.stringify(character)} at ${at}.`);
        at += (name ?? number ?? sign ?? '').length;
    }
    return found;
}
function match(expression, source, at) {
    expression.lastIndex = at;
    return expression.exec(source)?.[0];
}
/** Of a backslash only the two documented forms are taken: before a backslash and before a quote. */
function stringAt(source, begin) {
    const quote = source.charAt(begin);
    let text = '';
    for (let at = begin + 1; at < source.length; at += 1) {
        const character = source.charAt(at);
        if (character === quote)
            return { text, end: at + 1 };
        if (character === '\\') {
            at += 1;
            const escaped = source.charAt(at);
            if (escaped !== '\\' && escaped !== "'" && escaped !== '"') {
                throw new WqlError(`There is no escape \\${escaped}.`);
            }
            text += escaped;
        }
        else {
            text += character;
        }
    }
    throw new WqlError('A string has no end.');
}
const OPERATORS = ['=', '<>', '<', '<=', '>', '>='];
class Parser {
    #tokens;
    #at = 0;
    constructor(all) {
        this.#tokens = all;
    }
    query() {
        this.#keyword('SELECT');
        const properties = this.#sign('*') ? undefined : this.#names();
        this.#keyword('FROM');
        const className = this.#name();
        const where = this.#isKeyword('WHERE') ? this.#or() : undefined;
        if (this.#at < this.#tokens.length)
            throw new WqlError('Something follows the end of the query.');
        return { properties, className, where };
    }
    #names() {
        const names = [this.#name()];
        while (this.#sign(','))
            names.push(this.#name());
        return names;
    }
    #or() {
        return this.#chain('or', () => this.#chain('and', () => this.#unary()));
    }
    #chain(kind, operand) {
        const first = operand();
        const more = [];
        while (this.#isKeyword(kind))
            more.push(operand());
        return more.length === 0 ? first : { kind, operands: [first, ...more] };
    }
    #unary() {
        if (this.#isKeyword('NOT'))
            return { kind: 'not', operand: this.#unary() };
        if (this.#sign('(')) {
            const inner = this.#or();
            if (!this.#sign(')'))
                throw new WqlError('A parenthesis is not closed.');
            return inner;
        }
        return this.#comparison();
    }
    #comparison() {
        const property = this.#name();
        if (this.#isKeyword('LIKE')) {
            const value = this.#constant();
            if (typeof value !== 'string')
                throw new WqlError('LIKE compares with a string.');
            return { kind: 'compare', property, operator: 'LIKE', value };
        }
        const operator = OPERATORS.find((one) => this.#sign(one));
        if (operator === undefined)
            throw new WqlError(`No operator after ${property}.`);
        return { kind: 'compare', property, operator, value: this.#constant() };
    }
    #constant() {
        const token = this.#tokens[this.#at];
        this.#at += 1;
        if (token?.kind === 'text')
            return token.text;
        if (token?.kind === 'number')
            return token.value;
        if (token?.kind === 'name' && /^(?:true|false)$/iu.test(token.text))
            return token.text.toLowerCase() === 'true';
        throw new WqlError('A value is missing.');
    }
    #name() {
        const token = this.#tokens[this.#at];
        if (token?.kind !== 'name' || RESERVED.has(token.text.toUpperCase()))
            throw new WqlError('A name is missing.');
        this.#at += 1;
        return token.text;
    }
    #keyword(word) {
        if (!this.#isKeyword(word))
            throw new WqlError(`${word} is missing.`);
    }
    #isKeyword(word) {
        const token = this.#tokens[this.#at];
        const found = token?.kind === 'name' && token.text.toUpperCase() === word.toUpperCase();
        if (found)
            this.#at += 1;
        return found;
    }
    #sign(text) {
        const token = this.#tokens[this.#at];
        const found = token?.kind === 'sign' && token.text === text;
        if (found)
            this.#at += 1;
        return found;
    }
}
const RESERVED = new Set([
    'SELECT',
    'FROM',
    'WHERE',
    'AND',
    'OR',
    'NOT',
    'LIKE',
    'TRUE',
    'FALSE',
    'NULL',
    'IS',
    'ISA',
]);
/** How many comparisons a condition has. */
export function termsOf(condition) {
    switch (condition?.kind) {
        case undefined:
            return 0;
        case 'compare':
            return 1;
        case 'not':
            return termsOf(condition.operand);
        case 'and':
        case 'or':
            return condition.operands.reduce((sum, operand) => sum + termsOf(operand), 0);
    }
}
/** A pattern of LIKE: `%` any text, `_` one character, `[a-c]` one of these, `[^a-c]` one of no such. */
export function likePattern(pattern) {
    let source = '';
    for (let at = 0; at < pattern.length; at += 1) {
        const character = pattern.charAt(at);
        if (character === '%')
            source += '[^]*';
        else if (character === '_')
            source += '[^]';
        else if (character === '[') {
            const end = pattern.indexOf(']', at + 2);
            if (end < 0)
                throw new WqlError('A set of characters in a pattern has no end.');
            const negated = pattern.charAt(at + 1) === '^';
            const set = pattern.slice(at + (negated ? 2 : 1), end).replace(/[\\\]^[]/gu, '\\$&');
            source += `[${negated ? '^' : ''}${set}]`;
            at = end;
        }
        else
            source += character.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&');
    }
    return new RegExp(`^${source}$`);
}
//# sourceMappingURL=wql.js.map