import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { SMALL_SITE, siteUnderTest } from '../site-under-test.js';
import { LTSC, SITE_WITH_TWO_GROUPS, USABLE_UPDATES, withStatuses } from './several-images.js';
import { errorOf, runOnce, writesOf } from './site-afterwards.js';
const APPLICABLE = { kind: 'applicable' };
suite('what is applicable to an image', () => {
    test('is nothing where the site knows the image and holds no such update: then there is nothing to do', async (t) => {
        const [first = 0, second = 0] = USABLE_UPDATES;
        const description = withStatuses(SITE_WITH_TWO_GROUPS, LTSC, [
            [first, 1, 1],
            [second, 1, 2],
            ...Array.from({ length: 2_500 }, (_, place) => [18_000_000 + place, 1, 1]),
        ]);
        const site = await siteUnderTest(t, { simulator: { description } });
        const ended = await runOnce(site, { images: [LTSC], updateGroups: [], updates: [APPLICABLE] });
        assert.equal(ended.result?.state, 'nothing-to-do', JSON.stringify(ended.error));
        assert.equal(writesOf(site), 0);
        // What applies, and one page of what else there is, however long that is.
        const asked = site.simulator.requests.filter(({ className }) => className === 'SMS_ImageUpdateStatus');
        assert.equal(asked.length, 2);
    });
    test('an update that the site does not show any more is not readable', async (t) => {
        const [first = 0] = USABLE_UPDATES;
        const description = {
            ...withStatuses(SITE_WITH_TWO_GROUPS, LTSC, [[first, 1, 3]]),
            updates: SMALL_SITE.updates.filter(({ ciId }) => ciId !== first),
        };
        const site = await siteUnderTest(t, { simulator: { description } });
        const ended = await runOnce(site, { images: [LTSC], updateGroups: [], updates: [APPLICABLE] });
        assert.equal(errorOf(ended).code, 'OS207');
    });
});
//# sourceMappingURL=applicable-updates.test.js.map