import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sharedFiles } from '../../src/plan/shared-files.js';
import { siteUnderTest } from '../site-under-test.js';
import { LTSC, SITE_WITH_TWO_GROUPS, WINDOWS_7, withImage } from './several-images.js';
import { errorOf, runOnce, writesOf } from './site-afterwards.js';
function imagesAt(...paths) {
    return paths.map((sourcePath, place) => ({
        class: 'SMS_ImagePackage',
        packageId: `LAB0000${place}`,
        name: 'An image',
        version: undefined,
        sourcePath,
        sourceSite: 'LAB',
    }));
}
const SHORT = String.raw `\\cm01\s\a.wim`;
const FULL = String.raw `\\cm01.lab.example\s\a.wim`;
suite('packages with one file', () => {
    test('are refused once for all that share it, and apart from those that share another', () => {
        const problems = sharedFiles(imagesAt(SHORT, String.raw `\\cm01\s\b.wim`, '//CM01/s/./A.wim ', undefined, String.raw `\\?\UNC\cm01\S\B.wim`));
        assert.deepEqual(problems.map(({ code, what }) => [code, what.match(/LAB0000\d/g)]), [
            ['OS214', ['LAB00000', 'LAB00002']],
            ['OS214', ['LAB00001', 'LAB00004']],
        ]);
        for (const { what } of problems)
            assert.match(what, /are one and the same file: /);
    });
    test('are refused with the reason where only the length of the server name differs', () => {
        const [problem, ...others] = sharedFiles(imagesAt(SHORT, FULL));
        assert.match(problem?.what ?? '', /if cm01 and cm01\.lab\.example are names of one server/);
        assert.match(problem?.cause ?? '', /only in the length of the server name/);
        assert.deepEqual(others, []);
    });
    test('are told together where some surely share it and others perhaps', () => {
        const [problem, ...others] = sharedFiles(imagesAt(SHORT, SHORT.toUpperCase(), FULL));
        assert.match(problem?.what ?? '', /LAB00000 and LAB00001 and LAB00002 .* if cm01 and cm01\.lab\.example/);
        assert.deepEqual(others, []);
    });
    test('are none where the servers, shares or names differ', () => {
        assert.deepEqual(sharedFiles(imagesAt(SHORT, String.raw `\\cm02.lab.example\s\a.wim`, String.raw `\\cm01\t\a.wim`, String.raw `\\cm01\s\a.wim.bak`, undefined, undefined)), []);
    });
    test('are refused by a run before it writes', async (t) => {
        const short = withImage(SITE_WITH_TWO_GROUPS, WINDOWS_7, { sourcePath: SHORT });
        const description = withImage(short, LTSC, { sourcePath: FULL });
        const site = await siteUnderTest(t, { simulator: { description } });
        assert.equal(errorOf(await runOnce(site, { images: [WINDOWS_7, LTSC] })).code, 'OS214');
        assert.equal(writesOf(site), 0);
    });
});
//# sourceMappingURL=shared-files.test.js.map