import { cutConditions } from '../conditions.js';
import { literal, percentEncode } from './odata-literal.js';
/** Rows asked for in one request, where more than one matters. */
export const PAGE_SIZE = 1_000;
/** Far below the 16 KB that http.sys allows for a request line and its headers, of which a login can be the larger part. */
const LONGEST_URL_CHARACTERS = 8_000;
const LONGEST_SKIP = '&$skip=1000000'.length;
/** Cuts the lists of the conditions so that each part fits into one request. */
export function cutIntoParts(asked, where, limits, isAskedAgain = false) {
    const fixed = pageUrl(asked, [], 0, PAGE_SIZE).length + LONGEST_SKIP;
    const parts = cutConditions(where, {
        ...limits,
        characters: LONGEST_URL_CHARACTERS - fixed,
        lengthOf: (property, value) => `${termText(property, value)}${OR}`.length,
    });
    return parts.map((part) => ({
        where: part,
        skip: 0,
        askedFrom: 0,
        nextLink: undefined,
        pages: { count: 1, rows: asked.pageRows },
        isAskedAgain,
        sofar: { rows: [], links: new Set(), seen: undefined },
    }));
}
/** The GETs of a part's next pages. */
export function pageRequests(asked, part, label) {
    const { count, rows } = part.pages;
    return Array.from({ length: count }, (_, place) => {
        const url = part.nextLink ?? pageUrl(asked, part.where, part.skip + place * rows, rows);
        return { method: 'GET', url, body: undefined, label, effect: 'read' };
    });
}
/** The same question with one value of each list: is the filter too long, or the answer no? */
export function shortRequest(asked, part, label) {
    const short = part.where.map(({ property, oneOf }) => ({ property, oneOf: [oneOf[0]] }));
    const url = pageUrl(asked, short, 0, asked.pageRows);
    return { method: 'GET', url, body: undefined, label, effect: 'read', isSentOnce: true };
}
/**
 * The whole key is selected and ordered by: rows come in any order otherwise, so that a page could repeat what another
 * had, and a site was seen to return one row instead of all (docs/configmgr.md, "Query options of the administration service").
 */
function pageUrl({ operation, address, properties }, where, skip, top) {
    const options = [
        ...(where.length === 0 ? [] : [`$filter=${where.map(filterText).join('%20and%20')}`]),
        `$select=${properties.map(percentEncode).join(',')}`,
        `$orderby=${operation.key.map(percentEncode).join(',')}`,
        `$top=${top}`,
        ...(skip === 0 ? [] : [`$skip=${skip}`]),
    ];
    return `${address}/wmi/${operation.class}?${options.join('&')}`;
}
const OR = '%20or%20';
function filterText(condition) {
    const terms = condition.oneOf.map((value) => termText(condition.property, value));
    return terms.length === 1 ? terms.join('') : `(${terms.join(OR)})`;
}
function termText(property, value) {
    return `${property}%20eq%20${literal(value)}`;
}
//# sourceMappingURL=query-request.js.map