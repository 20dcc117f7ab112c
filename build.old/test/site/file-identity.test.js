import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { fileIdentity, relationOf } from '../../src/site/file-identity.js';
const relation = (one, other) => relationOf(fileIdentity(one), fileIdentity(other));
const PLAIN = String.raw `\\cm01\s\folder\a.wim`;
suite('the identity of a file', () => {
    for (const other of [
        String.raw `\\CM01\S\Folder\A.WIM`,
        String.raw `\\cm01\s\.\folder\.\a.wim`,
        String.raw `\\cm01\s\folder\x\..\a.wim`,
        String.raw `\\cm01\s\\folder\\\a.wim`,
        String.raw `\\\\cm01\\s\\folder\\a.wim`,
        String.raw `\\?\UNC\cm01\s\folder\a.wim`,
        String.raw `\\?\unc\cm01\s\folder\a.wim`,
        String.raw `\\.\UNC\cm01\s\folder\a.wim`,
        String.raw `\??\UNC\cm01\s\folder\a.wim`,
        '//cm01/s/folder/a.wim',
        '//?/UNC/cm01/s/folder/a.wim',
        `${PLAIN} `,
        ` ${PLAIN}`,
        `${PLAIN}.`,
        `${PLAIN}. .`,
        `${PLAIN}\\`,
        String.raw `\\cm01.\s\folder\a.wim`,
        String.raw `\\cm01\s\folder.\a.wim`,
    ]) {
        test(`is one for ${JSON.stringify(other)}`, () => {
            assert.equal(relation(PLAIN, other), 'same');
            assert.equal(relation(other, PLAIN), 'same');
            assert.deepEqual(fileIdentity(other), fileIdentity(PLAIN));
        });
    }
    for (const other of [
        String.raw `\\cm02\s\folder\a.wim`,
        String.raw `\\cm01\t\folder\a.wim`,
        String.raw `\\cm01\s\folder\b.wim`,
        String.raw `\\cm01\s\folder\a.wim2`,
        String.raw `\\cm01\s\a.wim`,
        String.raw `\\cm011.lab\s\folder\a.wim`,
        String.raw `D:\s\folder\a.wim`,
    ]) {
        test(`is another for ${other}`, () => {
            assert.equal(relation(PLAIN, other), 'different');
            assert.equal(relation(other, PLAIN), 'different');
        });
    }
    test('is open where only the length of the host differs', () => {
        const full = String.raw `\\cm01.lab.example\s\folder\a.wim`;
        assert.equal(relation(PLAIN, full), 'same-if-one-host');
        assert.equal(relation(full, PLAIN), 'same-if-one-host');
        assert.equal(relation(String.raw `\\cm01.lab\s\folder\a.wim`, full), 'same-if-one-host');
        assert.equal(relation(String.raw `\\cm01.other.example\s\folder\a.wim`, full), 'different');
        assert.equal(relation(String.raw `\\10\s\a.wim`, String.raw `\\10.0.0.1\s\a.wim`), 'different');
    });
    test('of a folder holds what lies in it, and nothing beside it', () => {
        assert.equal(relation(String.raw `\\cm01\s\Win`, String.raw `\\CM01\S\win\sources\install.wim`), 'same');
        assert.equal(relation(String.raw `\\cm01\s\Win`, String.raw `\\cm01\s\Windows\install.wim`), 'different');
        assert.equal(relation(String.raw `\\cm01\s\win\sources\install.wim`, String.raw `\\cm01\s\Win`), 'different');
    });
    test('of a path on a drive is one in the same ways', () => {
        assert.equal(relation(String.raw `D:\s\a.wim`, String.raw `\\?\d:\S\.\x\..\A.wim `), 'same');
        assert.equal(relation(String.raw `D:\s\a.wim`, String.raw `E:\s\a.wim`), 'different');
    });
    const name = fc.stringMatching(/^[a-z0-9_$][a-z0-9 ._$-]{0,6}[a-z0-9_$-]$/);
    const path = fc.tuple(name, fc.array(name, { minLength: 2, maxLength: 5 }));
    test('survives every way to write a path, and all of them together', () => {
        fc.assert(fc.property(path, fc.array(fc.nat(5), { minLength: 40, maxLength: 40 }), ([host, names], draws) => {
            let drawn = 0;
            const draw = () => draws[drawn++ % draws.length] ?? 0;
            const separator = () => ['\\', '\\\\', '/', '\\.\\', '\\/', '\\'][draw()] ?? '\\';
            const [share = '', ...folders] = names;
            const noisy = (each) => {
                const cased = draw() % 2 === 0 ? each.toUpperCase() : each;
                return draw() === 0 ? `gone\\..\\${cased}` : cased;
            };
            const start = ['\\\\', '//', '\\\\?\\UNC\\', '\\\\.\\UNC\\', '\\\\\\\\', '\\\\'][draw()] ?? '\\\\';
            const end = ['', ' ', '.', '\\', '. ', '/'][draw()] ?? '';
            const written = `${start}${host}${separator()}${share}${folders.map((each) => separator() + noisy(each)).join('')}${end}`;
            assert.deepEqual(fileIdentity(written), fileIdentity(`\\\\${host}\\${names.join('\\')}`));
        }));
    });
    test('never reads more than the share out of too many dots', () => {
        fc.assert(fc.property(path, fc.nat(10), ([host, [share = '']], ups) => {
            const { segments } = fileIdentity(`\\\\${host}\\${share}${'\\..'.repeat(ups)}\\a.wim`);
            assert.deepEqual(segments, [share, 'a.wim']);
        }));
    });
    test('never throws', () => {
        fc.assert(fc.property(fc.string(), (text) => {
            fileIdentity(text);
        }));
    });
});
//# sourceMappingURL=file-identity.test.js.map