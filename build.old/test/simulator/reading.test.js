import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { SMALL, smallSite } from './small-site.js';
import { serve } from './site-client.js';
const ids = (rows, name = 'CI_ID') => rows.map((row) => row[name]);
suite('a list', () => {
    test('has the recorded shape, with the system fields and null for lazy properties', async (context) => {
        const site = await serve(context);
        const reply = await site.ask('GET', '/wmi/SMS_AuthorizationList');
        assert.match(reply.headers['content-type'], /^application\/json/u);
        const body = JSON.parse(reply.text);
        assert.deepEqual(Object.keys(body), ['@odata.context', 'value']);
        assert.equal(body['@odata.context'], `${site.running.tokenBaseUrl}/wmi/$metadata#SMS_AuthorizationList`);
        const [group] = body.value;
        assert.ok(group !== undefined);
        assert.equal(Object.keys(group)[0], '@odata.etag');
        assert.equal(group['@odata.etag'], '201');
        assert.deepEqual(group['__LAZYPROPERTIES'], [
            'Updates',
            'LocalizedInformation',
            '__QUALIFIER_SECURITYVERBS',
        ]);
        assert.equal(group['__QUALIFIER_SECURITYVERBS'], null);
        assert.equal(group['__GENUS'], 2);
        assert.equal(group['__CLASS'], 'SMS_AuthorizationList');
        assert.equal(group['__SUPERCLASS'], 'SMS_ConfigurationItemBaseClass');
        assert.deepEqual(group['__DERIVATION'], ['SMS_ConfigurationItemBaseClass', 'SMS_BaseClass']);
        assert.equal(group['__NAMESPACE'], 'root\\sms\\site_LAB');
        assert.ok(typeof group['__PROPERTY_COUNT'] === 'number');
        assert.equal(group['Updates'], null);
        assert.equal(group['LocalizedInformation'], null);
        assert.equal(group['NumberOfUpdates'], 6);
        assert.equal(group['ContainsExpiredUpdates'], true);
        assert.equal(group['IsProvisioned'], false);
    });
    test('an etag is all values of the key', async (context) => {
        const site = await serve(context);
        const [row] = await site.rows('SMS_ImageUpdateStatus');
        assert.equal(row?.['@odata.etag'], 'LAB00001;1;101');
    });
    test('with $select holds the chosen fields alone, lazy ones still null', async (context) => {
        const site = await serve(context);
        const rows = await site.rows('SMS_ImagePackage', {
            $select: 'PackageID,ImageProperty',
            $filter: "PackageID eq 'lab00001'",
        });
        assert.deepEqual(rows, [{ PackageID: 'LAB00001', ImageProperty: null }]);
        const groups = await site.rows('SMS_AuthorizationList', { $select: 'Updates, CI_ID' });
        assert.deepEqual(groups, [{ Updates: null, CI_ID: 201 }]);
        assert.deepEqual(await site.rows('SMS_Identification', { $select: '__CLASS' }), [
            { __CLASS: 'SMS_Identification' },
        ]);
    });
    test('shows numbers, dates, truth values and collections as JSON has them', async (context) => {
        const site = await serve(context);
        const [update] = await site.filter('SMS_SoftwareUpdate', 'CI_ID eq 102');
        assert.equal(update?.['CI_ID'], 102);
        assert.equal(update['Size'], 5_000_000_000);
        assert.equal(update['DatePosted'], '2024-01-09T17:00:00Z');
        assert.equal(update['IsOfflineServiceable'], true);
        assert.deepEqual(update['UpdateLocales'], ['Locale:0']);
        assert.equal(update['CIType_ID'], 1);
    });
    test('finds class names without regard to case, property names with regard to it', async (context) => {
        const site = await serve(context);
        assert.equal((await site.rows('sms_SOFTWAREUPDATE')).length, 5);
        assert.match(await site.refusedFilter('SMS_SoftwareUpdate', 'ci_id eq 101'), /Could not find a property/u);
        assert.match(await site.refused('GET', 'SMS_SoftwareUpdate?$select=ci_id'), /Could not find a property/u);
        await site.refused('GET', 'SMS_NoSuchClass');
        await site.refused('GET', 'SMS_ProviderLocation');
    });
    test('filters, percent-decoded, with a + for a blank', async (context) => {
        const site = await serve(context);
        assert.deepEqual(ids(await site.filter('SMS_ImagePackage', "Name eq 'O''Brien & Söhne 100%'"), 'PackageID'), [SMALL.image]);
        assert.deepEqual(ids(await site.filter('SMS_SoftwareUpdate', "contains(LocalizedDisplayName,'教室')")), [101]);
        const plus = await site.ask('GET', "/wmi/SMS_SoftwareUpdate?$filter=LocalizedDisplayName+eq+'second+update'");
        assert.match(plus.text, /"CI_ID":102/u);
        const encodedName = await site.ask('GET', '/wmi/SMS_SoftwareUpdate?%24filter=CI_ID%20eq%20102');
        assert.match(encodedName.text, /"CI_ID":102/u);
        assert.deepEqual(ids(await site.filter('SMS_SoftwareUpdate', 'CI_ID eq 105 or CI_ID eq 101 or CI_ID eq 9')), [105, 101]);
        assert.deepEqual(ids(await site.filter('SMS_ImageUpdateStatus', "ImagePackageID eq 'LAB00001' and (UpdateID eq 101 or UpdateID eq 102)"), 'UpdateID'), [101]);
    });
    test('refuses filters and options that are not known to work', async (context) => {
        const site = await serve(context);
        for (const query of [
            '$filter=CI_ID%20eq%20null',
            '$filter=CI_ID%20in%20(101,102)',
            "$filter=ArticleID%20like%20'5%25'",
            "$filter=CI_ID%20eq%20'101'",
            "$filter=ArticleID%20eq%20'a%5Cb'",
            '$filter=DatePosted%20gt%202024-01-01T00:00:00Z',
            '$filter=',
            '$count=true',
            '$expand=Updates',
            '$top=-1',
            '$top=x',
            '$skip=1.5',
            '$orderby=NoSuch',
            '$orderby=CI_ID%20up',
            '$orderby=LocalizedInformation',
            '$select=',
            '$select=*',
            '$top=1&$top=2',
            "$filter=LocalizedDisplayName%20eq%20'A%20&%20B'",
        ]) {
            await site.refused('GET', `SMS_SoftwareUpdate?${query}`);
        }
        assert.equal((await site.ask('GET', '/wmi/SMS_SoftwareUpdate?$filter=%zz')).status, 400);
    });
    test('ignores an option without $: a client that forgets it gets every row', async (context) => {
        const site = await serve(context);
        assert.equal((await site.rows('SMS_SoftwareUpdate', { filter: 'CI_ID eq 101' })).length, 5);
    });
    test('is cut by $top and $skip and ordered by $orderby', async (context) => {
        const site = await serve(context);
        const list = async (query) => ids(await site.rows('SMS_SoftwareUpdate', query));
        assert.deepEqual(await list({ $top: '2' }), [101, 102]);
        assert.deepEqual(await list({ $top: '2', $skip: '4' }), [105]);
        assert.deepEqual(await list({ $skip: '9' }), []);
        assert.deepEqual(await list({ $top: '0' }), []);
        assert.deepEqual(await list({ $orderby: 'CI_ID desc', $top: '2' }), [105, 104]);
        assert.deepEqual(await list({ $orderby: 'IsExpired desc,LocalizedDisplayName asc' }), [105, 101, 104, 102, 103]);
    });
});
suite('a page', () => {
    test('without next links is cut in silence, whatever $top asks for', async (context) => {
        const site = await serve(context, { pageSize: 2 });
        const reply = await site.ask('GET', '/wmi/SMS_SoftwareUpdate');
        const body = JSON.parse(reply.text);
        assert.deepEqual(Object.keys(body), ['@odata.context', 'value']);
        assert.equal(body.value.length, 2);
        assert.equal((await site.rows('SMS_SoftwareUpdate', { $top: '4' })).length, 2);
    });
    test('with next links leads through all rows by absolute addresses', async (context) => {
        const site = await serve(context, { pageSize: 2, pagesCarryNextLink: true });
        const found = [];
        let path = `/wmi/SMS_SoftwareUpdate?$top=3&$select=CI_ID&$filter=${encodeURIComponent("contains(LocalizedDisplayName,'D')")}`;
        for (let pages = 0; pages < 2; pages += 1) {
            const reply = await site.ask('GET', path);
            const body = JSON.parse(reply.text);
            found.push(...ids(body.value));
            const next = body['@odata.nextLink'];
            assert.equal(next === undefined, pages === 1, String(next));
            assert.ok(next === undefined || next.startsWith(`${site.running.tokenBaseUrl}/wmi/SMS_SoftwareUpdate?`));
            path = next?.slice(site.running.tokenBaseUrl.length) ?? '';
        }
        assert.deepEqual(found, [101, 102, 103]);
        assert.equal((await site.rows('SMS_SoftwareUpdate', { $top: '1' })).length, 1);
    });
    test('a filter with too many comparisons is refused where the site says so', async (context) => {
        const site = await serve(context, { longestFilterTerms: 3 });
        const chain = (count) => Array.from({ length: count }, (_, at) => `CI_ID eq ${101 + at}`).join(' or ');
        assert.equal((await site.filter('SMS_SoftwareUpdate', chain(3))).length, 3);
        assert.match(await site.refusedFilter('SMS_SoftwareUpdate', chain(4)), /node count/u);
    });
});
suite('a read by key', () => {
    test('is a list of one, with its lazy properties filled', async (context) => {
        const site = await serve(context);
        const group = await site.object('SMS_AuthorizationList(201)');
        assert.deepEqual(group['Updates'], [101, 102, 103, 104, 105, 999]);
        assert.deepEqual(group['LocalizedInformation'], [
            { DisplayName: 'All', Description: '', InformativeURL: '', LocaleID: 1033 },
        ]);
        const image = await site.object("SMS_ImagePackage('LAB00001')");
        assert.match(String(image['ImageProperty']), /^<WIM><IMAGE INDEX="1">.*<IMAGE INDEX="2">.*<\/WIM>$/u);
        const update = await site.object('SMS_SoftwareUpdate(101)');
        assert.ok(Array.isArray(update['LocalizedInformation']));
        const chosen = await site.rows('SMS_AuthorizationList(201)', { $select: 'Updates' });
        assert.deepEqual(chosen, [{ Updates: [101, 102, 103, 104, 105, 999] }]);
    });
    test('takes keys alone, by name, and composite ones in any order', async (context) => {
        const site = await serve(context);
        assert.equal((await site.object('SMS_SoftwareUpdate(CI_ID=101)'))['CI_ID'], 101);
        assert.equal((await site.object("SMS_ImagePackage(PackageID='lab00001')"))['PackageID'], 'LAB00001');
        assert.equal((await site.object('SMS_ImagePackage(%27LAB00001%27)'))['PackageID'], 'LAB00001');
        const keys = ["ImagePackageID='LAB00001'", 'ImageIndex=1', 'UpdateID=101'];
        for (const order of [keys, [...keys].reverse()]) {
            assert.equal((await site.object(`SMS_ImageUpdateStatus(${order.join(',')})`))['UpdateStatus'], 3);
        }
    });
    test('refuses wrong types, missing, strange and doubled names, and what does not exist', async (context) => {
        const site = await serve(context);
        for (const path of [
            "SMS_SoftwareUpdate('101')",
            'SMS_SoftwareUpdate(-1)',
            'SMS_SoftwareUpdate(4294967297)',
            'SMS_SoftwareUpdate(101.0)',
            'SMS_SoftwareUpdate()',
            'SMS_SoftwareUpdate(ci_id=101)',
            'SMS_SoftwareUpdate(CI_ID=101,CI_ID=101)',
            'SMS_SoftwareUpdate(CI_ID=101,Other=1)',
            'SMS_SoftwareUpdate(101,102)',
            'SMS_SoftwareUpdate(999)',
            'SMS_SoftwareUpdate(101',
            'SMS_SoftwareUpdate(101)/Name',
            'SMS_SoftwareUpdate/101',
            'SMS_SoftwareUpdate/',
            'SMS_ImagePackage(LAB00001)',
            "SMS_ImagePackage('LAB%2F0001')",
            "SMS_ImagePackage('LAB%5C0001')",
            "SMS_ImageUpdateStatus('LAB00001')",
            "SMS_ImageUpdateStatus(ImagePackageID='LAB00001',UpdateID=101)",
            'SMS_SoftwareUpdate(101)?$filter=CI_ID%20eq%20101',
            'SMS_SoftwareUpdate(101)?$top=1',
        ]) {
            await site.refused('GET', path);
        }
    });
    test('a number for a text is a wrong type, not an object that does not exist', async (context) => {
        const site = await serve(context);
        assert.match(await site.refused('GET', 'SMS_ImagePackage(1)'), /incompatible type/u);
        assert.match(await site.refused('GET', "SMS_SoftwareUpdate('101')"), /incompatible type/u);
        assert.match(await site.refused('GET', 'SMS_SoftwareUpdate(1)'), /No instance/u);
    });
    test('a text in a key doubles its quote', async (context) => {
        const site = await serve(context);
        site.running.state.put('SMS_ImagePackage', { PackageID: "a'b" });
        assert.equal((await site.object("SMS_ImagePackage('A''B')"))['PackageID'], "a'b");
    });
});
suite('limits of the server before the service', () => {
    test('a segment of more than 260 characters is a 400', async (context) => {
        const site = await serve(context);
        const ask = async (length) => (await site.ask('GET', `/wmi/SMS_ImagePackage('${'x'.repeat(length - 20)}')`)).status;
        assert.equal(await ask(260), 404);
        assert.equal(await ask(261), 400);
    });
    test('a request line and headers of more than 16 KB are a 400, whoever asks', async (context) => {
        const site = await serve(context);
        const ask = async (length, header) => (await site.ask('GET', `/wmi/SMS_Site?x=${'y'.repeat(length)}`, {
            headers: { 'x-filler': 'z'.repeat(header) },
        })).status;
        assert.equal(await ask(15_000, 0), 200);
        assert.equal(await ask(16_400, 0), 400);
        assert.equal(await ask(10_000, 6_400), 400);
        assert.equal((await site.ask('GET', `/wmi/x?${'y'.repeat(17_000)}`, { authorization: undefined })).status, 400);
        assert.equal((await site.ask('GET', `/wmi/x?${'y'.repeat(90_000)}`)).status, 400);
    });
    test('an address outside the two routes is a 404 page, not JSON', async (context) => {
        const site = await serve(context);
        for (const route of ['/AdminServices', '', '/x/AdminService']) {
            const reply = await site.ask('GET', '/wmi/SMS_Site', { route });
            assert.equal(reply.status, 404);
            assert.match(reply.headers['content-type'], /html/u);
        }
        await site.refused('GET', '../AdminService_TokenAuth/wmi/SMS_Site');
        assert.equal((await site.ask('GET', '/v1.0/Device')).status, 404);
    });
});
suite('views of other classes', () => {
    test('show images, status rows and failed updates', async (context) => {
        const site = await serve(context);
        const information = await site.rows('SMS_ImageInformation', { $orderby: 'PackageID' });
        assert.deepEqual(information.map((row) => [row['PackageID'], row['Index'], row['ObjectType'], row['PackageType']]), [
            ['LAB00001', 1, 18, 257],
            ['LAB00001', 2, 18, 257],
            ['LAB00002', 1, 18, 257],
            ['LAB00003', 1, 14, 259],
            ['REM00001', 1, 18, 257],
        ]);
        const [status] = await site.rows('SMS_ImageUpdateStatusView');
        assert.equal(status?.['PackageName'], "O'Brien & Söhne 100%");
        assert.deepEqual(await site.rows('SMS_FailedImageUpdateView'), []);
        for (const ImageIndex of [1, 2]) {
            site.running.state.put('SMS_ImageUpdateStatus', {
                ImagePackageID: 'LAB00001',
                ImageIndex,
                UpdateID: 102,
                UpdateInstallationStatus: -2147467263,
                UpdateTitle: 'Second update',
            });
        }
        const [failed, ...more] = await site.rows('SMS_FailedImageUpdateView', {
            $select: 'UpdateID,Title,FailedImageCount',
        });
        assert.deepEqual(failed, { UpdateID: 102, Title: 'Second update', FailedImageCount: 1 });
        assert.equal(more.length, 0);
    });
    test('show the OS version of each index, in rows as the description has them', async (context) => {
        const image = { name: 'x', sourceSite: 'LAB', osVersion: '10.0.20348.1', indexes: ['One', 'Two'] };
        const description = smallSite({
            images: [
                { ...image, packageId: 'LAB00001', indexVersions: ['', '10.0.26100.1'] },
                {
                    ...image,
                    packageId: 'LAB00002',
                    information: [
                        { index: null, osVersion: '10.0.20348.2', imageOsVersion: '' },
                        { index: 0, osVersion: '' },
                    ],
                },
                { ...image, packageId: 'LAB00003', information: [] },
            ],
            imageUpdates: [],
        });
        const site = await serve(context, { description });
        const rows = await site.rows('SMS_ImageInformation', {
            $filter: "PackageID eq 'LAB00002' or PackageID eq 'LAB00001' or PackageID eq 'LAB00003'",
            $orderby: 'PackageID',
        });
        assert.deepEqual(rows.map((row) => [row['PackageID'], row['Index'], row['OSVersion'], row['ImageOSVersion']]), [
            ['LAB00001', 1, '', ''],
            ['LAB00001', 2, '10.0.26100.1', '10.0.26100.1'],
            ['LAB00002', null, '10.0.20348.2', ''],
            ['LAB00002', 0, '', ''],
        ]);
        const whole = await site.object("SMS_ImagePackage('LAB00001')");
        assert.equal(whole['ImageOSVersion'], '10.0.20348.1');
        assert.match(String(whole['ImageProperty']), /<Property name="OS version">10\.0\.26100\.1<\/Property>/u);
        assert.ok(Object.keys(whole).every((name) => name.trim() === name));
    });
});
//# sourceMappingURL=reading.test.js.map