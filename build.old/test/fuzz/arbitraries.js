import fc from 'fast-check';
/** The same cases on every machine, and an end in any case; a failure prints the seed and the path to it. */
export const FUZZ = { seed: 20_260_214, numRuns: 2_000, interruptAfterTimeLimit: 8_000 };
/** For the test around it: longer than its cases may take. */
export const LIMIT = { timeout: 30_000 };
/** A text that was right, and in which something was cut out or put in at a few places. */
export function damaged(text, insertions) {
    const edit = fc.record({
        at: fc.nat({ max: text.length }),
        cut: fc.nat({ max: 12 }),
        insert: fc.oneof(fc.constantFrom(...insertions), fc.string({ unit: 'binary', maxLength: 6 })),
    });
    return fc
        .array(edit, { minLength: 1, maxLength: 5 })
        .map((edits) => edits.reduce((sofar, { at, cut, insert }) => sofar.slice(0, at) + insert + sofar.slice(at + cut), text));
}
/** JSON with the names that JavaScript has a meaning for. */
export const hostileJson = fc
    .jsonValue({ maxDepth: 5 })
    .chain((value) => fc
    .constantFrom('__proto__', 'constructor', 'toString', 'value', 'error', '@odata.nextLink', 'length')
    .map((name) => JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)},"CI_ID":1}`)));
export const JSON_PIECES = [
    '[',
    ']',
    '{',
    '}',
    ',',
    ':',
    '"',
    '\\',
    '\\u',
    '1e999',
    '-',
    'null',
    '\u0000',
    '\uD800',
];
export const XML_PIECES = [
    '<',
    '>',
    '/>',
    '</',
    '"',
    "'",
    '&',
    '&amp;',
    '&#x0;',
    '&lol;',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '<!DOCTYPE a [<!ENTITY lol "x">]>',
    '\u0000',
    '\uD800',
    '\uFFFE',
];
//# sourceMappingURL=arbitraries.js.map