import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CONNECTIONS, SMALL_SITE, siteUnderTest } from '../site-under-test.js';
import { schedulesAt, USABLE_UPDATES, WINDOWS_7 } from './several-images.js';
import { runOnce } from './site-afterwards.js';
const NAMES = [
    'O\'Neill\'s "Kiosk" & #1 100% + a/b \\ c',
    "''; DROP --",
    'Größe ÄÖÜ ß – Süd',
    '月例更新プログラム ｶﾅ',
    'Rocket 🚀 👩‍💻',
    'right \u202Eto left\u202C \u200F mark',
    `long ${'x'.repeat(251)}`,
    'comma, semicolon; $(x) `x` ${x} %PATH% [a-z]_*?',
    'control \u0001\u001F\t\u0085 text',
    'two  blanks inside',
    'blank at the end ',
    '=1+1',
    '<script>&amp;</script>',
];
const [IMAGE] = SMALL_SITE.images.filter(({ packageId }) => packageId === WINDOWS_7);
const SITE = {
    ...SMALL_SITE,
    images: NAMES.flatMap((name, place) => IMAGE === undefined
        ? []
        : [
            {
                ...IMAGE,
                name,
                packageId: `LAB001${place.toString(16).padStart(2, '0').toUpperCase()}`,
                sourcePath: `\\\\cm01.lab.example\\Sources\\${place}.wim`,
            },
        ]),
    groups: NAMES.map((name, place) => ({
        ciId: 17_100_000 + place,
        name,
        description: '',
        updates: USABLE_UPDATES.slice(place % 3, 2 + (place % 3)),
        deployed: false,
    })),
};
for (const { connection, skip } of CONNECTIONS) {
    suite(`names as the world has them, over ${connection}`, { skip }, () => {
        test('all in one run: each image and group is found by its own, and comes back unharmed', async (t) => {
            const site = await siteUnderTest(t, { connection, simulator: { description: SITE } });
            const ended = await runOnce(site, { images: NAMES, updateGroups: NAMES });
            assert.ok(ended.result, JSON.stringify(ended.error));
            assert.deepEqual(ended.result.images.map(({ image }) => image.name), NAMES);
            assert.deepEqual(ended.result.updateGroups.map(({ name }) => name), NAMES);
            assert.deepEqual(schedulesAt(site).map(({ images, updates }) => [images[0], updates]), SITE.images.map(({ packageId }) => [packageId, USABLE_UPDATES.slice(0, 4)]));
        });
    });
}
suite('names that a person takes for one', () => {
    test('are two where the site takes them for two', async (t) => {
        const alike = ['Image ²', 'Image 2', 'ﬁnance', 'finance'];
        const description = {
            ...SITE,
            images: SITE.images.slice(0, 4).map((image, place) => ({ ...image, name: alike[place] ?? '' })),
            groups: SITE.groups.slice(0, 4).map((group, place) => ({ ...group, name: alike[place] ?? '' })),
        };
        const site = await siteUnderTest(t, { simulator: { description } });
        const ended = await runOnce(site, { images: alike, updateGroups: alike });
        assert.deepEqual(ended.result?.images.map(({ image }) => image.name), alike, JSON.stringify(ended.error));
    });
});
//# sourceMappingURL=names-of-the-world.test.js.map