import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { FAR_TOKEN, SMALL, smallSite } from './small-site.js';
import { serve } from './site-client.js';
suite('what happens at the site in the middle of a run', () => {
    test('a group and an image are deleted after so many requests', async (context) => {
        const site = await serve(context, {
            beforeRequest: ({ number }, state) => {
                if (number === 3) {
                    assert.ok(state.remove('SMS_AuthorizationList', { CI_ID: SMALL.group }));
                    assert.ok(state.remove('SMS_ImagePackage', { PackageID: SMALL.image }));
                }
            },
        });
        assert.equal((await site.filter('SMS_AuthorizationList', "LocalizedDisplayName eq 'All'")).length, 1);
        const ScheduleID = await site.schedule({ Schedule: FAR_TOKEN });
        await site.refused('GET', `SMS_AuthorizationList(${SMALL.group})`);
        assert.deepEqual(await site.filter('SMS_AuthorizationList', "LocalizedDisplayName eq 'All'"), []);
        const body = { ScheduleID, ImagePackageID: SMALL.image };
        assert.match(await site.refused('POST', 'SMS_ImageServicingScheduledImage', { body }), /no image package/u);
    });
    test('it sees the request that is about to be answered, also one that meets a fault', async (context) => {
        const seen = [];
        const site = await serve(context, {
            faults: [
                { kind: 'cut', request: 1 },
                { kind: 'refuse', request: 2 },
            ],
            beforeRequest: ({ number, className, status }) => seen.push([number, className, status]),
        });
        await assert.rejects(site.ask('GET', '/wmi/SMS_Site'));
        await site.refused('GET', 'SMS_Site');
        await site.rows('SMS_Identification');
        assert.deepEqual(seen, [
            [2, 'SMS_Site', 0],
            [3, 'SMS_Identification', 0],
        ]);
    });
    test('an update that the site cleans up leaves its CI_ID in the group and no row', async (context) => {
        const site = await serve(context);
        assert.ok(site.running.state.remove('SMS_SoftwareUpdate', { CI_ID: SMALL.second }));
        const group = await site.object(`SMS_AuthorizationList(${SMALL.group})`);
        assert.ok(group['Updates'].includes(SMALL.second));
        assert.deepEqual(await site.filter('SMS_SoftwareUpdate', `CI_ID eq ${SMALL.second}`), []);
    });
    test('a group that the account may not see is absent, while its updates are not', async (context) => {
        const hidden = [{ class: 'SMS_AuthorizationList', where: { CI_ID: SMALL.group } }];
        const site = await serve(context, { description: smallSite({ access: { hidden } }) });
        await site.refused('GET', `SMS_AuthorizationList(${SMALL.group})`);
        assert.deepEqual(await site.rows('SMS_AuthorizationList'), []);
        assert.equal((await site.rows('SMS_SoftwareUpdate')).length, 5);
    });
});
//# sourceMappingURL=meanwhile.test.js.map