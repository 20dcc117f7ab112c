import type { Html, Markup } from './html-text.js';
import { NOTHING } from './html-text.js';
import type { PageImage, PagePhase, PageUpdate } from './page-model.js';
import { durationText, momentText, RESULT_WORDS, RESULTS_WORST_FIRST, worstResult } from './page-words.js';

/** More are noise: a site has some ten phases for an image. */
const MOST_PHASES = 40;

/** One bar of all updates, in parts by result. The list under it has the same numbers as text. */
export function resultChart(h: Markup, updates: readonly PageUpdate[] | undefined): Html {
  if (updates === undefined || updates.length === 0) return NOTHING;
  const kinds = updates.map(({ results }) => (results.length === 0 ? undefined : worstResult(results)));
  const parts = [...RESULTS_WORST_FIRST, undefined]
    .map((kind) => ({ kind, count: kinds.filter((each) => each === kind).length }))
    .filter(({ count }) => count > 0);
  let from = 0;
  const bars = parts.map(({ kind, count }) => {
    const width = (100 * count) / updates.length;
    const bar = h`<rect class="f-${kind ?? 'unknown'}" x="${percent(from)}" width="${percent(width)}" height="14"/>`;
    from += width;
    return bar;
  });
  const legend = parts.map(
    ({ kind, count }) =>
      h`<li><b class="r ${kind ?? 'unknown'}">${kind === undefined ? 'Not known' : RESULT_WORDS[kind]}</b> ${count.toLocaleString('en-US')}</li>`,
  );
  return h`<svg class="chart" width="100%" height="14" aria-hidden="true" focusable="false">${bars}</svg>
<ul class="legend" aria-label="Updates by result">${legend}</ul>`;
}

/** The phases one under the other on the same scale of time, each with its times as text. */
export function phaseTimeline(h: Markup, { phases }: PageImage, endedAt: Date | undefined): Html {
  if (phases === undefined || phases.length === 0) {
    return h`<h3>Timeline</h3><p class="none">${phases === undefined ? 'Not known: this run did not follow the servicing.' : 'No phase was observed.'}</p>`;
  }
  const shown = phases.slice(0, MOST_PHASES);
  const times = shown.flatMap(({ from, to }) => [from.getTime(), (to ?? endedAt ?? from).getTime()]);
  const scale = { first: Math.min(...times), last: Math.max(...times) };
  return h`<h3>Timeline</h3>
<table class="phases"><caption class="hidden">Phases of the image</caption>
<thead><tr><th scope="col">Phase</th><th scope="col">From</th><th scope="col">Took</th><td class="bar"></td></tr></thead><tbody>${shown.map((phase) => phaseRow(h, phase, endedAt, scale))}</tbody></table>`;
}

function phaseRow(
  h: Markup,
  { name, from, to }: PagePhase,
  endedAt: Date | undefined,
  { first, last }: { readonly first: number; readonly last: number },
): Html {
  const end = (to ?? endedAt ?? from).getTime();
  const whole = Math.max(1, last - first);
  const x = (100 * (from.getTime() - first)) / whole;
  const width = Math.max(0.7, (100 * (end - from.getTime())) / whole);
  const took = to === undefined ? 'not ended' : durationText(end - from.getTime());
  return h`<tr><td>${h.cell(name)}<td>${momentText(from)}<td>${took}<td class="bar"><svg width="100%" height="10" aria-hidden="true" focusable="false"><rect class="${to === undefined ? 'open' : 'phase'}" x="${percent(Math.min(x, 99.3))}" width="${percent(width)}" height="10" rx="2"/></svg>`;
}

/** A site whose clock is odd must not break the drawing. */
function percent(value: number): string {
  return `${Number.isFinite(value) ? Math.round(Math.min(100, Math.max(0, value)) * 100) / 100 : 0}%`;
}
