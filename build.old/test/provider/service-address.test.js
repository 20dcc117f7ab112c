import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { serviceAddress } from '../../src/provider/admin-service/service-address.js';
const GATEWAY = 'https://gateway.example.com/CCM_Proxy_ServerAuth/72057594037927937/AdminService';
suite('the address of an administration service', () => {
    for (const [given, login, address] of [
        ['cm01.corp.example.com', 'integrated', 'https://cm01.corp.example.com/AdminService'],
        ['cm01.corp.example.com', 'token', 'https://cm01.corp.example.com/AdminService_TokenAuth'],
        ['https://cm01.example/AdminService', 'token', 'https://cm01.example/AdminService'],
        [
            'https://cm01.example:8443/adminservice_tokenauth/',
            'token',
            'https://cm01.example:8443/adminservice_tokenauth',
        ],
        ['cm_01.corp.example.com', 'integrated', 'https://cm_01.corp.example.com/AdminService'],
        ['_cm01_', 'token', 'https://_cm01_/AdminService_TokenAuth'],
        ['https://cm_01.example:8443/AdminService', 'token', 'https://cm_01.example:8443/AdminService'],
        [GATEWAY, 'token', GATEWAY],
        [`${GATEWAY}/`, 'token', GATEWAY],
    ]) {
        test(`${given} with ${login}`, () => {
            assert.equal(serviceAddress(given, login), address);
        });
    }
    for (const given of [
        '',
        'cm01.example/AdminService',
        'http://cm01.example/AdminService',
        '-cm01.example',
        'cm01_-.example',
        'https://cm01.example',
        'https://cm01.example/AdminService/wmi',
        'https://cm01.example/AdminService//',
        'https://cm01.example//AdminService',
        GATEWAY.replace('ServerAuth/', 'ServerAuth//'),
        `${GATEWAY}?x=1`,
        `${GATEWAY}#x`,
        'https://me:secret@cm01.example/AdminService',
    ]) {
        test(`${given === '' ? 'nothing' : given} is none`, () => {
            assert.equal(serviceAddress(given, 'token'), undefined);
        });
    }
});
//# sourceMappingURL=service-address.test.js.map