import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { markdownText } from '../../src/report/markdown-text.js';
import { formsOf, maskFor, NO_MASK, secretsOf } from '../../src/report/secret-mask.js';
import { SERVICE_INPUTS as INPUTS } from '../../src/verbs/service/inputs.js';

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
    const mask = maskFor(
      secretsOf(INPUTS, { username: 'CORP\\svc ', password: 'p&ss <w>rd\n', token: 'a.token' }),
    );
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

  test('is hidden whichever of its characters an encoder encodes', () => {
    const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJjbTAxIn0.c2lnbmF0dXJl-_x';
    const mask = maskFor([jwt, `p.w<d>&'x"`]);
    for (const written of [
      jwt,
      jwt.replaceAll('.', '&#46;'),
      jwt.replaceAll('.', '&#x2e;'),
      jwt.replaceAll('.', '&#x2E;'),
      jwt.replaceAll('.', '\\.'),
      jwt.replaceAll('.', '%2E').replaceAll('-', '%2d'),
      jwt.replaceAll('.', '\\u002e'),
      jwt.replace('.', '&#46;'),
      markdownText(jwt),
      'p.w&lt;d&gt;&amp;&#39;x&quot;',
      'p.w&#60;d&#62;&#38;&apos;x&#34;',
      'p.w\\u003cd\\u003e\\u0026\\u0027x\\"',
      'p%2Ew%3cd%3E%26%27x%22',
      markdownText(`p.w<d>&'x"`),
    ])
      assert.equal(mask(`a ${written} b`), 'a *** b', written);
  });

  test('is hidden with any one of its characters encoded in any one way', () => {
    const encoded: Readonly<Record<string, readonly string[]>> = {
      '.': ['&#46;', '&#x2e;', '&#x2E;', '&#X2E;', '%2e', '%2E', '\\u002e', '\\u{2e}', '\\.'],
      '"': ['&quot;', '&#34;', '\\"'],
      "'": ['&apos;', '&#39;'],
      ' ': ['&nbsp;', '+', '%20'],
      '\n': ['\\n', ' ', '%0A'],
      '\t': ['\\t', ' ', '%09'],
      '\r': ['\\r', '%0D'],
      ä: ['%C3%A4', '%c3%a4', '\\u00e4', '\\u00E4', '&#228;'],
      '🙂': ['%F0%9F%99%82', '\\ud83d\\ude42', '\\u{1f642}', '&#x1F642;'],
    };
    for (const [character, forms] of Object.entries(encoded)) {
      for (const form of forms) {
        // The minus stays plain, so that no list of whole forms holds this.
        const between = maskFor([`ab-${character}cd`]);
        assert.equal(between(`x ab-${form}cd y`), 'x *** y', form);
        const first = maskFor([`${character}ab-cd`]);
        // A backslash before a character that stays plain is no part of the secret.
        if (character.trim() !== '' && !form.endsWith(character))
          assert.equal(first(`x ${form}ab-cd y`), 'x *** y', form);
      }
    }
  });

  test('is hidden each time, also where one follows another at once', () => {
    const mask = maskFor(['ab-.cd']);
    assert.equal(mask('ab-&#46;cdab-&#46;cd ab-&#46;cd'), '****** ***');
    assert.equal(mask('ab-&#46;c'), 'ab-&#46;c');
    assert.equal(mask(''), '');
    assert.equal(NO_MASK('ab-.cd'), 'ab-.cd');
  });

  test('is hidden in Base64 without its padding', () => {
    assert.equal(maskFor(['abcd'])('x YWJjZA y'), 'x *** y');
    assert.equal(maskFor(['abcde'])('x YWJjZGU y'), 'x *** y');
  });

  test('is none where there is none, and no login without both of its parts', () => {
    assert.deepEqual(secretsOf(INPUTS, {}), []);
    assert.deepEqual(secretsOf(INPUTS, { username: 'u' }), []);
    assert.deepEqual(secretsOf(INPUTS, { password: 'pass' }), ['pass']);
    assert.deepEqual(secretsOf(INPUTS, { username: ' u ', password: 'pass\r\n' }), ['pass\r\n', 'u:pass']);
  });

  test('that was cut is hidden as far as it goes', () => {
    const mask = maskFor(['a-token-of-the-tests']);
    assert.equal(mask('Bearer a-toke…'), 'Bearer ***…');
    assert.equal(mask('Bearer a-token-of-t…'), 'Bearer ***…');
    assert.equal(mask('Bearer a-tok…'), 'Bearer a-tok…');
    assert.equal(mask('Bearer a-token-of-t.'), 'Bearer a-token-of-t.');
  });

  test('with blanks or line ends around it is hidden without them, too', () => {
    for (const texts of [{ token: '  a-token \t' }, { token: 'a-token\r\n' }, { password: 'a-token\r\n' }]) {
      assert.equal(maskFor(secretsOf(INPUTS, texts))('x:a-token;'), 'x:***;');
    }
    const mask = maskFor(secretsOf(INPUTS, { username: 'u', password: ' pass word \r\n' }));
    assert.equal(mask(Buffer.from('u: pass word ').toString('base64')), '***');
    assert.equal(mask('x: pass word ;'), 'x:***;');
  });

  test('that holds another secret is hidden whole', () => {
    assert.equal(maskFor(['abcd', 'abcd.efgh'])('x abcd&#46;efgh abcd'), 'x *** ***');
  });

  test('is hidden in no time in a long text of its own beginning', { timeout: 20_000 }, () => {
    const secret = `${'a.'.repeat(1_000)}b`;
    assert.equal(maskFor([secret])('a.'.repeat(20_000)).length, 40_000);
  });

  test('of white space alone hides nothing', () => {
    assert.equal(maskFor(secretsOf(INPUTS, { password: '      \n' }))('a       b'), 'a       b');
  });

  test('that is too short to be one hides nothing', () => {
    assert.equal(maskFor(['', 'a', 'abc'])('abc a'), 'abc a');
  });
});
