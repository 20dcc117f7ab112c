import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import { harmlessJson, neutralText } from '../../src/report/neutral-text.js';
import { formsOf, maskFor, secretsOf } from '../../src/report/secret-mask.js';

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

suite('a secret', () => {
  test('is hidden in every form in which it travels', () => {
    const secret = `p"ä'ss w%rd/+=`;
    const mask = maskFor([secret]);
    for (const form of formsOf(secret)) assert.equal(mask(`before ${form} after`), 'before *** after', form);
    assert.equal(
      mask(`Authorization: Basic ${Buffer.from(secret).toString('base64')}`),
      'Authorization: Basic ***',
    );
  });

  test('is hidden as Windows encodes it, and as a part of a login', () => {
    const mask = maskFor(secretsOf({ username: 'CORP\\svc ', password: 'p&ss <w>rd\n', token: 'a.token' }));
    const login = 'CORP\\svc:p&ss <w>rd';
    for (const [carried, said] of [
      [Buffer.from('p&ss <w>rd', 'utf16le').toString('base64'), '***'],
      [Buffer.from(login).toString('base64'), '***'],
      [Buffer.from(login, 'utf16le').toString('base64'), '***'],
      [JSON.stringify({ password: 'string:p&ss <w>rd' }), '{"password":"string:***"}'],
      ['<S>p&amp;ss &lt;w&gt;rd</S>', '<S>***</S>'],
      ['a.token and CORP\\svc', '*** and CORP\\svc'],
    ] as const)
      assert.equal(mask(carried), said);
  });

  test('of white space alone hides nothing', () => {
    assert.equal(maskFor(secretsOf({ password: '      \n' }))('a       b'), 'a       b');
  });

  test('that is too short to be one hides nothing', () => {
    assert.equal(maskFor(['', 'a', 'abc'])('abc a'), 'abc a');
  });
});
