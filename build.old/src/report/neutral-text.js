/**
 * Makes a text of a server or a user harmless for a terminal and for the logs of pipelines: what could move the cursor,
 * colour, hide or turn around what is printed is shown as its code, and nothing in it is taken for a command
 * (`::error::`, `##[error]`, `##vso[…]`). One text stays one line.
 */
export function neutralText(text) {
    return text
        .replace(HARMFUL, (character) => {
        if (character === '\n' || character === '\t')
            return ' ';
        return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
    })
        .replace(/##(?=\[|vso\[)/gi, '#\\#')
        .replace(/^(\s*):(?=:)/, '$1\\:');
}
/** The same for JSON text, whose meaning must not change: the characters are written as JSON's own escapes. */
export function harmlessJson(json) {
    return json
        .replace(HARMFUL, (character) => (character === '\n' ? character : escaped(character)))
        .replace(/##(?=\[|vso\[)/gi, `#${escaped('#')}`);
}
/** JSON has no escape for a character beyond U+FFFF: it takes one for each half. */
function escaped(character) {
    return character
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join('');
}
/**
 * Control characters, line and paragraph separators, everything that formats without a sign of its own (marks of
 * direction, zero-width characters, tags), the places reserved for more of these, and lone surrogates.
 */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Bidi_Control}\u2060-\u206f]|\p{Surrogate}/gu;
//# sourceMappingURL=neutral-text.js.map