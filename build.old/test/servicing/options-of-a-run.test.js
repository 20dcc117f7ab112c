import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CLEANUP_PROPERTY, describeDefaultSite, } from '../../src/simulator/index.js';
import { siteUnderTest } from '../site-under-test.js';
import { until } from '../until.js';
import { LTSC, schedulesAt, SITE_WITH_TWO_GROUPS, THREE_IMAGES, UPGRADE, WINDOWS_7, withStatuses, } from './several-images.js';
import { errorOf, NOTHING, remainsOf, runOnce, SMALL_GROUP_UPDATES, writesOf, } from './site-afterwards.js';
async function run(t, description, request) {
    const site = await siteUnderTest(t, { simulator: { description } });
    return { site, ended: await runOnce(site, request) };
}
suite('an update that a newer one of the same run supersedes', () => {
    for (const supersedence of ['from-newer', 'from-older']) {
        test(`is left out, with the relation written ${supersedence}`, async (t) => {
            const description = describeDefaultSite({ updates: 400, supersedence });
            const request = {
                images: ['Windows Server 2022', UPGRADE],
                updateGroups: ['Windows Server 2022', 'Windows 10 22H2 upgrade'],
                unusableUpdates: 'skip',
            };
            const { site, ended } = await run(t, description, request);
            assert.ok(ended.result, JSON.stringify(ended.error));
            const superseded = new Set(description.updates.filter((each) => each.superseded).map(({ ciId }) => ciId));
            assert.ok(superseded.size > 3);
            const titled = (title) => /^\d{4}-\d\d Cumulative Update for (?:Microsoft server|Windows 10)/.exec(title ?? '')?.[0];
            for (const { selection } of ended.result.images) {
                const leftOut = selection.leftOut.flatMap(({ update, reason }) => reason.why === 'superseded' ? [[titled(update?.title), titled(reason.by.title)]] : []);
                assert.deepEqual(leftOut, [
                    [
                        '2024-01 Cumulative Update for Microsoft server',
                        '2024-03 Cumulative Update for Microsoft server',
                    ],
                    [
                        '2024-02 Cumulative Update for Microsoft server',
                        '2024-03 Cumulative Update for Microsoft server',
                    ],
                    ['2024-09 Cumulative Update for Windows 10', '2024-10 Cumulative Update for Windows 10'],
                ]);
            }
            for (const { updates } of schedulesAt(site)) {
                assert.deepEqual(updates.filter((ciId) => superseded.has(ciId)), []);
            }
            const included = await run(t, description, { ...request, supersededUpdates: 'include' });
            for (const { updates } of schedulesAt(included.site))
                assert.equal(updates.filter((ciId) => superseded.has(ciId)).length, 3);
            assert.ok(!included.site.simulator.requests.some(({ className }) => className === 'SMS_CIRelation'));
        });
    }
    test('stays in for the one image that the newer one was not required for: something may be missing there', async (t) => {
        const description = describeDefaultSite({ updates: 400 });
        const group = description.groups.find(({ name }) => name === 'Windows 10 22H2 upgrade')?.updates ?? [];
        const [september = 0, , october = 0] = group;
        const { site, ended } = await run(t, withStatuses(description, UPGRADE, [[october, 1, 1]]), {
            images: [LTSC, UPGRADE],
            updateGroups: ['Windows 10 22H2 upgrade'],
        });
        assert.ok(ended.result, JSON.stringify(ended.error));
        assert.deepEqual(schedulesAt(site).map(({ updates }) => [updates.includes(september), updates.includes(october)]), [
            [false, true],
            [true, true],
        ]);
    });
    test('is left out of the image that has the newer one already, too', async (t) => {
        const description = describeDefaultSite({ updates: 400 });
        const group = description.groups.find(({ name }) => name === 'Windows 10 22H2 upgrade')?.updates ?? [];
        const [september = 0, , october = 0] = group;
        const { site, ended } = await run(t, withStatuses(description, UPGRADE, [
            [october, 1, 2],
            [october, 2, 5],
        ]), { images: [LTSC, UPGRADE], updateGroups: ['Windows 10 22H2 upgrade'] });
        assert.ok(ended.result, JSON.stringify(ended.error));
        assert.deepEqual(schedulesAt(site).map(({ updates }) => [updates.includes(september), updates.includes(october)]), [
            [false, true],
            [false, false],
        ]);
    });
});
suite('the removal of superseded updates', () => {
    const REQUEST = { images: [WINDOWS_7, LTSC], removeSupersededUpdates: true };
    const siteWith = (options) => ({
        ...SITE_WITH_TWO_GROUPS,
        classes: describeDefaultSite({ updates: 0, ...options }).classes,
    });
    test('is asked for by the property that the class of this site has, in each schedule', async (t) => {
        for (const name of [CLEANUP_PROPERTY, 'ResetBase']) {
            const { site, ended } = await run(t, siteWith({ cleanupProperties: [name] }), REQUEST);
            assert.equal(ended.result?.state, 'scheduled', JSON.stringify(ended.error));
            const schedules = site.simulator.state.objects('SMS_ImageServicingSchedule');
            assert.deepEqual(schedules.map((schedule) => schedule[name]), [true, true]);
            assert.deepEqual(site.progress.filter(({ kind }) => kind === 'cleanup-found'), [{ kind: 'cleanup-found', property: name }]);
        }
    });
    test('ends the run before the start where the site does not keep it', async (t) => {
        const site = await siteUnderTest(t, {
            simulator: {
                description: SITE_WITH_TWO_GROUPS,
                faults: [
                    {
                        kind: 'wrong-types',
                        every: true,
                        method: 'GET',
                        class: 'SMS_ImageServicingSchedule',
                        property: CLEANUP_PROPERTY,
                        instead: 'null',
                    },
                ],
            },
        });
        const error = errorOf(await runOnce(site, REQUEST));
        assert.equal(error.code, 'OS401');
        assert.match(error.what, new RegExp(`${CLEANUP_PROPERTY} true, which the site did not keep`));
        assert.deepEqual(remainsOf(site.simulator), NOTHING);
    });
    test('is never asked for unless it is wanted, and the class is not looked at', async (t) => {
        const { site } = await run(t, SITE_WITH_TWO_GROUPS, { images: [WINDOWS_7, LTSC] });
        const schedules = site.simulator.state.objects('SMS_ImageServicingSchedule');
        assert.ok(schedules.every((schedule) => schedule[CLEANUP_PROPERTY] !== true));
        assert.ok(!site.simulator.requests.some(({ path }) => path.includes('metadata')));
    });
    test('is refused where the site has no such property, or several, or for an image of several indexes', async (t) => {
        const cases = [
            [siteWith({ cleanupProperties: [] }), [WINDOWS_7], [/has no property.*UpdateDP, ContinueOnError/]],
            [
                siteWith({ cleanupProperties: ['CleanUp', 'RemoveSuperseded'] }),
                [WINDOWS_7],
                [/several properties.*CleanUp, RemoveSuperseded/],
            ],
            [
                SITE_WITH_TWO_GROUPS,
                ['Windows Server 2022', WINDOWS_7, UPGRADE],
                [/LAB00011.*it has 3 indexes/, /LAB00020.*it has 2 indexes/],
            ],
            [siteWith({ cleanupProperties: [] }), [UPGRADE], [/has no property/, /LAB00020.*it has 2 indexes/]],
        ];
        for (const [description, images, problems] of cases) {
            const { site, ended } = await run(t, description, { images, removeSupersededUpdates: true });
            errorOf(ended);
            const all = ended.result === undefined ? ended.diagnoses : [];
            assert.deepEqual(all.map(({ code }) => code), problems.map(() => 'OS216'));
            for (const [place, words] of problems.entries())
                assert.match(all[place]?.what ?? '', words);
            assert.equal(writesOf(site), 0);
        }
    });
    test('is refused for an image whose indexes cannot be read', async (t) => {
        const site = await siteUnderTest(t, { simulator: { description: SITE_WITH_TWO_GROUPS } });
        site.simulator.state.change('SMS_ImagePackage', { PackageID: LTSC }, { ImageProperty: '<WIM/>' });
        const error = errorOf(await runOnce(site, REQUEST));
        assert.equal(error.code, 'OS216');
        assert.match(error.what, /LAB00012.*indexes cannot be read/);
        assert.deepEqual(remainsOf(site.simulator), NOTHING);
    });
});
suite('what every schedule of a run gets', () => {
    for (const continueOnUpdateError of [true, false]) {
        for (const updateDistributionPoints of [true, false]) {
            test(`go on after an error: ${continueOnUpdateError}; distribution points: ${updateDistributionPoints}`, async (t) => {
                const { site } = await run(t, SITE_WITH_TWO_GROUPS, {
                    images: THREE_IMAGES,
                    continueOnUpdateError,
                    updateDistributionPoints,
                });
                assert.deepEqual(schedulesAt(site).map((each) => [each.continueOnError, each.updateDistributionPoints]), THREE_IMAGES.map(() => [continueOnUpdateError, updateDistributionPoints]));
            });
        }
    }
    test('with it the site goes on after an update that fails, and without it does not', async (t) => {
        const [first, ...others] = SMALL_GROUP_UPDATES;
        const failing = {
            ...SITE_WITH_TWO_GROUPS,
            updates: SITE_WITH_TWO_GROUPS.updates.map((update) => update.ciId === first ? { ...update, servicingError: 5 } : update),
        };
        for (const continueOnUpdateError of [true, false]) {
            const site = await siteUnderTest(t, {
                simulator: { description: failing, servicingMilliseconds: 5 },
            });
            await runOnce(site, { images: [WINDOWS_7, LTSC], continueOnUpdateError });
            const stateOf = () => site.simulator.state.objects('SMS_ImageServicingSchedule').map(({ State }) => State);
            await until(() => stateOf().every((state) => state === 3 || state === 4), 'the servicing has ended');
            const installed = site.simulator.state
                .objects('SMS_ImageUpdateStatus')
                .filter(({ ImagePackageID, UpdateID, UpdateStatus }) => ImagePackageID === LTSC && others.includes(Number(UpdateID)) && UpdateStatus === 2).length;
            assert.equal(installed > 0, continueOnUpdateError);
        }
    });
});
//# sourceMappingURL=options-of-a-run.test.js.map