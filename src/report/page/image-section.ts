import type { Html, Markup } from './html-text.js';
import { NOTHING } from './html-text.js';
import { phaseTimeline, resultChart } from './image-charts.js';
import type { PageDistribution, PageImage, PagePoint, PageSkippedUpdate } from './page-model.js';
import type { PageRoom } from './page-room.js';
import { POINT_WORDS, STATE_WORDS } from './page-words.js';
import { articleLink, moreNote, titleCell, updateRows, updatesTable, type CutRows } from './updates-table.js';

/** The rows of the tables of one image, before any is cut. */
export interface ImageRows {
  readonly updates: readonly Html[];
  readonly skipped: readonly Html[];
  readonly points: readonly Html[];
}

/** The rows of an image, of which the page might not have room for all. */
export function rowsOfImage(h: Markup, { updates, skipped, distribution }: PageImage): ImageRows {
  return {
    updates: updateRows(h, updates),
    skipped: (skipped ?? []).map(
      (update) =>
        h`<tr><td>${articleLink(h, update.article)}<td>${titleCell(h, update)}<td>${h.cell(update.reason)}\n`,
    ),
    points: (distribution?.points ?? []).map((point) => pointRow(h, point)),
  };
}

function pointRow(h: Markup, { name, state, detail }: PagePoint): Html {
  const { words, tone } = POINT_WORDS[state];
  const more = detail === undefined ? NOTHING : h` <small>${h.cell(detail)}</small>`;
  return h`<tr><td>${h.cell(name)}<td><b class="r ${tone}">${words}</b>${more}\n`;
}

/** What the section of one image is made of. `place` makes its anchor. */
export interface ImageParts {
  readonly image: PageImage;
  readonly rows: ImageRows;
  readonly place: number;
  readonly room: PageRoom;
  /** When the run ended: a phase that had not ended is drawn up to there. */
  readonly endedAt: Date | undefined;
}

/** All that is known of one image. */
export function imageSection(h: Markup, { image, rows, place, room, endedAt }: ImageParts): Html {
  const { words, tone } = STATE_WORDS[image.state];
  const cut = (all: readonly Html[]): CutRows => {
    const shown = room(all);
    return { shown, left: all.length - shown.length };
  };
  return h`<section class="card" id="image-${place}" aria-labelledby="name-${place}">
<h2 id="name-${place}"><bdi>${h.cell(image.name)}</bdi> <span class="state ${tone}">${words}</span></h2>
<dl class="facts">${imageFacts(h, image)}</dl>
${resultChart(h, image.updates)}
${phaseTimeline(h, image, endedAt)}
${updatesTable(h, image, cut(rows.updates))}
${skippedTable(h, image.skipped, cut(rows.skipped))}
${distributionTable(h, image.distribution, cut(rows.points))}
</section>
`;
}

function imageFacts(h: Markup, image: PageImage): readonly Html[] {
  const schedule = image.scheduleId === undefined ? 'None known' : String(image.scheduleId);
  return [
    fact(h, 'Package', image.packageId),
    fact(h, 'OS version', image.osVersion),
    fact(h, 'Site server', image.siteServer),
    fact(h, 'Schedule', schedule),
    ...(image.scheduleName === undefined ? [] : [fact(h, 'Name in the log', image.scheduleName)]),
  ];
}

/** A name and its value, which might not be known. */
export function fact(h: Markup, name: string, value: string | undefined): Html {
  const shown = value === undefined ? h`<span class="none">Not known</span>` : h.cell(value);
  return h`<div><dt>${h.cell(name)}</dt><dd>${shown}</dd></div>`;
}

function skippedTable(
  h: Markup,
  skipped: readonly PageSkippedUpdate[] | undefined,
  { shown, left }: CutRows,
): Html {
  if (skipped === undefined) {
    return h`<h3>Skipped updates</h3><p class="none">Not known: the run ended before it selected updates.</p>`;
  }
  if (skipped.length === 0) return h`<h3>Skipped updates</h3><p class="none">None.</p>`;
  return h`<h3>Skipped updates <span class="count">${skipped.length}</span></h3>
<table class="skipped"><caption class="hidden">Skipped updates, and why</caption>
<thead><tr><th scope="col">Article</th><th scope="col">Update</th><th scope="col">Why</th></tr></thead><tbody>
${shown}</tbody></table>${moreNote(h, left)}`;
}

function distributionTable(
  h: Markup,
  distribution: PageDistribution | undefined,
  { shown, left }: CutRows,
): Html {
  if (distribution === undefined) {
    return h`<h3>Distribution points</h3><p class="none">Not known: this run did not wait for the distribution.</p>`;
  }
  const { points, sourceVersion } = distribution;
  const version =
    sourceVersion === undefined ? NOTHING : h` <span class="count">source version ${sourceVersion}</span>`;
  if (points.length === 0) {
    return h`<h3>Distribution points${version}</h3><p class="none">No distribution point has this package.</p>`;
  }
  return h`<h3>Distribution points${version}</h3>
<table class="points"><caption class="hidden">Distribution points of the image</caption>
<thead><tr><th scope="col">Distribution point</th><th scope="col">State</th></tr></thead><tbody>
${shown}</tbody></table>${moreNote(h, left)}`;
}
