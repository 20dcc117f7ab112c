import { createHash } from 'node:crypto';

import type { InputSpelling } from '../../diagnosis/input-mention.js';
import { NO_MASK, type SecretMask } from '../secret-mask.js';
import { markupWith, NOTHING, type Html, type Markup } from './html-text.js';
import { fact, imageSection, rowsOfImage } from './image-section.js';
import { pageHead } from './page-head.js';
import type { PageModel } from './page-model.js';
import { roomFor } from './page-room.js';
import { PAGE_SCRIPT } from './page-script.js';
import { PAGE_STYLE } from './page-style.js';
import { STATE_WORDS } from './page-words.js';

const AS_IN_YAML: InputSpelling = { spell: (name) => name, writtenIn: 'yaml' };

/** The page loads nothing and sends nothing; it runs only its own script. */
const POLICY = [
  "default-src 'none'",
  `style-src '${hashOf(PAGE_STYLE)}'`,
  `script-src '${hashOf(PAGE_SCRIPT)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** One self-contained page for people: no network, and no script needed to read it. */
export function htmlPage(
  model: PageModel,
  mask: SecretMask = NO_MASK,
  spelling: InputSpelling = AS_IN_YAML,
): string {
  const h = markupWith(mask, spelling);
  const images = model.images ?? [];
  const parts = images.map((image, place) => ({ image, place, rows: rowsOfImage(h, image) }));
  const room = roomFor(parts.flatMap(({ rows }) => [rows.updates, rows.skipped, rows.points]));
  const title = `${STATE_WORDS[model.state].words} – offline servicing${model.site ? `, site ${model.site.code}` : ''}`;
  return h`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ html: POLICY }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${{ html: PAGE_STYLE }}</style>
</head>
<body>
${pageHead(h, model)}
${parts.map((each) => imageSection(h, { ...each, room, endedAt: model.endedAt }))}
${settingsSection(h, model)}
</main>
<script>${{ html: PAGE_SCRIPT }}</script>
</body>
</html>
`.html;
}

function settingsSection(h: Markup, { settings }: PageModel): Html {
  const shown =
    settings === undefined
      ? h`<p class="none">Not known: the inputs could not be read.</p>`
      : h`<dl class="facts">${settings.map(({ name, value }) => fact(h, name, value))}</dl>`;
  return settings?.length === 0 ? NOTHING : h`<section class="card"><h2>Settings</h2>${shown}</section>`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
