import { harmlessWith } from './harmless-text.js';
import { markdownText } from './markdown-text.js';
import type { SecretMask } from './secret-mask.js';

/** Makes a text of the site plain text of Markdown, without any secret; `cut` shortens it before it is escaped. */
export interface Shown {
  (text: string, cut?: (text: string) => string): string;
  /** For a block of code, which takes a text as it is. */
  readonly inCode: (text: string) => string;
}

/** The mask goes first: a cut through a secret, or an escape between its characters, would hide it from the mask. */
export function shownWith(mask: SecretMask): Shown {
  const harmless = harmlessWith(mask);
  return Object.assign((text: string, cut = (whole: string) => whole) => markdownText(cut(harmless(text))), {
    inCode: harmless,
  });
}
