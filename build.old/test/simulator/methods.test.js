import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { FAR_TOKEN, SMALL, smallSite } from './small-site.js';
import { serve } from './site-client.js';
const RUN = 'SMS_ImagePackage.RunOfflineServicingManager';
const GOOD = {
    SiteCode: 'LAB',
    ServerName: 'cm01.lab.example',
    PackageID: SMALL.image,
    PackageType: 257,
};
const invoke = async (site, path, body) => {
    const reply = await site.ask('POST', `/wmi/${path}`, { body });
    assert.equal(reply.status, 201, reply.text);
    return JSON.parse(reply.text);
};
suite('RunOfflineServicingManager', () => {
    test('answers 201 with its out-parameters at the top', async (context) => {
        const site = await serve(context);
        assert.deepEqual(await invoke(site, RUN, GOOD), {
            '@odata.context': `${site.running.tokenBaseUrl}/wmi/$metadata#__PARAMETERS`,
            ReturnValue: 0,
        });
        await invoke(site, RUN, { ...GOOD, ServerName: 'CM01.LAB.EXAMPLE' });
        await invoke(site, RUN, { ...GOOD, PackageID: SMALL.upgrade, PackageType: 259 });
        await invoke(site, RUN, {
            SiteCode: 'REM',
            ServerName: 'cm02.remote.example',
            PackageID: SMALL.remoteImage,
            PackageType: 257,
        });
    });
    test('refuses parameters that are missing, misspelt or of another type', async (context) => {
        const site = await serve(context);
        for (const body of [
            {},
            { ...GOOD, PackageType: '257' },
            { ...GOOD, PackageType: -1 },
            { ...GOOD, PackageID: 1 },
            { ...GOOD, Extra: 1 },
            { siteCode: 'LAB', serverName: 'x', packageID: 'y', packageType: 257 },
            { SiteCode: 'LAB', ServerName: 'cm01.lab.example', PackageID: SMALL.image },
        ]) {
            await site.refused('POST', RUN, { body });
        }
        assert.equal((await site.ask('POST', `/wmi/${RUN}`)).status, 411);
        await site.refused('GET', RUN, {}, 405);
        await site.refused('POST', 'SMS_ImagePackage.runofflineservicingmanager', { body: GOOD });
        await site.refused('POST', 'SMS_ImagePackage.NoSuch', { body: {} });
    });
    test('refuses another server, another site and a package that is not there', async (context) => {
        const site = await serve(context);
        for (const differences of [
            { ServerName: 'sms01.lab.example' },
            { ServerName: 'cm01' },
            { SiteCode: 'XXX' },
            { SiteCode: 'REM' },
            { SiteCode: 'REM', ServerName: 'cm02.remote.example' },
            { PackageID: 'LAB99999' },
            { PackageID: SMALL.upgrade },
            { PackageType: 259 },
            { PackageType: 258 },
        ]) {
            await site.refused('POST', RUN, { body: { ...GOOD, ...differences } });
        }
    });
    test('has three parameters, or is missing, where the site is described so', async (context) => {
        const change = { class: 'SMS_ImagePackage', removeParameters: ['PackageType'] };
        const old = await serve(context, { description: smallSite({ classes: [change] }) });
        const three = Object.entries(GOOD).filter(([name]) => name !== 'PackageType');
        await invoke(old, RUN, Object.fromEntries(three));
        await old.refused('POST', RUN, { body: GOOD });
        const gone = { class: 'SMS_ImagePackage', removeMethods: ['RunOfflineServicingManager'] };
        const without = await serve(context, { description: smallSite({ classes: [gone] }) });
        await without.refused('POST', RUN, { body: GOOD });
    });
    test('returns another value than 0 where the site is described so, and wakes nothing then', async (context) => {
        const change = {
            class: 'SMS_ImagePackage',
            methodResults: { RunOfflineServicingManager: 2_147_749_890 },
        };
        const site = await serve(context, {
            description: smallSite({ classes: [change] }),
            component: 'when-woken',
        });
        await site.schedule({ Schedule: FAR_TOKEN, Action: 1 }, [SMALL.image], [101]);
        assert.equal((await invoke(site, RUN, GOOD))['ReturnValue'], 2_147_749_890);
        assert.deepEqual(site.running.state.servicingRuns, []);
    });
    test('is refused to an account that may not call it', async (context) => {
        const denied = [{ class: 'SMS_ImagePackage', operations: ['invoke'] }];
        const site = await serve(context, { description: smallSite({ access: { denied } }) });
        assert.match(await site.refused('POST', RUN, { body: GOOD }), /^Access denied/u);
        assert.equal((await site.rows('SMS_ImagePackage')).length, 3);
    });
});
suite('other methods', () => {
    test('of an instance need a body, if only {}', async (context) => {
        const site = await serve(context);
        const path = `SMS_ImagePackage('${SMALL.image}')/AdminService.RefreshPkgSource`;
        assert.equal((await site.ask('POST', `/wmi/${path}`)).status, 411);
        assert.equal((await invoke(site, path, {}))['ReturnValue'], 0);
        assert.equal((await site.object(`SMS_ImagePackage('${SMALL.image}')`))['SourceVersion'], 2);
        await site.refused('POST', "SMS_ImagePackage('LAB99999')/AdminService.RefreshPkgSource", { body: {} });
        await site.refused('POST', `SMS_ImagePackage('${SMALL.image}')/RefreshPkgSource`, { body: {} });
        await site.refused('POST', 'SMS_ImagePackage.RefreshPkgSource', { body: {} });
        await site.refused('GET', path, {}, 405);
    });
    test('ReadFromString reads tokens, the type of each first', async (context) => {
        const site = await serve(context);
        const read = await invoke(site, 'SMS_ScheduleMethods.ReadFromString', { StringData: '02C159C0381A2000' });
        assert.equal(read['ReturnValue'], 0);
        const [token] = read['TokenData'];
        assert.ok(token !== undefined);
        assert.equal(Object.keys(token)[0], '@odata.type');
        assert.deepEqual(token, {
            '@odata.type': '#AdminService.SMS_ST_RecurWeekly',
            DayDuration: 0,
            HourDuration: 7,
            IsGMT: false,
            MinuteDuration: 0,
            StartTime: '2009-05-01T22:00:00Z',
            Day: 2,
            ForNumberOfWeeks: 1,
        });
        await site.refused('POST', 'SMS_ScheduleMethods.ReadFromString', { body: { StringData: 'x' } });
    });
    test('WriteToString fails in the reader: its parameter is an array of embedded objects', async (context) => {
        const site = await serve(context);
        const token = {
            '@odata.type': '#AdminService.SMS_ST_NonRecurring',
            StartTime: '2024-01-10T02:00:00.000Z',
        };
        await site.refused('POST', 'SMS_ScheduleMethods.WriteToString', { body: { TokenData: [token] } }, 500);
    });
});
suite('$metadata', () => {
    test('declares classes, keys, properties, methods and system properties', async (context) => {
        const site = await serve(context);
        const reply = await site.ask('GET', '/wmi/$metadata');
        assert.equal(reply.status, 200);
        assert.match(reply.headers['content-type'], /^application\/xml/u);
        for (const part of [
            '<Schema Namespace="AdminService"',
            '<EntityType Name="SMS_ImageServicingScheduledUpdate"><Key><PropertyRef Name="ScheduleID"/><PropertyRef Name="UpdateID"/></Key>',
            '<EntitySet Name="SMS_ImagePackage" EntityType="AdminService.SMS_ImagePackage"/>',
            '<Property Name="CI_ID" Type="Edm.Int64" Nullable="false"/>',
            '<Property Name="UpdateID" Type="Edm.Int32" Nullable="false"/>',
            '<Property Name="Size" Type="Edm.Int64"/>',
            '<Property Name="DatePosted" Type="Edm.DateTimeOffset"/>',
            '<Property Name="Updates" Type="Collection(Edm.Int64)"/>',
            '<Property Name="SecuredScopeNames" Type="Collection(Edm.String)"/>',
            '<Property Name="LocalizedInformation" Type="Collection(AdminService.SMS_CI_LocalizedProperties)"/>',
            '<Property Name="__LAZYPROPERTIES" Type="Collection(Edm.String)"/>',
            '<ActionImport Name="SMS_ImagePackage.RunOfflineServicingManager" Action="AdminService.SMS_ImagePackage.RunOfflineServicingManager"/>',
            '<Action Name="SMS_ImagePackage.RunOfflineServicingManager"><Parameter Name="SiteCode" Type="Edm.String"/>',
            '<Parameter Name="PackageType" Type="Edm.Int64"/>',
            '<Action Name="RefreshPkgSource" IsBound="true"><Parameter Name="bindingParameter" Type="AdminService.SMS_ImagePackage"/>',
        ]) {
            assert.ok(reply.text.includes(part), part);
        }
        assert.ok(!reply.text.includes('SMS_ProviderLocation'));
        assert.equal((await site.ask('POST', '/wmi/$metadata', { body: {} })).status, 405);
    });
    test('shows what the description changes, and so do the classes themselves', async (context) => {
        const classes = [
            {
                class: 'SMS_ImageServicingSchedule',
                addProperties: [{ name: 'CleanUpMore', type: 'Boolean' }],
                removeProperties: ['Description'],
            },
            { class: 'SMS_ImageServicingScanRequest', absent: true },
        ];
        const site = await serve(context, { description: smallSite({ classes }) });
        const { text } = await site.ask('GET', '/wmi/$metadata');
        assert.ok(text.includes('<Property Name="CleanUpMore" Type="Edm.Boolean"/>'));
        assert.ok(!text.includes('SMS_ImageServicingScanRequest'));
        await site.refused('GET', 'SMS_ImageServicingScanRequest');
        const made = await site.create('SMS_ImageServicingSchedule', { Schedule: FAR_TOKEN, CleanUpMore: true });
        assert.equal(made['CleanUpMore'], true);
        assert.ok(!('Description' in made));
        await site.refused('POST', 'SMS_ImageServicingSchedule', {
            body: { Schedule: FAR_TOKEN, Description: 'x' },
        });
    });
    test('can be as long as that of a real site', async (context) => {
        const site = await serve(context, { extraClasses: 3000 });
        const { text } = await site.ask('GET', '/wmi/$metadata');
        assert.ok(text.length > 4_000_000);
        assert.equal(text.match(/<EntityType Name="SMS_G_System_SIMULATED_/gu)?.length, 3000);
    });
});
//# sourceMappingURL=methods.test.js.map