import type { Html, Markup } from './html-text.js';
import { NOTHING } from './html-text.js';
import { fact } from './image-section.js';
import { resultChart } from './image-charts.js';
import type { PageDiagnosis, PageModel } from './page-model.js';
import { counted, durationText, momentText, STATE_MEANING, STATE_WORDS } from './page-words.js';

/** More lines than these hide what they are about. */
const MOST_LINES = 50;

/** How the run ended, what went wrong, and the way to each image. */
export function pageHead(h: Markup, model: PageModel): Html {
  const { words, tone } = STATE_WORDS[model.state];
  return h`<header class="${tone}">
<p class="over">Offline servicing · ${model.verb}</p>
<h1>${words}</h1>
<p class="lead">${STATE_MEANING[model.state]}</p>
<dl class="facts">${runFacts(h, model)}</dl>
</header>
<main>
${model.diagnoses.slice(0, MOST_LINES).map((each) => diagnosisMarkup(h, each))}
${textList(h, 'Warnings', model.warnings)}${textList(h, 'Notes', model.notes)}
${imagesOverview(h, model)}`;
}

function runFacts(
  h: Markup,
  { site, provider, host, startedAt, endedAt, product }: PageModel,
): readonly Html[] {
  const named = site?.name === undefined ? site?.code : `${site.code} (${site.name})`;
  const took =
    startedAt === undefined || endedAt === undefined
      ? undefined
      : durationText(endedAt.getTime() - startedAt.getTime());
  return [
    fact(h, 'Site', named),
    fact(h, 'Site version', site?.version),
    fact(h, 'SMS Provider', provider),
    fact(h, 'Started', startedAt && momentText(startedAt)),
    fact(h, 'Ended', endedAt && momentText(endedAt)),
    fact(h, 'Took', took),
    fact(h, 'Ran on', host),
    fact(h, 'Product', `${product.name} ${product.version}`),
  ];
}

function diagnosisMarkup(h: Markup, { code, what, cause, next, link }: PageDiagnosis): Html {
  const about = link?.startsWith('https://') === true ? h` <a href="${link}">About ${code}</a>` : NOTHING;
  return h`<section class="card error" aria-label="Error ${code}"><h2>${what} <span class="code">${code}</span></h2>
${cause === '' ? NOTHING : h`<p><b>Probable cause.</b> ${cause}</p>`}<p><b>Next step.</b> ${next}${about}</p></section>
`;
}

function textList(h: Markup, title: string, texts: readonly string[]): Html {
  if (texts.length === 0) return NOTHING;
  const left = texts.length - MOST_LINES;
  return h`<section class="card"><h2>${title}</h2><ul class="texts">${texts.slice(0, MOST_LINES).map((text) => h`<li>${text}</li>`)}</ul>${left > 0 ? h`<p class="note">${counted(left, 'more line')} in the JSON report.</p>` : NOTHING}</section>
`;
}

function imagesOverview(h: Markup, { images }: PageModel): Html {
  if (images === undefined)
    return h`<section class="card"><h2>Images</h2><p class="none">Not known: the run ended before it found the images.</p></section>`;
  if (images.length === 0)
    return h`<section class="card"><h2>Images</h2><p class="none">The run has no image.</p></section>`;
  if (images.length === 1) return NOTHING;
  const rows = images.map(({ name, packageId, state, updates, skipped }, place) => {
    const { words, tone } = STATE_WORDS[state];
    return h`<tr><td><a href="#image-${place}"><bdi>${h.cell(name)}</bdi></a> <small>${packageId}</small><td><b class="r ${tone}">${words}</b><td>${updates?.length ?? 'not known'}<td>${skipped?.length ?? 'not known'}
`;
  });
  const all = images.flatMap(({ updates }) => updates ?? []);
  return h`<section class="card"><h2>${counted(images.length, 'image')}</h2>${resultChart(h, all)}
<table class="overview"><caption class="hidden">Images of the run</caption><thead><tr><th scope="col">Image</th><th scope="col">State</th><th scope="col">Updates</th><th scope="col">Skipped</th></tr></thead><tbody>
${rows}</tbody></table></section>
`;
}
