import type { Html, Markup } from './html-text.js';
import { NOTHING } from './html-text.js';
import type { PageImage, PageResult, PageResultKind, PageUpdate } from './page-model.js';
import { counted, indexesText, RESULT_WORDS, RESULTS_WORST_FIRST } from './page-words.js';

/** What one update came to on the indexes that have the same result and code. */
interface UpdateRow {
  readonly update: PageUpdate;
  readonly result: PageResultKind | undefined;
  readonly code: string | undefined;
  readonly indexes: readonly number[];
}

/** The rows of the updates of one image, the worst results first. */
export function updateRows(h: Markup, updates: readonly PageUpdate[] | undefined): readonly Html[] {
  const rows = (updates ?? []).flatMap(rowsOf).sort((one, other) => rank(one) - rank(other));
  return rows.map((row) => rowMarkup(h, row));
}

/** Every update of one image. The script adds the sorting and the filter. */
export function updatesTable(h: Markup, { updates, packageId }: PageImage, rows: CutRows): Html {
  if (updates === undefined) {
    return h`<h3>Updates</h3><p class="none">Not known: the run ended before it read the updates.</p>`;
  }
  if (updates.length === 0) return h`<h3>Updates</h3><p class="none">No update is used for this image.</p>`;
  return h`<h3>Updates</h3>
<table class="updates" data-name="updates of ${packageId}"><caption class="hidden">Updates of ${packageId}, by result</caption>
<thead><tr><th scope="col">Article</th><th scope="col">Update</th><th scope="col">Index</th><th scope="col">Result</th></tr></thead>
<tbody>
${rows.shown}</tbody></table>${moreNote(h, rows.left)}`;
}

/** The rows of a table for which the page has room, and how many are left out. */
export interface CutRows {
  readonly shown: readonly Html[];
  readonly left: number;
}

/** No row goes missing without a word. */
export function moreNote(h: Markup, left: number): Html {
  return left === 0
    ? NOTHING
    : h`<p class="note">${counted(left, 'more row')} did not fit on this page. The JSON report has everything.</p>`;
}

function rowsOf(update: PageUpdate): readonly UpdateRow[] {
  if (update.results.length === 0) return [{ update, result: undefined, code: undefined, indexes: [] }];
  const groups = new Map<string, PageResult[]>();
  for (const each of update.results) {
    const key = `${each.result} ${each.code ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].map((group) => ({
    update,
    result: group[0]?.result,
    code: group[0]?.code,
    indexes: group.flatMap(({ index }) => (index === undefined ? [] : [index])),
  }));
}

function rank({ result }: UpdateRow): number {
  return result === undefined ? RESULTS_WORST_FIRST.length : RESULTS_WORST_FIRST.indexOf(result);
}

function rowMarkup(h: Markup, { update, result, code, indexes }: UpdateRow): Html {
  const words = result === undefined ? 'Not known' : RESULT_WORDS[result];
  const codeWords = code === undefined ? NOTHING : h` <small>${h.cell(code)}</small>`;
  return h`<tr><td>${articleLink(h, update.article)}<td>${titleCell(h, update)}<td>${indexes.length === 0 ? '–' : indexesText(indexes)}<td><b class="r ${result ?? 'unknown'}">${words}</b>${codeWords}
`;
}

/** The article as a link to its page at Microsoft, where it is the number of one. */
export function articleLink(h: Markup, article: string | undefined): Html {
  if (article === undefined) return h`<span class="none">–</span>`;
  const number = /^(?:KB)?([1-9]\d{0,9})$/i.exec(article)?.[1];
  if (number === undefined) return h.cell(article);
  return h`<a href="https://support.microsoft.com/help/${number}">KB${number}</a>`;
}

export function titleCell(h: Markup, { title, ciId }: Pick<PageUpdate, 'title' | 'ciId'>): Html {
  return h`${title === undefined ? h`<span class="none">Title not known</span>` : h.cell(title)} <small>CI_ID ${ciId}</small>`;
}
