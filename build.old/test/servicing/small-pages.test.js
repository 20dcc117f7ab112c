import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { SMALL_SITE, siteUnderTest } from '../site-under-test.js';
import { errorOf, NOTHING, remainsOf, runOnce } from './site-afterwards.js';
/** Names, groups, articles, CI_IDs, what is applicable, statuses, relations. */
const article = SMALL_SITE.updates.find(({ articleId }) => articleId !== '')?.articleId ?? '';
const REQUEST = {
    images: ['Windows 7 Enterprise', 'Windows 11 Enterprise'],
    updateGroups: ['Windows 7'],
    updates: [{ kind: 'applicable' }, { kind: 'article', article }],
    unusableUpdates: 'skip',
};
const SERVICE = { component: 'off' };
async function site(t, simulator) {
    return siteUnderTest(t, { simulator: { ...SERVICE, ...simulator } });
}
const linked = ({ simulator }) => simulator.state
    .objects('SMS_ImageServicingScheduledUpdate')
    .map(({ UpdateID }) => Number(UpdateID))
    .sort((one, other) => one - other);
suite('a service that puts few rows into one response', () => {
    for (const pageSize of [1, 5, 20, 25, 50, 100]) {
        for (const pagesCarryNextLink of [false, true]) {
            const pages = { pageSize, pagesCarryNextLink };
            test(`schedules the same updates with pages of ${pageSize}${pagesCarryNextLink ? ' that carry a link' : ''}`, async (t) => {
                const whole = await site(t, {});
                const cut = await site(t, pages);
                const [expected, ended] = [await runOnce(whole, REQUEST), await runOnce(cut, REQUEST)];
                assert.equal(ended.error, undefined, JSON.stringify(ended.error));
                assert.equal(expected.error, undefined);
                assert.ok(linked(whole).length > 40);
                assert.deepEqual(linked(cut), linked(whole));
                t.diagnostic(`${cut.simulator.requests.length} requests, without limits ${whole.simulator.requests.length}`);
            });
        }
    }
    test('whose order changes between requests, and that gives one row without the whole key, too', async (t) => {
        const whole = await site(t, {});
        const cut = await site(t, { pageSize: 7, manners: ['changing-order', 'key-in-select'] });
        await runOnce(whole, REQUEST);
        assert.equal((await runOnce(cut, REQUEST)).error, undefined);
        assert.deepEqual(linked(cut), linked(whole));
    });
    test('finds both images of one name, and the nearest of all names', async (t) => {
        const twin = SMALL_SITE.images.find(({ name }) => name === 'Windows 7 Enterprise');
        assert.ok(twin);
        const description = { ...SMALL_SITE, images: [...SMALL_SITE.images, { ...twin, packageId: 'LAB00FFF' }] };
        const one = await site(t, { pageSize: 1, description });
        assert.equal(errorOf(await runOnce(one, REQUEST)).code, 'OS203');
        const [whole, cut] = [await site(t, {}), await site(t, { pageSize: 1 })];
        const misspelt = { ...REQUEST, images: ['Windows 7 Enterprize'], updateGroups: ['Windows 77'] };
        assert.deepEqual(await runOnce(cut, misspelt), await runOnce(whole, misspelt));
        assert.deepEqual(remainsOf(cut.simulator), NOTHING);
    });
});
suite('a service with manners of its own', () => {
    for (const manner of ['bare-objects', 'short-next-links', 'null-results']) {
        test(`${manner}: a run comes to the same end`, async (t) => {
            const whole = await site(t, {});
            const other = await site(t, {
                manners: [manner],
                pageSize: 30,
                pagesCarryNextLink: manner === 'short-next-links',
            });
            await runOnce(whole, REQUEST);
            assert.equal((await runOnce(other, REQUEST)).error, undefined);
            assert.deepEqual(linked(other), linked(whole));
        });
    }
    test('repeated-next-link: the run ends at the first repetition', async (t) => {
        const other = await site(t, { manners: ['repeated-next-link'], pageSize: 5, pagesCarryNextLink: true });
        assert.equal(errorOf(await runOnce(other, REQUEST)).code, 'OS308');
        assert.ok(other.simulator.requests.length < 40, String(other.simulator.requests.length));
    });
});
suite('a service with a limit for its filters', () => {
    const images = SMALL_SITE.images.filter(({ name }) => name.startsWith('Windows 7')).slice(0, 1);
    const [first] = images;
    const many = Array.from({ length: 20 }, (_, place) => ({
        ...first,
        packageId: `LAB00A${place.toString(16).toUpperCase().padStart(2, '0')}`,
        name: `Image ${place}`,
        sourcePath: `\\\\cm01.lab.example\\Sources\\${place}.wim`,
    }));
    const description = { ...SMALL_SITE, images: many };
    const [name = '', ...others] = many.map((image) => image.name);
    const request = {
        images: [name, ...others],
        updateGroups: ['Windows 7'],
        unusableUpdates: 'skip',
    };
    for (const manners of [[], ['long-filter-500'], ['long-filter-cut']]) {
        test(`of 20 comparisons services 20 images with a group of more (${manners.join() || '404'})`, async (t) => {
            const other = await site(t, { description, longestFilterTerms: 20, manners });
            const ended = await runOnce(other, request);
            assert.equal(ended.error, undefined, JSON.stringify(ended.error));
            assert.equal(other.simulator.state.objects('SMS_ImageServicingSchedule').length, 20);
        });
    }
});
//# sourceMappingURL=small-pages.test.js.map