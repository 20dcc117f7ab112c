import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { REPOSITORY } from '../repository.js';

/** Renders assets/icon.svg into the two icons of the extension. It needs chromium on the PATH. */
const ICONS = [
  { file: 'task-icon.png', pixels: 32 },
  { file: 'extension-icon.png', pixels: 128 },
] as const;

const svg = readFileSync(join(REPOSITORY, 'assets/icon.svg'), 'utf8');

for (const { file, pixels } of ICONS) {
  const page = `<style>body{margin:0}svg{display:block;width:${pixels}px}</style>${svg}`;
  execFileSync('chromium', [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    '--default-background-color=00000000',
    `--window-size=${pixels},${pixels}`,
    `--screenshot=${join(REPOSITORY, 'assets', file)}`,
    `data:text/html,${encodeURIComponent(page)}`,
  ]);
}
