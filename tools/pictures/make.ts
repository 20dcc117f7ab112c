import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { REPOSITORY } from '../repository.js';
import { heightOf, takePicture } from './chromium.js';
import { summaryPage, type Theme } from './page.js';
import { summaryOfARun } from './summary-of-a-run.js';

/**
 * `npm run pictures`: makes the pictures of README, overview page and extension. Those of the job summary show a run of
 * the shipped action. Its text is kept beside them, and a test compares it with a new run.
 */
const IMAGES = join(REPOSITORY, 'docs', 'images');
const ASSETS = join(REPOSITORY, 'assets');
const WIDTH = 900;
const SHARP = 1.25;
const THEMES: readonly Theme[] = ['light', 'dark'];
/** The pixels of each icon: the Marketplace shows one, and the task editor the other. */
const ICONS = { 'extension-icon.png': 128, 'task-icon.png': 32 };

const markdown = await summaryOfARun();
writeFileSync(join(IMAGES, 'job-summary.txt'), markdown);
for (const theme of THEMES) {
  const page = summaryPage(markdown, theme);
  const size = { width: WIDTH, height: heightOf(page, WIDTH) };
  takePicture(page, join(IMAGES, `job-summary-${theme}.png`), size, SHARP);
}

const svg = readFileSync(join(ASSETS, 'icon.svg'), 'utf8');
for (const [name, pixels] of Object.entries(ICONS)) {
  const page = `<!doctype html><style>body { margin: 0 } svg { display: block; width: ${pixels}px; height: ${pixels}px }</style>${svg}`;
  takePicture(page, join(ASSETS, name), { width: pixels, height: pixels }, 1);
}
