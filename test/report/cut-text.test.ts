import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { cutAtItem } from '../../src/report/cut-text.js';
import { harmlessWith } from '../../src/report/harmless-text.js';
import { markdownText } from '../../src/report/markdown-text.js';
import { maskFor } from '../../src/report/secret-mask.js';

const REST = '… (the log of the step has all of it)';

suite('a text that is too long', () => {
  const longest = REST.length + 1 + 10;

  test('that is not stays as it is, up to the last character', () => {
    assert.equal(cutAtItem('a'.repeat(longest), longest), 'a'.repeat(longest));
    assert.equal(cutAtItem('a'.repeat(longest + 1), longest), `${'a'.repeat(10)} ${REST}`);
  });

  test('that is a list is cut behind its last whole item, else behind a word', () => {
    const rest = 'x'.repeat(longest);
    assert.equal(cutAtItem(`abcd, ef; ghi${rest}`, longest), `abcd, ef ${REST}`);
    assert.equal(cutAtItem(`abcdef, hij${rest}`, longest), `abcdef ${REST}`);
    assert.equal(cutAtItem(`abcdef hij${rest}`, longest), `abcdef ${REST}`);
  });

  test('that has such an end only in its first half is cut anywhere', () => {
    const rest = 'x'.repeat(longest);
    assert.equal(cutAtItem(`abcde fghij${rest}`, longest), `abcde fghi ${REST}`);
    assert.equal(cutAtItem(`a;cdef hij${rest}`, longest), `abcdef ${REST}`.replace('b', ';'));
  });

  test('that is cut in the middle of a character loses it whole, and has its note in any case', () => {
    assert.equal(
      cutAtItem(`${'a'.repeat(9)}🙂${'x'.repeat(longest)}`, longest),
      `${'a'.repeat(9)}\ufffd ${REST}`,
    );
    assert.equal(cutAtItem('a'.repeat(9), 3), ` ${REST}`);
  });
});

suite('a text on its way to people', () => {
  test('is masked before and after it is made harmless', () => {
    const harmless = harmlessWith(maskFor(['ab\u001bcd', 'one two']));
    assert.equal(harmless('x ab\u001bcd y'), 'x *** y');
    assert.equal(harmless('one\ttwo'), '***');
    assert.equal(harmless('a\u001bb'), 'a\\u{1b}b');
  });

  test('is itself in Markdown, whatever it holds', () => {
    const punctuation = '\\`*_{}[]()#+-.!|~:@$^"\'';
    const written = punctuation.replace(/./g, (each) => `&#${each.charCodeAt(0)};`);
    assert.equal(markdownText(`${punctuation}&<>`), `${written}&amp;&lt;&gt;`);
    assert.equal(markdownText('1 a 2'), '&#49; a 2');
    assert.equal(markdownText('  12'), '  &#49;2');
    assert.equal(markdownText('a\u001bb'), 'a&#92;u&#123;1b&#125;b');
  });
});
