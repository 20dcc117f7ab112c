import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isHostName } from '../../src/provider/host-name.js';
import { serviceAddress } from '../../src/provider/admin-service/service-address.js';
import { siteUnderTest } from '../site-under-test.js';
import { done, NEVER, query } from './operations.js';
suite('the name of a host', () => {
    for (const name of [
        'cm_01',
        '_cm01',
        'cm01_',
        '_',
        'CM_01.lab_1.example',
        'cm01',
        'cm-01.lab.example',
        '10.0.0.1',
    ]) {
        test(`can be ${name}`, () => {
            assert.ok(isHostName(name));
        });
    }
    for (const name of [
        '',
        '.',
        '-',
        '-cm01',
        'cm01-',
        'cm01.',
        'cm 01',
        'cm01/x',
        'cm01:443',
        "cm'01",
        'cm$01',
        'cm01\n',
        `${'a'.repeat(64)}.example`,
    ]) {
        test(`is none: ${JSON.stringify(name)}`, () => {
            assert.ok(!isHostName(name));
        });
    }
    test('may have an underscore in the URL, in TLS and in its certificate', async (t) => {
        const site = await siteUnderTest(t);
        const { port } = new URL(site.simulator.tokenBaseUrl);
        const address = serviceAddress(`https://cm_01.lab.localhost:${port}/AdminService_TokenAuth`, 'token');
        assert.ok(address);
        const provider = site.connectAgain(address);
        const [outcome] = await provider.run([query('SMS_Identification', [], 'ThisSiteCode')], 'unordered', NEVER);
        assert.equal(done(outcome)[0]?.get('thissitecode'), 'LAB');
    });
});
//# sourceMappingURL=host-names.test.js.map