import { notFound } from './odata-error.js';
const PIECE = /\s*(?:(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<text>'(?:[^']|'')*')|(?<integer>-?[0-9]+)(?![\w.:-])|(?<mark>[(),:/=])|(?<end>$))/uy;
/** Cuts the percent-decoded text of a filter or a key into its pieces. Anything else than these pieces is a 404. */
export function tokenize(source) {
    const tokens = [];
    PIECE.lastIndex = 0;
    for (;;) {
        const from = PIECE.lastIndex;
        const groups = PIECE.exec(source)?.groups;
        if (groups === undefined) {
            throw notFound(syntaxError(source, from, 'it is no part of an expression that this service reads'));
        }
        const at = from;
        const { word, text, integer, mark } = groups;
        if (word !== undefined) {
            tokens.push({ kind: 'word', text: word, at });
        }
        else if (text !== undefined) {
            tokens.push({ kind: 'text', value: textLiteral(source, text, at), at });
        }
        else if (integer !== undefined) {
            tokens.push({ kind: 'integer', value: integerLiteral(source, integer, at), at });
        }
        else if (mark !== undefined) {
            tokens.push({ kind: 'mark', text: mark, at });
        }
        else {
            tokens.push({ kind: 'end', at });
            return tokens;
        }
    }
}
export const syntaxError = (source, at, why) => `Syntax error at position ${at} in '${source}': ${why}.`;
function textLiteral(source, quoted, at) {
    if (quoted.includes('\\')) {
        // Recorded: a backslash inside a string literal gives 404, doubled or not.
        throw notFound(syntaxError(source, at, 'a backslash cannot be part of a string literal'));
    }
    return quoted.slice(1, -1).replaceAll("''", "'");
}
function integerLiteral(source, digits, at) {
    const value = Number(digits);
    if (!Number.isSafeInteger(value)) {
        throw notFound(syntaxError(source, at, `the number ${digits} is too long`));
    }
    return value;
}
//# sourceMappingURL=odata-tokens.js.map