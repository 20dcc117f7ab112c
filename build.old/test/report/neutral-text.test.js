import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { markdownText } from '../../src/report/markdown-text.js';
import { harmlessJson, neutralText } from '../../src/report/neutral-text.js';
import { formsOf, maskFor, secretsOf } from '../../src/report/secret-mask.js';
suite('a text of a server', () => {
    test('cannot move the cursor, colour, hide, turn around or begin a new line', () => {
        const hostile = 'a\u001b[2Jb\rc\nd\u202ee\u200bf\u2028g\u0007h\u009bi\ud800j';
        assert.equal(neutralText(hostile), 'a\\u{1b}[2Jb\\u{d}c d\\u{202e}e\\u{200b}f\\u{2028}g\\u{7}h\\u{9b}i\\u{d800}j');
    });
    test('is never a command of a pipeline', () => {
        for (const [text, neutral] of [
            ['::error::x', '\\::error::x'],
            ['  ::set-output name=a::b', '  \\::set-output name=a::b'],
            ['a ##[error]b', 'a #\\#[error]b'],
            ['##VSO[task.complete]', '#\\#VSO[task.complete]'],
            ['###[x]', '##\\#[x]'],
            ['C:\\x::y ## z', 'C:\\x::y ## z'],
        ]) {
            assert.equal(neutralText(text), neutral);
        }
        fc.assert(fc.property(fc.array(fc.constantFrom(':', '#', '[', 'vso', ' ', '\n', '\u200b', 'a')), (parts) => {
            const text = neutralText(parts.join(''));
            assert.ok(!text.trimStart().startsWith('::') && !/##(vso)?\[/i.test(text), text);
        }));
    });
    test('shows the code of every character that formats or directs without a sign of its own', () => {
        const invisible = /[\p{Bidi_Control}\p{Cf}\p{Zl}\p{Zp}\p{Cc}]/u;
        let seen = 0;
        for (let code = 0; code <= 0x10ffff; code++) {
            const character = String.fromCodePoint(code);
            if (!invisible.test(character))
                continue;
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
            [0xfeff, 0xfeff],
            [0xfff9, 0xfffb],
            [0x1d173, 0x1d17a],
            [0xe0020, 0xe007f],
        ]) {
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
        fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
            const neutral = neutralText(text);
            assert.doesNotMatch(neutral, /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
            assert.ok(neutral.isWellFormed());
            assert.equal(neutralText(neutral), neutral);
        }));
    });
});
suite('JSON on standard output', () => {
    test('means the same and holds no command and nothing invisible', () => {
        fc.assert(fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('##[error]', '##vso[x]', '\u202e', '\u009b'))), (texts) => {
            const json = harmlessJson(JSON.stringify(texts, undefined, 2));
            assert.deepEqual(JSON.parse(json), texts);
            assert.doesNotMatch(json, /##(vso)?\[|[\u0080-\u009f\u202e\u200b]/i);
        }));
    });
});
suite('a secret', () => {
    test('is hidden in every form in which it travels', () => {
        const secret = `p"ä'ss w%rd/+=`;
        const mask = maskFor([secret]);
        for (const form of formsOf(secret))
            assert.equal(mask(`before ${form} after`), 'before *** after', form);
        assert.equal(mask(`Authorization: Basic ${Buffer.from(secret).toString('base64')}`), 'Authorization: Basic ***');
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
        ])
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
    test('that was cut is hidden as far as it goes', () => {
        const mask = maskFor(['a-token-of-the-tests']);
        assert.equal(mask('Bearer a-token-of-t…'), 'Bearer ***…');
        assert.equal(mask('Bearer a-tok…'), 'Bearer a-tok…');
        assert.equal(mask('Bearer a-token-of-t.'), 'Bearer a-token-of-t.');
    });
    test('with blanks or line ends around it is hidden without them, too', () => {
        for (const texts of [{ token: '  a-token \t' }, { token: 'a-token\r\n' }, { password: 'a-token\r\n' }]) {
            assert.equal(maskFor(secretsOf(texts))('x:a-token;'), 'x:***;');
        }
        const mask = maskFor(secretsOf({ username: 'u', password: ' pass word \r\n' }));
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
        assert.equal(maskFor(secretsOf({ password: '      \n' }))('a       b'), 'a       b');
    });
    test('that is too short to be one hides nothing', () => {
        assert.equal(maskFor(['', 'a', 'abc'])('abc a'), 'abc a');
    });
});
//# sourceMappingURL=neutral-text.test.js.map