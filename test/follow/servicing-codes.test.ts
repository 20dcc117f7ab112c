import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import { KNOWN_CODES } from '../../src/follow/known-codes.js';
import { servicingCode } from '../../src/follow/servicing-codes.js';

suite('an error code of servicing', () => {
  test('is the same whether the site gives a Win32 number or an HRESULT, signed or not', () => {
    const text =
      '0x8007007b (Win32 123, ERROR_INVALID_NAME): A file name, folder name or volume label is not valid.';
    for (const column of [123, 0x8007007b, 0x8007007b | 0]) assert.equal(servicingCode(column)?.text, text);
    assert.equal(servicingCode(161)?.name, 'ERROR_BAD_PATHNAME');
  });

  test('is absent for 0', () => {
    assert.equal(servicingCode(0), undefined);
  });

  test('has no Win32 number where it is of another facility', () => {
    assert.equal(
      servicingCode(0x800f081e)?.text,
      '0x800f081e (CBS_E_NOT_APPLICABLE): The update does not apply to the image.',
    );
    assert.equal(servicingCode(0xc1420127 | 0)?.text, '0xc1420127: The image is mounted already.');
  });

  test('that is not known says so', () => {
    assert.equal(servicingCode(9_999)?.text, '0x8007270f (Win32 9999): This product does not know the code.');
    assert.equal(servicingCode(0x80abcdef)?.text, '0x80abcdef: This product does not know the code.');
    assert.equal(servicingCode(0x10000)?.text, '65536 is neither a Win32 error nor an HRESULT.');
    assert.equal(servicingCode(1.5)?.text, '1.5 is neither a Win32 error nor an HRESULT.');
  });

  test('says something for every number, and both forms of a Win32 error say the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: -0x80000000, max: 0xffffffff }), (column) => {
        assert.equal(servicingCode(column) === undefined, column === 0);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0xffff }), (win32) => {
        assert.deepEqual(servicingCode(win32), servicingCode((0x80070000 + win32) | 0));
        assert.equal(servicingCode(win32)?.win32, win32);
      }),
    );
  });

  test('of the table is an HRESULT, with sentences', () => {
    for (const [code, { words, advice }] of KNOWN_CODES) {
      assert.ok(code >= 0x80000000 && code <= 0xffffffff);
      assert.match(words, /^[A-Z].*\.$/u);
      if (advice !== undefined) assert.match(advice, /^[A-Z].*\.$/u);
    }
  });
});
