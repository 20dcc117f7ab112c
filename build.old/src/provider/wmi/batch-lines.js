const STOP_REASONS = ['language-mode', 'input', 'connect', 'location'];
/** Undefined for a line that is none of the script's: a policy's banner, half a line of a killed process. */
export function readBatchLine(line) {
    const { place, number, done, failed, stopped } = objectIn(line);
    if (isObject(place)) {
        return {
            kind: 'place',
            computer: textIn(place['computer']),
            protocol: textIn(place['protocol']),
            namespace: textIn(place['namespace']),
        };
    }
    const why = STOP_REASONS.find((reason) => reason === stopped);
    if (why !== undefined)
        return { kind: 'stopped', why, failure: failureOf(failed) };
    if (typeof number !== 'number')
        return undefined;
    if (failed !== undefined)
        return { kind: 'failed', number, failure: failureOf(failed) };
    return done === undefined ? undefined : { kind: 'done', number, value: done };
}
function objectIn(line) {
    try {
        const parsed = JSON.parse(line);
        return isObject(parsed) ? parsed : {};
    }
    catch {
        return {};
    }
}
function failureOf(value) {
    const failure = isObject(value) ? value : {};
    const data = failure['data'];
    return {
        words: textIn(failure['words']),
        id: textIn(failure['id']),
        native: textIn(failure['native']),
        data: isObject(data) ? data : {},
    };
}
export function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function textIn(value) {
    return typeof value === 'string' ? value : '';
}
//# sourceMappingURL=batch-lines.js.map