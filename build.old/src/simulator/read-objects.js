import { jsonAnswer } from './answer.js';
import { entityWriter } from './entity-text.js';
import { accessDenied, notFound, ODataError } from './odata-error.js';
import { compileFilter, countTerms, foldText, necessaryValues, propertyNamed } from './odata-filter.js';
import { RANGES } from './request-body.js';
/** A filter over the limit of the service. */
export class FilterTooLong extends ODataError {
}
/** Rows that are made into text at a time. */
const ROWS_AT_A_TIME = 500;
/** A list: what the filter finds, of which a page. Lazy properties are null in it, also when they are selected. */
export function listObjects(context, of, options) {
    const { state } = context;
    mayRead(state, of);
    const write = entityWriter(of, { ...options, lazyFilled: false, siteCode: state.site.code });
    const all = [...filteredRows(context, of, options)];
    const rows = context.manners.includes('key-in-select') && lacksKey(of, options.select) ? all.slice(0, 1) : all;
    if (context.manners.includes('changing-order')) {
        rows.push(...rows.splice(0, ++listings % (rows.length + 1)));
    }
    sortRows(rows, of, options.orderBy ?? []);
    const skip = options.skip ?? 0;
    const count = pageLength(context, options);
    const page = rows.slice(skip, skip + count);
    const rest = Math.min(rows.length - skip, options.top ?? Number.POSITIVE_INFINITY) - page.length;
    const nextLink = rest > 0 && context.pagesCarryNextLink
        ? nextPage(context, of, options, skip + (context.manners.includes('repeated-next-link') ? 0 : page.length))
        : '';
    return jsonAnswer(200, listText(contextText(context, of, options), page, write, nextLink), page.length);
}
/** Each list begins at another row: so often has one been asked for. */
let listings = 0;
const lacksKey = (of, select) => select !== undefined && of.keys.some((key) => !select.includes(key.name));
/** The site's own page size cuts whatever `$top` asks for: with a next link, or, where it carries none, in silence. */
function pageLength(context, options) {
    const size = context.pageSize ?? Number.POSITIVE_INFINITY;
    return Math.min(size, options.top ?? size);
}
function nextPage(context, of, options, skip) {
    const order = options.orderBy?.map((one) => `${one.property}${one.descending ? ' desc' : ''}`).join(',');
    const texts = {
        $filter: options.filter?.text,
        $select: options.select?.join(','),
        $orderby: order,
        $top: options.top === undefined ? undefined : String(options.top - (skip - (options.skip ?? 0))),
        $skip: String(skip),
    };
    const query = Object.entries(texts)
        .filter(([, text]) => text !== undefined)
        .map(([name, text]) => `${name}=${encodeURIComponent(text ?? '')}`);
    const name = context.manners.includes('short-next-links') ? '@nextLink' : '@odata.nextLink';
    return `,"${name}":${JSON.stringify(`${context.serviceUrl}/wmi/${of.name}?${query.join('&')}`)}`;
}
function* listText(head, rows, write, tail) {
    yield `{${head},"value":[`;
    for (let at = 0; at < rows.length; at += ROWS_AT_A_TIME) {
        const texts = rows.slice(at, at + ROWS_AT_A_TIME).map((row) => `{${write(row)}}`);
        yield (at === 0 ? '' : ',') + texts.join(',');
    }
    yield `]${tail}}`;
}
const contextText = (context, of, options) => {
    const fields = options.select === undefined ? '' : `(${options.select.join(',')})`;
    return `"@odata.context":${JSON.stringify(`${context.serviceUrl}/wmi/$metadata#${of.name}${fields}`)}`;
};
function filteredRows(context, of, options) {
    const { state, longestFilterTerms } = context;
    if (options.filter === undefined) {
        return state.accountRows(of.name);
    }
    const { parsed } = options.filter;
    if (longestFilterTerms !== undefined && countTerms(parsed) > longestFilterTerms) {
        throw new FilterTooLong(context.manners.includes('long-filter-500') ? 500 : 404, 'The query specified in the URI is not valid. The node count limit has been exceeded.');
    }
    const test = compileFilter(parsed, of);
    const within = necessaryValues(parsed, of.keys.map((key) => key.name));
    return filter(state.accountRows(of.name, within), test);
}
function* filter(rows, test) {
    for (const row of rows) {
        if (test(row)) {
            yield row;
        }
    }
}
function sortRows(rows, of, order) {
    const comparers = order.map(({ property, descending }) => {
        const definition = propertyNamed(of, property);
        if (definition.lazy || definition.array) {
            throw notFound(`The property '${property}' cannot be used in '$orderby'.`);
        }
        const value = (row) => {
            const found = row[property];
            return typeof found === 'string' ? foldText(found) : Number(found);
        };
        const sign = descending ? -1 : 1;
        return (one, other) => {
            const [first, second] = [value(one), value(other)];
            return first < second ? -sign : first > second ? sign : 0;
        };
    });
    if (comparers.length > 0) {
        rows.sort((one, other) => comparers.reduce((sofar, compare) => sofar || compare(one, other), 0));
    }
}
function mayRead(state, of) {
    if (!state.accountMay('read', of.name)) {
        throw accessDenied();
    }
}
/** A read by key: a list of one, with its lazy properties filled. */
export function readObject(context, of, keyText, options) {
    const { state } = context;
    mayRead(state, of);
    const unfit = ['filter', 'orderBy', 'top', 'skip'].find((name) => options[name] !== undefined);
    if (unfit !== undefined) {
        throw notFound(`The query option '$${unfit.toLowerCase()}' cannot be applied to a single object.`);
    }
    const write = entityWriter(of, { ...options, lazyFilled: true, siteCode: state.site.code });
    const found = state.accountObject(of.name, resolveKey(of, keyText));
    if (found === undefined) {
        throw noObject(of);
    }
    const head = contextText(context, of, options);
    const body = context.manners.includes('bare-objects')
        ? [`{${head},${write(found)}}`]
        : listText(head, [found], write, '');
    return jsonAnswer(200, body, 1);
}
export const noObject = (of) => notFound(`No instance of '${of.name}' with the given key was found.`);
/** The values of a key in the types of the class; a text for a number, a missing or a strange name is a 404. */
export function resolveKey(of, key) {
    const [first, second] = of.keys;
    const values = key.kind === 'named'
        ? key.values
        : new Map(first === undefined || second !== undefined ? [] : [[first.name, key.value]]);
    if (values.size !== of.keys.length) {
        throw notFound(`The number of keys specified in the URI does not match '${of.name}'.`);
    }
    const resolved = {};
    for (const definition of of.keys) {
        const value = values.get(definition.name);
        if (value === undefined || !fitsKey(definition.type, value)) {
            throw notFound(`The key '${definition.name}' of '${of.name}' is missing or has an incompatible type.`);
        }
        resolved[definition.name] = value;
    }
    return resolved;
}
function fitsKey(type, value) {
    switch (type) {
        case 'String':
            return typeof value === 'string';
        case 'SInt32':
        case 'UInt32':
        case 'SInt64':
            return typeof value === 'number' && value >= RANGES[type][0] && value <= RANGES[type][1];
        // No literal for a date or a truth value is known to work in a key.
        case 'Boolean':
        case 'DateTime':
        default:
            return false;
    }
}
//# sourceMappingURL=read-objects.js.map