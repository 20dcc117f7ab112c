import { notFound, ODataError } from './odata-error.js';
import { parseFilter } from './odata-filter.js';
import { tokenize } from './odata-tokens.js';
/** http.sys refuses a longer segment of a path before anything of the service sees it. */
export const LONGEST_SEGMENT = 260;
const NAME = '[A-Za-z_][A-Za-z0-9_]*';
const SEGMENT = new RegExp(`^(?<name>${NAME})(?:\\.(?<method>${NAME})|\\((?<key>.*)\\))?$`, 'su');
const BOUND_METHOD = new RegExp(`^AdminService\\.(?<method>${NAME})$`, 'u');
/** Reads the segments that follow `/wmi/`, still percent-encoded. */
export function parseTarget(segments) {
    const [first, second, ...more] = segments.map(decodeSegment);
    if (first === undefined || first === '' || more.length > 0) {
        throw noResource();
    }
    if (first === '$metadata' && second === undefined) {
        return { kind: 'metadata' };
    }
    const { name: className, method, key } = SEGMENT.exec(first)?.groups ?? {};
    if (className === undefined) {
        throw noResource();
    }
    if (key !== undefined) {
        return parseObject(className, parseKey(key), second);
    }
    if (second !== undefined) {
        throw noResource();
    }
    return method === undefined ? { kind: 'class', className } : { kind: 'static-method', className, method };
}
function parseObject(className, key, next) {
    if (next === undefined) {
        return { kind: 'object', className, key };
    }
    const method = BOUND_METHOD.exec(next)?.groups?.['method'];
    if (method === undefined) {
        throw noResource();
    }
    return { kind: 'instance-method', className, key, method };
}
const noResource = () => notFound('No HTTP resource was found that matches the request URI.');
function decodeSegment(segment) {
    const decoded = decodePercent(segment);
    // http.sys decodes the path before the service cuts it, so an encoded slash is a slash like any other.
    if (/[/\\]/u.test(decoded)) {
        throw noResource();
    }
    return decoded;
}
function decodePercent(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        throw new ODataError(400, 'Bad Request - Invalid URL');
    }
}
function parseKey(text) {
    const tokens = tokenize(text);
    const [only] = tokens;
    if (tokens.length === 2 && (only?.kind === 'text' || only?.kind === 'integer')) {
        return { kind: 'alone', value: only.value };
    }
    const values = new Map();
    for (let at = 0;; at += 4) {
        const pair = readPair(tokens, at);
        if (pair === undefined || values.has(pair.name)) {
            throw notFound(`The key '${text}' is malformed.`);
        }
        values.set(pair.name, pair.value);
        if (pair.last) {
            return { kind: 'named', values };
        }
    }
}
/** `Name=value` from a position on, and whether the key ends behind it. */
function readPair(tokens, at) {
    const [name, equals, value, after] = tokens.slice(at, at + 4);
    const separated = after?.kind === 'end' || (after?.kind === 'mark' && after.text === ',');
    return name?.kind === 'word' &&
        equals?.kind === 'mark' &&
        equals.text === '=' &&
        (value?.kind === 'text' || value?.kind === 'integer') &&
        separated
        ? { name: name.text, value: value.value, last: after.kind === 'end' }
        : undefined;
}
/** Reads the query part (without `?`), and refuses every option that is not recorded to work. */
export function parseListOptions(query) {
    const texts = new Map();
    for (const part of query.split('&').filter((one) => one !== '')) {
        const cut = part.indexOf('=');
        // OData reads `+` in a query as a blank.
        const decode = (text) => decodePercent(text.replaceAll('+', ' '));
        const name = decode(cut < 0 ? part : part.slice(0, cut));
        if (!name.startsWith('$')) {
            // A custom option by OData's rules, ignored: a client that forgets the `$` gets every row.
            continue;
        }
        if (texts.has(name)) {
            throw notFound(`The query option '${name}' was specified more than once.`);
        }
        texts.set(name, cut < 0 ? '' : decode(part.slice(cut + 1)));
    }
    const unknown = [...texts.keys()].find((name) => !KNOWN_OPTIONS.has(name));
    if (unknown !== undefined) {
        throw notFound(`The query option '${unknown}' is not supported.`);
    }
    return readOptions(texts);
}
const KNOWN_OPTIONS = new Set(['$filter', '$select', '$top', '$skip', '$orderby']);
function readOptions(texts) {
    const filter = texts.get('$filter');
    const select = texts.get('$select');
    const orderBy = texts.get('$orderby');
    const top = texts.get('$top');
    const skip = texts.get('$skip');
    return {
        ...(filter === undefined ? {} : { filter: { text: filter, parsed: parseFilter(filter) } }),
        ...(select === undefined ? {} : { select: select.split(',').map((name) => name.trim()) }),
        ...(orderBy === undefined ? {} : { orderBy: orderBy.split(',').map(readOrder) }),
        ...(top === undefined ? {} : { top: readCount('$top', top) }),
        ...(skip === undefined ? {} : { skip: readCount('$skip', skip) }),
    };
}
function readOrder(text) {
    const [property, direction, ...more] = text.trim().split(/\s+/u);
    if (property === undefined || more.length > 0 || !['asc', 'desc', undefined].includes(direction)) {
        throw notFound(`Syntax error in '$orderby': '${text}'.`);
    }
    return { property, descending: direction === 'desc' };
}
function readCount(name, text) {
    const count = /^[0-9]{1,9}$/u.test(text) ? Number(text) : undefined;
    if (count === undefined) {
        throw notFound(`Invalid value '${text}' for ${name} query option found. It must be a non-negative integer.`);
    }
    return count;
}
//# sourceMappingURL=odata-request.js.map