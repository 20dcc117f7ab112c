import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { FAR_TOKEN, SMALL, smallSite } from './small-site.js';
import { serve } from './site-client.js';
const DENIED = /^Access denied {2}WMI QUERY: $/u;
suite('role-based access', () => {
    test('hidden objects are absent: from lists, by key, and as ends of links', async (context) => {
        const hidden = [
            { class: 'SMS_SoftwareUpdate', where: { CI_ID: 102 } },
            { class: 'SMS_ImagePackage', where: { Name: 'plain' } },
        ];
        const site = await serve(context, { description: smallSite({ access: { hidden } }) });
        assert.equal((await site.rows('SMS_SoftwareUpdate')).length, 4);
        assert.deepEqual(await site.filter('SMS_SoftwareUpdate', 'CI_ID eq 102'), []);
        assert.equal((await site.filter('SMS_SoftwareUpdate', 'CI_ID eq 102 or CI_ID eq 101')).length, 1);
        assert.doesNotMatch(await site.refused('GET', 'SMS_SoftwareUpdate(102)'), DENIED);
        await site.refused('GET', `SMS_ImagePackage('${SMALL.otherImage}')`);
        const ScheduleID = await site.schedule({ Schedule: FAR_TOKEN });
        const body = { ScheduleID, UpdateID: 102 };
        await site.refused('POST', 'SMS_ImageServicingScheduledUpdate', { body });
        await site.refused('POST', 'SMS_ImagePackage.RunOfflineServicingManager', {
            body: {
                SiteCode: 'LAB',
                ServerName: 'cm01.lab.example',
                PackageID: SMALL.otherImage,
                PackageType: 257,
            },
        });
        // The group still lists it: a CI_ID that cannot be read.
        const updates = (await site.object('SMS_AuthorizationList(201)'))['Updates'];
        assert.ok(Array.isArray(updates) && updates.includes(102));
        assert.equal(site.running.state.objects('SMS_SoftwareUpdate').length, 5);
    });
    test('a hidden object can be neither changed nor deleted', async (context) => {
        const schedules = [{ scheduleId: 7, schedule: FAR_TOKEN, name: 'other' }];
        const hidden = [{ class: 'SMS_ImageServicingSchedule', where: { ScheduleID: 7 } }];
        const site = await serve(context, { description: smallSite({ schedules, access: { hidden } }) });
        const body = { ScheduleID: 7, Schedule: FAR_TOKEN };
        await site.refused('PUT', 'SMS_ImageServicingSchedule(7)', { body });
        await site.refused('DELETE', 'SMS_ImageServicingSchedule(7)');
        assert.match(await site.refused('POST', 'SMS_ImageServicingSchedule', { body }), DENIED);
        assert.equal(site.running.state.object('SMS_ImageServicingSchedule', { ScheduleID: 7 })?.['Name'], 'other');
    });
    test('a class can be denied for each kind of operation, and is then a 404', async (context) => {
        const denied = [
            { class: 'sms_imageupdatestatus', operations: ['read'] },
            { class: 'SMS_ImageServicingSchedule', operations: ['delete'] },
            { class: 'SMS_ImageServicingScheduledImage', operations: ['create'] },
            { class: 'SMS_ImagePackage', operations: ['invoke'] },
        ];
        const site = await serve(context, { description: smallSite({ access: { denied } }) });
        assert.match(await site.refused('GET', 'SMS_ImageUpdateStatus'), DENIED);
        assert.match(await site.refused('GET', "SMS_ImageUpdateStatus(ImagePackageID='LAB00001',ImageIndex=1,UpdateID=101)"), DENIED);
        const ScheduleID = await site.schedule({ Schedule: FAR_TOKEN });
        assert.match(await site.refused('DELETE', `SMS_ImageServicingSchedule(${ScheduleID})`), DENIED);
        await site.object(`SMS_ImageServicingSchedule(${ScheduleID})`);
        const body = { ScheduleID, ImagePackageID: SMALL.image };
        assert.match(await site.refused('POST', 'SMS_ImageServicingScheduledImage', { body }), DENIED);
        const method = 'SMS_ImagePackage.RunOfflineServicingManager';
        assert.match(await site.refused('POST', method, { body: {} }), DENIED);
        assert.equal((await site.rows('SMS_ImagePackage')).length, 3);
    });
});
//# sourceMappingURL=access.test.js.map