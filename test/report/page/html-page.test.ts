import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inputNamed } from '../../../src/diagnosis/input-mention.js';
import { htmlPage } from '../../../src/report/page/html-page.js';
import type { PageModel } from '../../../src/report/page/page-model.js';
import { durationText, indexesText, momentText, worstResult } from '../../../src/report/page/page-words.js';
import { roomFor } from '../../../src/report/page/page-room.js';
import { maskFor } from '../../../src/report/secret-mask.js';
import { HOSTILE, imageWith, MODEL, update } from './page-under-test.js';

const NOTHING_KNOWN: PageModel = {
  product: MODEL.product,
  verb: 'service',
  state: 'failed',
  diagnoses: [],
  warnings: [],
  notes: [],
};

test('an article is a link to its page at Microsoft, and other texts are not', () => {
  const articles = ['5034123', 'KB5034124', 'KB1/../x', 'javascript:1'];
  const html = htmlPage({
    ...MODEL,
    images: [imageWith(...articles.map((article) => ({ ciId: 1, article, results: [] })))],
  });
  const links = [...html.matchAll(/href="([^"#]+)">KB/g)].map(([, link]) => link);
  assert.deepEqual(links.slice(0, 2), [
    'https://support.microsoft.com/help/5034123',
    'https://support.microsoft.com/help/5034124',
  ]);
  assert.equal(links.length, 3, 'two of the updates, and one of the skipped ones');
});

test('a link of a diagnosis is one only if it is https', () => {
  const diagnosis = { code: 'OS1', what: 'w', cause: '', next: 'n' };
  const page = (link: string): string => htmlPage({ ...MODEL, diagnoses: [{ ...diagnosis, link }] });
  assert.match(page('https://docs.example/a'), /href="https:\/\/docs\.example\/a"/);
  assert.doesNotMatch(page('javascript:alert(1)'), /javascript:/);
});

test('a secret is masked before it is escaped or cut', () => {
  const secret = `<p&"ss'word>`;
  const title = `${'x'.repeat(292)}${secret}`;
  const html = htmlPage(
    { ...MODEL, warnings: [`It is ${secret}.`], images: [imageWith({ ...update(0), title })] },
    maskFor([secret]),
  );
  assert.match(html, /It is \*\*\*\./);
  // Cut first, there would be the sign of a cut.
  assert.match(html, /xx\*\*\* <small>/);
  assert.doesNotMatch(html, /&lt;p&amp;|ss&#39;word/);
});

test('a failed update stands before an installed one, and indexes of the same result share a row', () => {
  const html = htmlPage({ ...MODEL, images: [imageWith(update(1), update(0, 'failed'))] });
  assert.ok(html.indexOf('>KB5034123<') < html.indexOf('>KB5034124<'));
  assert.equal(html.match(/<td>1, 3–6/g)?.length, 2);
});

test('what is not known is said', () => {
  const html = htmlPage(NOTHING_KNOWN);
  for (const words of ['before it found the images', 'inputs could not be read'])
    assert.ok(html.includes(words));
  const { packageId, name, state } = imageWith();
  const ofImage = htmlPage({ ...NOTHING_KNOWN, images: [{ packageId, name, state }] });
  for (const words of ['did not follow', 'before it read the updates', 'before it selected', 'did not wait'])
    assert.ok(ofImage.includes(words), words);
});

test('an input is named as the host spells it', () => {
  const spelling = { spell: (name: string) => `--${name}`, writtenIn: 'arguments' } as const;
  const html = htmlPage({ ...MODEL, warnings: [`Use ${inputNamed('dry-run')}.`] }, undefined, spelling);
  assert.match(html, /Use --dry-run\./);
});

test('control and bidi characters are shown as their codes', () => {
  const html = htmlPage({ ...MODEL, warnings: HOSTILE });
  assert.match(html, /safe\\u\{202e\}gnp/);
  // eslint-disable-next-line no-control-regex -- These are what must not be there.
  assert.doesNotMatch(html, /[\u0000-\u0009\u000b-\u001f\u200b\u202a-\u202e\u2066-\u2069]/);
});

test('the page stays below a megabyte, and says how many rows did not fit', () => {
  const typical = htmlPage({
    ...MODEL,
    images: [imageWith(...Array.from({ length: 2000 }, (_, at) => update(at)))],
  });
  assert.ok(Buffer.byteLength(typical) < 1_000_000);
  assert.equal(typical.match(/<td>1, 3–6/g)?.length, 2000);
  const hostile = htmlPage({
    ...MODEL,
    images: [
      imageWith(...Array.from({ length: 2000 }, (_, at) => ({ ...update(at), title: '"'.repeat(5000) }))),
    ],
  });
  assert.ok(Buffer.byteLength(hostile) < 1_000_000);
  assert.match(hostile, /more rows did not fit on this page/);
});

test('small tables are whole, and large ones share what is left', () => {
  const rows = (...texts: readonly string[]): readonly { readonly html: string }[] =>
    texts.map((html) => ({ html }));
  const [small, large, huge] = [rows('a'), rows('1234', '5', '6'), rows('12', '34', '56', '78')];
  const room = roomFor([large, small, huge], 11);
  assert.deepEqual(
    [small, large, huge].map((table) => room(table).length),
    [1, 2, 2],
  );
});

test('words of times and indexes', () => {
  assert.equal(indexesText([6, 1, 2, 3, 3]), '1–3, 6');
  assert.equal(durationText(7_500_000), '2 h 5 min');
  assert.equal(durationText(-5), '0 s');
  assert.equal(momentText(new Date('2026-01-14T02:05:09.123Z')), '2026-01-14 02:05:09 UTC');
  assert.equal(momentText(new Date(Number.NaN)), 'unknown');
  assert.equal(worstResult([{ result: 'installed' }, { result: 'failed' }]), 'failed');
});
