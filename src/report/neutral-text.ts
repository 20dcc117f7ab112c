/**
 * Makes a text of a server or a user harmless for a terminal and for the logs of pipelines: what could move the cursor,
 * colour, hide or turn around what is printed is shown as its code, and nothing in it is taken for a command
 * (`::error::`, `##[error]`, `##vso[…]`). One text stays one line.
 */
export function neutralText(text: string): string {
  return text
    .replace(HARMFUL, (character) => {
      if (character === '\n' || character === '\t') return ' ';
      return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
    })
    .replace(/##(?=\[|vso\[)/gi, '#\\#')
    .replace(/^(\s*):(?=:)/, '$1\\:');
}

/** The same for JSON text, whose meaning must not change: the characters are written as JSON's own escapes. */
export function harmlessJson(json: string): string {
  return json
    .replace(HARMFUL, (character) => (character === '\n' ? character : escaped(character)))
    .replace(/##(?=\[|vso\[)/gi, `#${escaped('#')}`);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Control characters, line and paragraph separators, marks of direction, zero-width characters, lone surrogates. */
const HARMFUL =
  // eslint-disable-next-line no-control-regex -- these characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;
