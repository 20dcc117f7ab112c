import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { siteUnderTest } from '../site-under-test.js';
import { LTSC, schedulesAt, SITE_WITH_TWO_GROUPS, UPGRADE } from './several-images.js';
import { errorOf, NOTHING, remainsOf, runOnce, SMALL_GROUP_UPDATES } from './site-afterwards.js';
import { assertEachWholeOrNothing } from './whole-or-nothing.js';
const WANTED = new Map([LTSC, UPGRADE].map((image) => [image, SMALL_GROUP_UPDATES]));
const REQUEST = { images: [LTSC, UPGRADE], writeOrder: 'as-console' };
const UPDATE_LINK = 'SMS_ImageServicingScheduledUpdate';
async function siteWith(t, component, faults = []) {
    return siteUnderTest(t, { simulator: { description: SITE_WITH_TWO_GROUPS, component, faults } });
}
suite('schedules that are written as the console writes them', () => {
    test('are marked from the beginning, and run whole where nothing wakes the component meanwhile', async (t) => {
        const site = await siteWith(t, 'when-woken');
        const ended = await runOnce(site, REQUEST);
        assert.equal(await assertEachWholeOrNothing(site, ended, WANTED), 'whole');
        const writes = site.simulator.requests.filter(({ method }) => method !== 'GET');
        assert.ok(!writes.some(({ method }) => method === 'PUT'), 'nothing is left to mark');
        const created = writes.filter(({ className }) => className === 'SMS_ImageServicingSchedule');
        for (const { body } of created)
            assert.equal(JSON.parse(body).Action, 1);
        assert.equal(created.length, 2);
        assert.ok(!site.progress.some(({ kind }) => kind === 'taken-early'));
        assert.deepEqual(site.progress.flatMap((step) => (step.kind === 'schedule-written' ? [step.isDraft] : [])), [false, false]);
    });
    test('may be taken with a part of their links, and the run tells it of each', async (t) => {
        const site = await siteWith(t, 'between-writes');
        const ended = await runOnce(site, REQUEST);
        assert.equal(ended.result?.state, 'scheduled', JSON.stringify(ended.error));
        // At the site everything is there in the end, though the component may have seen less.
        for (const { updates } of schedulesAt(site))
            assert.deepEqual(updates, SMALL_GROUP_UPDATES);
        const early = site.progress.flatMap((step) => (step.kind === 'taken-early' ? [step.image] : []));
        assert.ok(early.length >= 1);
        assert.equal(new Set(early).size, early.length, 'each once');
    });
    for (const [what, fault] of [
        ['a schedule', { kind: 'refuse', method: 'POST', class: 'SMS_ImageServicingSchedule', request: 2 }],
        ['a link', { kind: 'refuse', method: 'POST', class: UPDATE_LINK, request: 5 }],
        ['the wake', { kind: 'refuse', class: 'SMS_ImagePackage.RunOfflineServicingManager', request: 1 }],
    ]) {
        test(`are undone where the site refuses ${what}`, async (t) => {
            const site = await siteWith(t, 'when-woken', [fault]);
            const error = errorOf(await runOnce(site, REQUEST));
            assert.equal(error.code, 'OS401');
            assert.deepEqual(remainsOf(site.simulator), NOTHING);
        });
    }
    test('are told where the component took them before a refusal, perhaps with a part of their updates', async (t) => {
        const site = await siteWith(t, 'between-writes', [
            { kind: 'refuse', method: 'POST', class: UPDATE_LINK, request: 5 },
        ]);
        const error = errorOf(await runOnce(site, REQUEST));
        assert.ok(['OS402', 'OS403'].includes(error.code), error.code);
        assert.match(error.what, /has started meanwhile, perhaps with some of its updates only/);
        for (const { id } of schedulesAt(site))
            assert.match(error.what, new RegExp(`schedule ${id} `));
    });
});
//# sourceMappingURL=as-console.test.js.map