/**
 * Characters that a person takes for others: a no-break space for a space, a dash for a hyphen, a Cyrillic letter for a
 * Latin one. A site tells them apart, so a name with one of them is not found, and the eye sees no reason.
 */
/** Cyrillic and Greek letters beside the Latin ones that they look like. */
const LETTERS = [
    ['АВЕЗКМНОРСТУХІЈЅԚԜаеорсухіјѕԛԝ', 'ABE3KMHOPCTYXIJSQWaeopcyxijsqw'],
    ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορτυχ', 'ABEZHIKMNOPTYXavoptux'],
];
const LATIN = new Map(LETTERS.flatMap(([others, latin]) => Array.from(others, (letter, place) => [letter, latin[place] ?? letter])));
/** Two texts that a person takes for the same have the same skeleton, whatever their letter case. */
export function skeletonOf(text) {
    return Array.from(text.normalize('NFKC'), plainCharacter).join('').replace(/ +/g, ' ').trim().toLowerCase();
}
function plainCharacter(character) {
    if (/[\p{White_Space}]/u.test(character))
        return ' ';
    if (/\p{Default_Ignorable_Code_Point}|\p{Cc}/u.test(character))
        return '';
    if (/\p{Dash_Punctuation}|\u2212/u.test(character))
        return '-';
    if (/[\u2018\u2019\u201a\u201b\u2032\u00b4\u0060]/.test(character))
        return "'";
    if (/[\u201c\u201d\u201e\u201f\u2033]/.test(character))
        return '"';
    return LATIN.get(character) ?? character;
}
const NAMES = {
    ' ': 'space',
    '\t': 'tab',
    '\u00a0': 'no-break space',
    '\u00ad': 'soft hyphen',
    '\u2007': 'figure space',
    '\u2009': 'thin space',
    '\u200b': 'zero-width space',
    '\u200e': 'left-to-right mark',
    '\u200f': 'right-to-left mark',
    '\u2010': 'hyphen',
    '\u2011': 'no-break hyphen',
    '\u2013': 'en dash',
    '\u2014': 'em dash',
    '\u202f': 'narrow no-break space',
    '\u3000': 'ideographic space',
    '\ufeff': 'byte order mark',
    '-': 'hyphen-minus',
};
/** `U+00A0 (no-break space)`; the end of the text where there is no character. */
function named(character) {
    if (character === undefined)
        return 'nothing';
    const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    const name = NAMES[character];
    if (name !== undefined)
        return `${code} (${name})`;
    return /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}]/u.test(character)
        ? code
        : `${code} (${character})`;
}
/** Where two texts of one skeleton differ first: `character 8 is U+00A0 (no-break space), and in the name U+0020 (space)`. */
export function firstDifference(given, name) {
    const [one, other] = [Array.from(given), Array.from(name)];
    const isSame = (at) => one[at]?.toLowerCase() === other[at]?.toLowerCase();
    let place = 0;
    while (place < one.length && isSame(place))
        place++;
    return `character ${place + 1} is ${named(one[place])} in the input and ${named(other[place])} in the name`;
}
//# sourceMappingURL=look-alikes.js.map