import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';

import { summaryPage } from '../tools/pictures/page.js';
import { summaryOfARun } from '../tools/pictures/summary-of-a-run.js';
import { REPOSITORY } from '../tools/repository.js';

const fileOf = (...path: string[]): Buffer => readFileSync(join(REPOSITORY, ...path));

/** Width and height in the header of a PNG. */
function pixelsOf(png: Buffer): readonly [number, number] {
  assert.equal(png.toString('latin1', 1, 4), 'PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

suite('the pictures', () => {
  test('the job summary in the picture is that of a run', async () => {
    const shown = fileOf('docs', 'images', 'job-summary.txt').toString('utf8').replaceAll('\r\n', '\n');
    assert.equal(shown, await summaryOfARun(), 'run "npm run pictures", look at them, and commit them');
  });

  test('there is one for each theme, of the same size', () => {
    const [light, dark] = ['light', 'dark'].map((theme) =>
      pixelsOf(fileOf('docs', 'images', `job-summary-${theme}.png`)),
    );
    assert.deepEqual(light, dark);
  });

  test('icons have the sizes that Marketplace and task editor want', () => {
    assert.deepEqual(pixelsOf(fileOf('assets', 'extension-icon.png')), [128, 128]);
    assert.deepEqual(pixelsOf(fileOf('assets', 'task-icon.png')), [32, 32]);
  });

  test('a page of a summary has its tables, and the colours of its theme', () => {
    const page = summaryPage('| A |\n| --- |\n| b |\n', 'dark');
    assert.match(page, /<td>b<\/td>/);
    assert.match(page, /background: #0d1117/);
  });
});
