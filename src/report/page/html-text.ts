import { spelledFor, type InputSpelling } from '../../diagnosis/input-mention.js';
import { harmlessWith } from '../harmless-text.js';
import type { SecretMask } from '../secret-mask.js';

/** Markup of this product, in which every text of others is escaped. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Html[] | undefined;

/** Makes markup of a template: every text put into it is masked, neutralised, cut to a bound and escaped. */
export interface Markup {
  (literals: TemplateStringsArray, ...parts: readonly Part[]): Html;
  /** A text for one cell of a table, cut earlier. */
  readonly cell: (text: string) => Html;
}

export const NOTHING: Html = { html: '' };

/** A text of a site has no bound of its own. */
const LONGEST_TEXT = 4_000;
const LONGEST_CELL = 300;

/**
 * The mask goes over a text before it is cut, which could leave the half of a secret, and before the escapes, which
 * would come between its characters.
 */
export function markupWith(mask: SecretMask, spelling: InputSpelling): Markup {
  const harmless = harmlessWith(mask);
  const shown = (text: string, longest: number): string =>
    escapedForHtml(shortened(harmless(spelledFor(spelling, text)), longest));
  const textOf = (part: Part): string => {
    if (part === undefined) return '';
    if (typeof part === 'number') return String(part);
    if (typeof part === 'string') return shown(part, LONGEST_TEXT);
    return 'html' in part ? part.html : part.map(({ html }) => html).join('');
  };
  const fill = (literals: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
    html: literals.reduce((whole, literal, at) => whole + textOf(parts[at - 1]) + literal),
  });
  return Object.assign(fill, { cell: (text: string): Html => ({ html: shown(text, LONGEST_CELL) }) });
}

function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
}

/** For text nodes and for values of attributes in quotes. */
export function escapedForHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
