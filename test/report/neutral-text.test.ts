import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import { harmlessJson, neutralText } from '../../src/report/neutral-text.js';

suite('a text of a server', () => {
  test('cannot move the cursor, colour, hide, turn around or begin a new line', () => {
    const hostile = 'a\u001b[2Jb\rc\nd\u202ee\u200bf\u2028g\u0007h\u009bi\ud800j';
    assert.equal(
      neutralText(hostile),
      'a\\u{1b}[2Jb\\u{d}c d\\u{202e}e\\u{200b}f\\u{2028}g\\u{7}h\\u{9b}i\\u{d800}j',
    );
  });

  test('is never a command of a pipeline', () => {
    for (const [text, neutral] of [
      ['::error::x', '\\::error::x'],
      ['  ::set-output name=a::b', '  \\::set-output name=a::b'],
      ['a ##[error]b', 'a #\\#[error]b'],
      ['##VSO[task.complete]', '#\\#VSO[task.complete]'],
      ['###[x]', '##\\#[x]'],
      ['C:\\x::y ## z', 'C:\\x::y ## z'],
    ] as const) {
      assert.equal(neutralText(text), neutral);
    }
    fc.assert(
      fc.property(fc.array(fc.constantFrom(':', '#', '[', 'vso', ' ', '\n', '\u200b', 'a')), (parts) => {
        const text = neutralText(parts.join(''));
        assert.ok(!text.trimStart().startsWith('::') && !/##(vso)?\[/i.test(text), text);
      }),
    );
  });

  test('shows the code of every character that formats or directs without a sign of its own', () => {
    const invisible = /[\p{Bidi_Control}\p{Cf}\p{Zl}\p{Zp}\p{Cc}]/u;
    let seen = 0;
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code);
      if (!invisible.test(character)) continue;
      seen++;
      const drawn = character === '\n' || character === '\t' ? ' ' : `\\u{${code.toString(16)}}`;
      assert.equal(neutralText(`a${character}b`), `a${drawn}b`);
      const json = JSON.stringify(`a${character}b`);
      assert.equal(JSON.parse(harmlessJson(json)), `a${character}b`);
      assert.doesNotMatch(harmlessJson(json), invisible);
    }
    assert.ok(seen > 200);
  });

  test('shows the code of both ends of each range, and leaves their neighbours alone', () => {
    for (const [first, last] of [
      [0x00, 0x08],
      [0x0b, 0x1f],
      [0x7f, 0x9f],
      [0xad, 0xad],
      [0x600, 0x605],
      [0x61c, 0x61c],
      [0x180e, 0x180e],
      [0x200b, 0x200f],
      [0x2028, 0x202e],
      [0x2060, 0x206f],
      // Reserved for more of them.
      [0x2065, 0x2065],
      [0xfeff, 0xfeff],
      [0xfff9, 0xfffb],
      [0x1d173, 0x1d17a],
      [0xe0020, 0xe007f],
    ] as const) {
      for (const code of [first, last])
        assert.equal(neutralText(String.fromCodePoint(code)), `\\u{${code.toString(16)}}`);
    }
    for (const code of [
      0x20, 0x7e, 0xa0, 0xac, 0xae, 0x606, 0x61b, 0x200a, 0x2027, 0x202f, 0x205f, 0x2070, 0xfffc,
    ])
      assert.equal(neutralText(String.fromCodePoint(code)), String.fromCodePoint(code));
  });

  test('that people write stays as it is', () => {
    for (const text of ['Straße "Ä" – 日本語 🙂 e\u0301', '100 % & <b> | # \\ /'])
      assert.equal(neutralText(text), text);
  });

  test('is one printable line, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const neutral = neutralText(text);
        assert.doesNotMatch(neutral, /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        assert.ok(neutral.isWellFormed());
        assert.equal(neutralText(neutral), neutral);
      }),
    );
  });
});

suite('JSON on standard output', () => {
  test('means the same and holds no command and nothing invisible', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'binary' }),
            fc.constantFrom('##[error]', '##vso[x]', '\u202e', '\u009b'),
          ),
        ),
        (texts) => {
          const json = harmlessJson(JSON.stringify(texts, undefined, 2));
          assert.deepEqual(JSON.parse(json), texts);
          assert.doesNotMatch(json, /##(vso)?\[|[\u0080-\u009f\u202e\u200b]/i);
        },
      ),
    );
  });
});
