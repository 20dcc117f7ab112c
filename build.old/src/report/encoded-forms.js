/**
 * Replaces a secret of which any character, or each, is written as HTML, a URL, JSON, Markdown or this product's own
 * neutral text would write it. The encoders of the world differ in which characters they encode, so that a list of
 * whole forms would never be complete.
 */
export function withoutEncodedForms(text, secret, instead) {
    const characters = Array.from(secret, formsOfCharacter);
    const beginnings = new Set(characters[0]?.map((form) => form.charAt(0)));
    let result = '';
    let copied = 0;
    for (let place = 0; place < text.length; place++) {
        if (!beginnings.has(text.charAt(place)))
            continue;
        const end = endOfMatch(text, place, characters);
        if (end === undefined)
            continue;
        result += text.slice(copied, place) + instead;
        copied = end;
        place = end - 1;
    }
    return copied === 0 ? text : result + text.slice(copied);
}
/** So many characters of a secret already tell too much of it. */
const TELLING = 6;
/** Where the secret that begins at `place` ends; undefined where none begins. */
function endOfMatch(text, place, characters) {
    let end = place;
    for (const [matched, forms] of characters.entries()) {
        const form = forms.find((each) => text.startsWith(each, end));
        // A long text is cut before it comes here, and the cut may go through the secret.
        if (form === undefined)
            return matched >= TELLING && text.startsWith('…', end) ? end : undefined;
        end += form.length;
    }
    return end;
}
const NAMED = {
    '&': ['&amp;'],
    '<': ['&lt;'],
    '>': ['&gt;'],
    '"': ['&quot;'],
    "'": ['&apos;'],
    ' ': ['&nbsp;', '+'],
    '\n': ['\\n', ' '],
    '\t': ['\\t', ' '],
    '\r': ['\\r'],
};
/** Longest first: the plain character is the beginning of some of its forms. */
function formsOfCharacter(character) {
    const code = character.codePointAt(0) ?? 0;
    const hexadecimal = code.toString(16);
    const inUrl = [...Buffer.from(character, 'utf8')]
        .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
        .join('');
    const inJson = character
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join('');
    const forms = [
        character,
        ...(NAMED[character] ?? []),
        ...(/[!-/:-@[-`{-~]/.test(character) ? [`\\${character}`] : []),
        `&#${code};`,
        ...inBothCases(`&#x${hexadecimal};`),
        `&#X${hexadecimal.toUpperCase()};`,
        ...inBothCases(inUrl),
        ...inBothCases(inJson),
        `\\u{${hexadecimal}}`,
    ];
    return [...new Set(forms)].sort((one, other) => other.length - one.length);
}
/** Hexadecimal digits in upper case; what stands before them stays as it is. */
function inBothCases(encoded) {
    return [encoded, encoded.replace(/[a-f]/g, (digit) => digit.toUpperCase())];
}
//# sourceMappingURL=encoded-forms.js.map