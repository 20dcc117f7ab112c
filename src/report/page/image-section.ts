import type { Html, Markup } from './html-text.js';
import { NOTHING } from './html-text.js';
import { phaseTimeline, resultChart } from './image-charts.js';
import type { PageImage, PageSkippedUpdate } from './page-model.js';
import type { PageRoom } from './page-room.js';
import { counted, POINT_WORDS, STATE_WORDS } from './page-words.js';
import { articleLink, titleCell, updatesTable } from './updates-table.js';

/** How many tables of an image take room. */
export const TABLES_OF_IMAGE = 3;

/** All that is known of one image. `place` makes its anchor. */
export function imageSection(
  h: Markup,
  image: PageImage,
  place: number,
  { room, endedAt }: { readonly room: PageRoom; readonly endedAt: Date | undefined },
): Html {
  const { words, tone } = STATE_WORDS[image.state];
  return h`<section class="card" id="image-${place}" aria-labelledby="name-${place}">
<h2 id="name-${place}"><bdi>${h.cell(image.name)}</bdi> <span class="state ${tone}">${words}</span></h2>
<dl class="facts">${imageFacts(h, image)}</dl>
${resultChart(h, image.updates)}
${phaseTimeline(h, image, endedAt)}
${updatesTable(h, image, room)}
${skippedTable(h, image.skipped, room)}
${distributionTable(h, image, room)}
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

function skippedTable(h: Markup, skipped: readonly PageSkippedUpdate[] | undefined, room: PageRoom): Html {
  if (skipped === undefined)
    return h`<h3>Skipped updates</h3><p class="none">Not known: the run ended before it selected updates.</p>`;
  if (skipped.length === 0) return h`<h3>Skipped updates</h3><p class="none">None.</p>`;
  const rows = room.take(
    skipped.map(
      (
        update,
      ) => h`<tr><td>${articleLink(h, update.article)}<td>${titleCell(h, update)}<td>${h.cell(update.reason)}
`,
    ),
  );
  return h`<h3>Skipped updates <span class="count">${skipped.length}</span></h3>
<table class="skipped"><caption class="hidden">Skipped updates, and why</caption>
<thead><tr><th scope="col">Article</th><th scope="col">Update</th><th scope="col">Why</th></tr></thead><tbody>
${rows}</tbody></table>${moreNote(h, skipped.length - rows.length)}`;
}

function distributionTable(h: Markup, { distribution }: PageImage, room: PageRoom): Html {
  if (distribution === undefined)
    return h`<h3>Distribution points</h3><p class="none">Not known: this run did not wait for the distribution.</p>`;
  const { points, sourceVersion } = distribution;
  const version =
    sourceVersion === undefined ? NOTHING : h` <span class="count">source version ${sourceVersion}</span>`;
  if (points.length === 0)
    return h`<h3>Distribution points${version}</h3><p class="none">No distribution point has this package.</p>`;
  const rows = room.take(
    points.map(({ name, state, detail }) => {
      const { words, tone } = POINT_WORDS[state];
      return h`<tr><td>${h.cell(name)}<td><b class="r ${tone}">${words}</b>${detail === undefined ? NOTHING : h` <small>${h.cell(detail)}</small>`}
`;
    }),
  );
  return h`<h3>Distribution points${version}</h3>
<table class="points"><caption class="hidden">Distribution points of the image</caption>
<thead><tr><th scope="col">Distribution point</th><th scope="col">State</th></tr></thead><tbody>
${rows}</tbody></table>${moreNote(h, points.length - rows.length)}`;
}

function moreNote(h: Markup, left: number): Html {
  return left === 0
    ? NOTHING
    : h`<p class="note">${counted(left, 'more row')} did not fit on this page. The JSON report has all of them.</p>`;
}
