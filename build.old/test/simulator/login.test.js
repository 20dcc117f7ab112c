import assert from 'node:assert/strict';
import { request as httpsRequest } from 'node:https';
import { suite, test } from 'node:test';
import { serve, until } from './site-client.js';
suite('the login', () => {
    test('every request without one is answered 401, whatever it asks for', async (context) => {
        const site = await serve(context);
        for (const [method, path] of [
            ['GET', '/wmi/SMS_ImagePackage'],
            ['GET', "/wmi/SMS_ImagePackage('LAB00001')"],
            ['GET', '/wmi/$metadata'],
            ['GET', '/wmi/NoSuchClass'],
            ['POST', '/wmi/SMS_ImageServicingSchedule'],
            ['DELETE', '/wmi/SMS_ImageServicingSchedule(1)'],
            ['GET', '/'],
        ]) {
            const reply = await site.ask(method, path, { authorization: undefined });
            assert.equal(reply.status, 401, `${method} ${path}`);
            assert.equal(reply.headers['www-authenticate'], 'Negotiate');
            assert.equal(reply.text, '');
        }
    });
    test('the login of an earlier request does not count on the same connection', async (context) => {
        const site = await serve(context);
        const statuses = [];
        for (const authorization of [
            'Bearer test-token',
            undefined,
            'Bearer test-token',
            'Bearer wrong',
            undefined,
        ]) {
            statuses.push((await site.ask('GET', '/wmi/SMS_Site', { authorization })).status);
        }
        assert.deepEqual(statuses, [200, 401, 200, 401, 401]);
        assert.equal(Object.values(site.agent.freeSockets).flat().length, 1);
    });
    test('the token route takes the token alone, the other route no token at all', async (context) => {
        const site = await serve(context);
        const status = async (route, authorization) => (await site.ask('GET', '/wmi/SMS_Site', { route, authorization })).status;
        assert.equal(await status('/AdminService_TokenAuth', 'Bearer test-token'), 200);
        assert.equal(await status('/adminservice_tokenauth', 'bearer test-token'), 200);
        assert.equal(await status('/AdminService_TokenAuth', 'Bearer test-token2'), 401);
        assert.equal(await status('/AdminService_TokenAuth', 'Basic dGVzdC10b2tlbg=='), 401);
        assert.equal(await status('/AdminService_TokenAuth', 'Negotiate dGVzdC10b2tlbg=='), 401);
        assert.equal(await status('/AdminService', 'Bearer test-token'), 401);
        assert.equal(await status('/AdminService', 'Negotiate dGVzdC10b2tlbg=='), 401);
    });
    test('Negotiate is for the one who starts the site to decide, for each request', async (context) => {
        const seen = [];
        const site = await serve(context, {
            trustNegotiate: (token) => {
                seen.push(token.toString());
                return token.toString() === 'ticket';
            },
        });
        const status = async (authorization) => (await site.ask('GET', '/wmi/SMS_Site', { route: '/AdminService', authorization })).status;
        assert.equal(await status('Negotiate dGlja2V0'), 200);
        assert.equal(await status('Negotiate TlRMTVNTUA=='), 401);
        assert.equal(await status('Negotiate dGlja2V0'), 200);
        assert.deepEqual(seen, ['ticket', 'NTLMSSP', 'ticket']);
    });
    test('a refused write does nothing', async (context) => {
        const site = await serve(context);
        const reply = await site.ask('POST', '/wmi/SMS_ImageServicingSchedule', {
            body: { Schedule: '0001200000080001' },
            authorization: undefined,
        });
        assert.equal(reply.status, 401);
        assert.deepEqual(site.running.state.objects('SMS_ImageServicingSchedule'), []);
    });
    test('the certificate is good for 127.0.0.1 and localhost, and only for who trusts it', async (context) => {
        const site = await serve(context);
        const reach = async (host, ca) => new Promise((resolve) => {
            const request = httpsRequest({ host, port: site.running.port, path: '/', ...(ca === undefined ? {} : { ca }), agent: false }, (response) => {
                response.resume();
                resolve(String(response.statusCode));
            });
            request.on('error', (error) => {
                resolve(error.code ?? error.message);
            });
            request.end();
        });
        assert.equal(await reach('127.0.0.1', site.running.certificatePem), '404');
        assert.equal(await reach('localhost', site.running.certificatePem), '404');
        assert.match(await reach('127.0.0.1', undefined), /SELF_SIGNED|UNABLE_TO/u);
    });
    test('the record of a request holds no secret', async (context) => {
        const site = await serve(context);
        await site.ask('GET', '/wmi/SMS_Site?$top=1');
        await until(() => site.running.requests[0]?.outcome === 'answered');
        const [record] = site.running.requests;
        assert.equal(record?.authorization, 'bearer');
        assert.equal(record.path, '/AdminService_TokenAuth/wmi/SMS_Site');
        assert.equal(record.query, '$top=1');
        assert.equal(record.className, 'SMS_Site');
        assert.equal(record.rows, 1);
        assert.ok(record.bytes > 100);
        assert.ok(!JSON.stringify(site.running.requests).includes('test-token'));
    });
});
//# sourceMappingURL=login.test.js.map