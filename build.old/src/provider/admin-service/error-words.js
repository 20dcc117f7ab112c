/** Names in lower case, because serializers differ. Those that hold the words of one level, the most telling first. */
const WORDS = ['exceptionmessage', 'messagedetail', 'message', 'error_description', 'detail', 'title'];
/** Those that hold the error beneath: of OData, of ASP.NET Web API, and of the exceptions that both write out. */
const BENEATH = ['innererror', 'internalexception', 'innerexception'];
const DEEPEST = 20;
/**
 * The words of an error in JSON: those of its innermost level, where the reason is, after those of the outermost. Undefined
 * for a text that is no such error.
 */
export function errorWords(body) {
    let level = root(body);
    const words = [];
    for (let depth = 0; level !== undefined && depth < DEEPEST; depth++) {
        const own = wordsIn(level);
        if (own !== undefined)
            words.push(own);
        level = objectIn(level, BENEATH);
    }
    const [outermost] = words;
    const innermost = words.at(-1);
    if (outermost === undefined || innermost === undefined)
        return undefined;
    return isGeneral(outermost) || innermost.includes(outermost)
        ? innermost
        : `${outermost} ${innermost}`.trim();
}
/** OData has the error in a member of that name. */
function root(body) {
    try {
        const whole = levelOf(JSON.parse(body.replace(/^\uFEFF/, '')));
        return whole && (objectIn(whole, ['error', 'odata.error']) ?? whole);
    }
    catch {
        return undefined;
    }
}
function levelOf(value) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        return undefined;
    return new Map(Object.entries(value).map(([name, member]) => [name.toLowerCase(), member]));
}
function objectIn(level, names) {
    return names.map((name) => levelOf(level.get(name))).find((found) => found !== undefined);
}
/** OData 3 has the message in an object, with its language. */
function wordsIn(level) {
    return WORDS.map((name) => {
        const value = level.get(name);
        return typeof value === 'string' ? value : levelOf(value)?.get('value');
    }).find((value) => typeof value === 'string' && value.trim() !== '');
}
/** What a service says of whatever went wrong. */
function isGeneral(words) {
    return /^an error (has )?occurred|^internal server error|^an unexpected error/i.test(words.trim());
}
//# sourceMappingURL=error-words.js.map