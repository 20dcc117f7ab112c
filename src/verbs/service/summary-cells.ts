import { allVersionsOf, type ImageVersions } from '../../site/image-versions.js';
import { shortenedTo } from '../../report/summary-limits.js';
import type { Shown } from '../../report/summary-text.js';

/** The cells of a table are narrow: the log and the report have the whole text. */
const LONGEST_NAME = 60;
const LONGEST_TITLE = 100;
const MOST_VERSIONS = 3;

/** A name of the site in a cell. */
export function nameCell(name: string, shown: Shown): string {
  return shown(name, shortenedTo(LONGEST_NAME));
}

/** The title of an update in a cell, without the article at its end, which has a cell of its own. */
export function titleCell(title: string | undefined, shown: Shown): string {
  return title === undefined ? '–' : shown(title.replace(/ \(KB\d+\)$/, ''), shortenedTo(LONGEST_TITLE));
}

/** `KB5034441`, as a link to its page; a text that is no article stays a text. */
export function articleCell(article: string | undefined, shown: Shown): string {
  return article === undefined ? '–' : withArticleLinks(shown(article, shortenedTo(LONGEST_NAME)));
}

/** Makes the KB numbers of a text that is already escaped links. */
export function withArticleLinks(escaped: string): string {
  return escaped.replace(
    /(?<![A-Za-z0-9&#;])KB(\d{5,10})(?![A-Za-z0-9])/g,
    (article, number: string) => `[${article}](https://support.microsoft.com/help/${number})`,
  );
}

export function osVersionsCell(versions: ImageVersions): string {
  const all = allVersionsOf(versions).map(({ text }) => text);
  if (all.length === 0) return '–';
  return all.slice(0, MOST_VERSIONS).join(', ') + (all.length > MOST_VERSIONS ? ', …' : '');
}

/** A row of a table. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A part of the page that opens on a click. */
export function folded(title: string, content: readonly string[]): readonly string[] {
  return ['<details>', `<summary>${title}</summary>`, '', ...content, '', '</details>', ''];
}
