import { instanceOf } from '../instance.js';
import { isSuccess } from './http-exchange.js';
/** `{"value":[…]}` of a list or of a read by key; undefined for anything else. */
export function readPage(body) {
    const parsed = parseObject(body);
    const value = parsed?.['value'];
    if (parsed === undefined || !isArray(value) || !value.every(isObject))
        return undefined;
    return { rows: value.map(instanceOf), nextLink: nextLinkIn(parsed) };
}
/** OData 4.01 writes it without the prefix, and OData 3 without the sign. */
function nextLinkIn(parsed) {
    const links = ['@odata.nextLink', '@nextLink', 'odata.nextLink'].map((name) => parsed[name]);
    return links.find((link) => typeof link === 'string' && link !== '');
}
const pages = new WeakMap();
/** The list in a response; undefined for one that is none. Each response is parsed once. */
export function pageOf(answer) {
    if (!isSuccess(answer))
        return undefined;
    const known = pages.get(answer);
    if (known !== undefined)
        return known.page;
    const page = readPage(answer.body);
    pages.set(answer, { page });
    return page;
}
/** The object that a create or a method answers with, bare or as the only one of a list; an empty body is one without properties. */
export function readEntity(body) {
    if (body.trim() === '')
        return instanceOf({});
    const parsed = parseObject(body);
    if (parsed === undefined)
        return undefined;
    const [only, ...others] = readPage(body)?.rows ?? [];
    return only !== undefined && others.length === 0 ? only : instanceOf(parsed);
}
/** The object of a read by key: the only one of a list, or bare. Undefined for what is not an object with that key. */
export function readObject(body, key) {
    const page = readPage(body);
    if (page !== undefined)
        return page.rows.length === 1 ? page.rows[0] : undefined;
    const parsed = parseObject(body);
    const bare = parsed === undefined ? undefined : instanceOf(parsed);
    return key.every((name) => bare?.has(name.toLowerCase()) === true) ? bare : undefined;
}
export function isJson(body) {
    return parseObject(body) !== undefined;
}
function parseObject(body) {
    if (!isOfUsualBuild(body))
        return undefined;
    try {
        // A byte order mark is no part of JSON, but some .NET writers begin with one.
        const parsed = JSON.parse(body.replace(/^\uFEFF/, ''));
        return isObject(parsed) ? parsed : undefined;
    }
    catch {
        return undefined;
    }
}
/** Far over 1,000 rows with all their properties, and a hundredth of what a hostile answer could hold. */
const MOST_VALUES = 2_000_000;
const DEEPEST = 100;
/**
 * Whether a text can be made into objects without harm: thirty megabytes of `{},{},` take gigabytes of memory. Only
 * counts; what is no JSON at all is found by the parser.
 */
function isOfUsualBuild(body) {
    let values = 0;
    let depth = 0;
    for (let at = 0; at < body.length; at++) {
        const character = body.charCodeAt(at);
        if (character === QUOTE)
            at = endOfText(body, at);
        else if (character === COMMA)
            values++;
        else if (character === OPENING_BRACE || character === OPENING_BRACKET) {
            values++;
            depth++;
        }
        else if (character === CLOSING_BRACE || character === CLOSING_BRACKET)
            depth--;
        if (values > MOST_VALUES || depth > DEEPEST)
            return false;
    }
    return true;
}
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPENING_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
/** The place of the quote that ends the text which begins at a place; the end of the body where there is none. */
function endOfText(body, begin) {
    for (let at = begin + 1; at < body.length; at++) {
        const character = body.charCodeAt(at);
        if (character === QUOTE)
            return at;
        if (character === BACKSLASH)
            at++;
    }
    return body.length;
}
function isArray(value) {
    return Array.isArray(value);
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
//# sourceMappingURL=answer-body.js.map