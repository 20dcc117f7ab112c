import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';

import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';

import { htmlPage } from '../../../src/report/page/html-page.js';
import type { PageModel } from '../../../src/report/page/page-model.js';
import { REPOSITORY } from '../../../tools/repository.js';
import { open, startBrowser, WITHOUT_CHROMIUM, type View } from './browser.js';
import { HOSTILE, imageWith, MODEL, update } from './page-under-test.js';

suite('the page in Chromium', { skip: WITHOUT_CHROMIUM }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(async () => browser.close());
  const opened = async (model: PageModel, view?: View): ReturnType<typeof open> =>
    open(browser, htmlPage(model), view);

  test('hostile texts are texts: no script, no element, no request', async () => {
    const model = hostileModel(HOSTILE.join(' '), HOSTILE);
    const { page, requests, complaints } = await opened(model, { width: 390 });
    assert.equal(await page.evaluate('window.hacked'), undefined);
    assert.deepEqual([requests, complaints], [[], []]);
    assert.equal(await overflow(page), 0);
    const plain = await opened(
      hostileModel(
        'x',
        HOSTILE.map(() => 'x'),
      ),
    );
    assert.equal(await skeleton(page), await skeleton(plain.page));
    await plain.page.context().close();
    await page.context().close();
  });

  test('whatever a text is, the elements and attributes of the page are the same', async () => {
    const { page } = await opened(MODEL);
    const expected = await parsedSkeleton(page, htmlPage(hostileModel('x', ['x'])));
    const piece = fc.oneof(
      fc.constantFrom(...HOSTILE, '<', '>', '"', "'", '&', '</td>', '<!--'),
      fc.string(),
    );
    const texts = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => `x${pieces.join('')}`);
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        assert.equal(await parsedSkeleton(page, htmlPage(hostileModel(text, [text]))), expected);
      }),
      { numRuns: 60 },
    );
    await page.context().close();
  });

  test('the keyboard filters and sorts', async () => {
    const { page } = await opened({
      ...MODEL,
      images: [imageWith(update(0, 'failed'), update(1), update(2))],
    });
    const articles = async (): Promise<string[]> =>
      page.locator('.updates tbody tr:visible td:first-child').allInnerTexts();
    await page.getByRole('searchbox').focus();
    await page.keyboard.type('kb5034125 installed');
    assert.deepEqual(await articles(), ['KB5034125']);
    assert.equal(await page.getByRole('status').innerText(), '1 of 3 rows');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Failed');
    assert.deepEqual(await articles(), ['KB5034123']);
    await page.keyboard.press('Home');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    assert.deepEqual(await articles(), ['KB5034125', 'KB5034124', 'KB5034123']);
    assert.equal(
      await page.getByRole('columnheader', { name: 'Article' }).first().getAttribute('aria-sort'),
      'descending',
    );
    await page.context().close();
  });

  test('without a script everything is there, and no control that does nothing', async () => {
    const { page } = await opened(MODEL, { script: false });
    assert.equal(await page.locator('.updates tbody tr:visible').count(), 6);
    assert.equal(await page.locator('input, select, button').count(), 0);
    await page.context().close();
  });

  test('2,000 updates fit at both widths, and are filtered', async () => {
    const model = { ...MODEL, images: [imageWith(...Array.from({ length: 2000 }, (_, at) => update(at)))] };
    for (const width of [390, 1280]) {
      const { page } = await opened(model, { width });
      assert.equal(await overflow(page), 0);
      await page.getByRole('searchbox').fill('KB5034999');
      assert.equal(await page.getByRole('status').innerText(), '1 of 2,000 rows');
      await page.context().close();
    }
  });

  for (const width of [390, 1280])
    for (const colorScheme of ['light', 'dark'] as const)
      test(`axe-core finds nothing, and nothing overflows: ${colorScheme}, ${width} px`, async () => {
        const { page, complaints } = await opened(MODEL, { width, colorScheme });
        assert.deepEqual(await violationsOf(page), []);
        assert.equal(await overflow(page), 0);
        assert.deepEqual(complaints, []);
        await page.context().close();
      });

  test('dark is dark, and paper is white without controls', async () => {
    const { page } = await opened(MODEL, { colorScheme: 'dark' });
    const background = 'getComputedStyle(document.body).backgroundColor';
    assert.equal(await page.evaluate(background), 'rgb(18, 22, 28)');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.equal(await page.evaluate(background), 'rgb(255, 255, 255)');
    assert.equal(await page.getByRole('searchbox').count(), 0);
    const pdf = await page.pdf({ format: 'A4' });
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
    await page.context().close();
  });
});

/** The texts in every place that takes one. */
function hostileModel(text: string, list: readonly string[]): PageModel {
  const hostileUpdate = { ...update(0, 'failed'), article: text, title: text };
  const code = { result: 'failed', index: 1, code: text } as const;
  const image = {
    ...imageWith({ ...hostileUpdate, results: [code] }),
    packageId: text,
    name: text,
    siteServer: text,
    osVersion: text,
    scheduleName: text,
    phases: [{ name: text, from: new Date(0), to: new Date(1000) }],
    skipped: [{ ciId: 1, article: text, title: text, reason: text }],
    distribution: { points: [{ name: text, state: 'failed' as const, detail: text }] },
  };
  return {
    ...MODEL,
    product: { name: text, version: text },
    verb: text,
    host: text,
    site: { code: text, name: text, version: text },
    provider: text,
    diagnoses: [{ code: text, what: text, cause: text, next: text, link: `https://${text}` }],
    warnings: list,
    notes: list,
    settings: [{ name: text, value: text }],
    images: [image, image],
  };
}

/** Every element with the names of its attributes, in order. */
const SKELETON =
  '(root) => [...root.querySelectorAll("*")].map((each) => each.localName + "[" + [...each.attributes].map(({ name }) => name) + "]").join(" ")';

async function skeleton(page: Page): Promise<unknown> {
  return page.evaluate(`(${SKELETON})(document)`);
}

async function parsedSkeleton(page: Page, html: string): Promise<unknown> {
  return page.evaluate(
    `(${SKELETON})(new DOMParser().parseFromString(${JSON.stringify(html)}, "text/html"))`,
  );
}

async function overflow(page: Page): Promise<unknown> {
  return page.evaluate('document.documentElement.scrollWidth - innerWidth');
}

const AXE = readFileSync(join(REPOSITORY, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** All of them, the harmless ones too: there is no reason to let one in. */
async function violationsOf(page: Page): Promise<unknown> {
  await page.evaluate(AXE);
  return page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))',
  );
}
