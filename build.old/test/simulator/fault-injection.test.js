import assert from 'node:assert/strict';
import { request as httpsRequest } from 'node:https';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { parseFault, readDuration } from '../../src/simulator/faults.js';
import { FAR_TOKEN } from './small-site.js';
import { serve, until } from './site-client.js';
const SCHEDULE = 'SMS_ImageServicingSchedule';
const body = { Schedule: FAR_TOKEN };
const fault = (text) => {
    const parsed = parseFault(text);
    assert.ok(parsed.fault !== undefined, parsed.problem);
    return parsed.fault;
};
suite('the text of a fault', () => {
    test('names kind, request, time, method and class', () => {
        const cases = [
            ['lose@7', { kind: 'lose', request: 7 }],
            ['delay@3:5s', { kind: 'delay', request: 3, milliseconds: 5000 }],
            ['cut@every', { kind: 'cut', every: true }],
            ['deny-401@every:GET', { kind: 'deny-401', every: true, method: 'GET' }],
            [
                'error-500@2:POST SMS_ImageServicingSchedule',
                { kind: 'error-500', request: 2, method: 'POST', class: SCHEDULE },
            ],
            ['truncate@1:SMS_SoftwareUpdate', { kind: 'truncate', request: 1, class: 'SMS_SoftwareUpdate' }],
            ['refuse@1:$metadata', { kind: 'refuse', request: 1, class: '$metadata' }],
            ['not-found@1:DELETE', { kind: 'not-found', request: 1, method: 'DELETE' }],
            ['restart@5:10s', { kind: 'restart', request: 5, milliseconds: 10_000 }],
            ['slow@2:5s:GET', { kind: 'slow', request: 2, milliseconds: 5000, method: 'GET' }],
            ['html-502@every:GET', { kind: 'html-502', every: true, method: 'GET' }],
            ['wrong-types@1', { kind: 'wrong-types', request: 1 }],
            [
                'delay@1:20ms:POST SMS_ImagePackage.RunOfflineServicingManager',
                {
                    kind: 'delay',
                    request: 1,
                    milliseconds: 20,
                    method: 'POST',
                    class: 'SMS_ImagePackage.RunOfflineServicingManager',
                },
            ],
        ];
        for (const [text, expected] of cases) {
            assert.deepEqual(fault(text), expected);
        }
    });
    test('is refused with the reason and the grammar', () => {
        const cases = [
            ['', /no @/u],
            ['lose', /no @/u],
            ['loose@1', /no fault "loose"/u],
            ['lose@', /"" is no whole number/u],
            ['lose@0', /no whole number/u],
            ['lose@1.5', /no whole number/u],
            ['lose@all', /no whole number/u],
            ['delay@1', /needs a time/u],
            ['slow@1', /needs a time/u],
            ['restart@1:GET', /needs a time/u],
            ['html@1', /no fault "html"/u],
            ['delay@1:5', /needs a time/u],
            ['delay@1:GET', /needs a time/u],
            ['lose@1:5s:GET', /may be a method/u],
            ['lose@1:GET a b', /may be a method/u],
            ['lose@1:', /may be a method/u],
            ['lose@1:a-b', /may be a method/u],
        ];
        for (const [text, reason] of cases) {
            const { problem } = parseFault(text);
            assert.match(problem ?? '', reason, text);
            assert.match(problem ?? '', /A fault is KIND@N/u);
        }
    });
    test('times have a unit', () => {
        assert.deepEqual(['20ms', '5s', '2m', '1h', '0s'].map(readDuration), [20, 5000, 120_000, 3_600_000, 0]);
        for (const text of ['', '5', 's', '-5s', '5 s', '1.5s', '5S', '5d']) {
            assert.equal(readDuration(text), undefined, text);
        }
    });
    test('no text at all makes the reader throw', () => {
        fc.assert(fc.property(fc.oneof(fc.string(), fc.string().map((text) => `lose@1:${text}`)), (text) => {
            const parsed = parseFault(text);
            assert.ok((parsed.fault === undefined) !== (parsed.problem === undefined));
        }));
    });
});
suite('a fault that is served', () => {
    test('refuse, deny-401 and error-500 answer, and nothing is done', async (context) => {
        const site = await serve(context, {
            faults: ['refuse@1', 'deny-401@2', 'error-500@3'].map(fault),
        });
        assert.match(await site.refused('POST', SCHEDULE, { body }), /^Access denied/u);
        assert.equal((await site.ask('POST', `/wmi/${SCHEDULE}`, { body })).status, 401);
        await site.refused('POST', SCHEDULE, { body }, 500);
        assert.deepEqual(site.running.state.objects(SCHEDULE), []);
        await site.create(SCHEDULE, body);
        assert.deepEqual(site.running.requests.map((one) => [one.fault, one.status]), [
            ['refuse', 404],
            ['deny-401', 401],
            ['error-500', 500],
            [undefined, 201],
        ]);
    });
    test('cut ends the connection before anything is done', async (context) => {
        const site = await serve(context, { faults: [fault('cut@1')] });
        await assert.rejects(site.ask('POST', `/wmi/${SCHEDULE}`, { body }), { code: 'ECONNRESET' });
        assert.deepEqual(site.running.state.objects(SCHEDULE), []);
        assert.deepEqual(site.running.requests.map((one) => [one.outcome, one.status]), [['cut', 0]]);
        await site.create(SCHEDULE, body);
    });
    test('lose does it, and then ends the connection without an answer', async (context) => {
        const site = await serve(context, { faults: [fault('lose@1:POST')] });
        await site.rows('SMS_Site');
        await assert.rejects(site.ask('POST', `/wmi/${SCHEDULE}`, { body }), { code: 'ECONNRESET' });
        assert.equal(site.running.state.objects(SCHEDULE).length, 1);
        const record = site.running.requests.at(-1);
        assert.deepEqual([record?.outcome, record?.status, record?.bytes], ['lost', 201, 0]);
    });
    test('truncate does it, and sends half of the answer', async (context) => {
        const site = await serve(context, {
            faults: ['truncate@1:POST', 'truncate@1:GET SMS_SoftwareUpdate'].map(fault),
        });
        await assert.rejects(site.ask('POST', `/wmi/${SCHEDULE}`, { body }));
        assert.equal(site.running.state.objects(SCHEDULE).length, 1);
        await assert.rejects(site.ask('GET', '/wmi/SMS_SoftwareUpdate'));
        const [first] = site.running.requests;
        assert.equal(first?.outcome, 'truncated');
        assert.ok(first.bytes > 100);
        assert.equal((await site.rows('SMS_SoftwareUpdate')).length, 5);
    });
    test('delay brings effect and answer late', async (context) => {
        const site = await serve(context, { faults: [fault('delay@1:5s')] });
        const reply = site.ask('POST', `/wmi/${SCHEDULE}`, { body });
        await until(() => site.clock.waiting === 1);
        site.clock.advance(4999);
        assert.deepEqual(site.running.state.objects(SCHEDULE), []);
        site.clock.advance(1);
        assert.equal((await reply).status, 201);
    });
    test('a delayed effect comes also when the client has gone', async (context) => {
        const site = await serve(context, { faults: [fault('delay@1:5s')] });
        const reply = site.ask('POST', `/wmi/${SCHEDULE}`, { body });
        await until(() => site.clock.waiting === 1);
        site.agent.destroy();
        await assert.rejects(reply);
        site.clock.advance(5000);
        assert.equal(site.running.state.objects(SCHEDULE).length, 1);
    });
    test('not-found, the pages and the redirect come in place of the answer, and nothing is done', async (context) => {
        const site = await serve(context, {
            faults: ['not-found@1', 'html-200@2', 'html-502@3', 'redirect@4'].map(fault),
        });
        assert.match(await site.refused('POST', SCHEDULE, { body }), /^No instance of/u);
        const [page, proxy, redirect] = [
            await site.ask('POST', `/wmi/${SCHEDULE}`, { body }),
            await site.ask('POST', `/wmi/${SCHEDULE}`, { body }),
            await site.ask('POST', `/wmi/${SCHEDULE}`, { body }),
        ];
        assert.deepEqual([page.status, proxy.status, redirect.status], [200, 502, 302]);
        for (const reply of [page, proxy]) {
            assert.match(String(reply.headers['content-type']), /^text\/html/u);
            assert.match(reply.text, /^<!DOCTYPE/iu);
        }
        assert.match(redirect.headers['location'], /^https:\/\/sign-in\.example\//u);
        assert.deepEqual(site.running.state.objects(SCHEDULE), []);
    });
    test('a redirect goes where the test wants it to go', async (context) => {
        const location = 'https://elsewhere.example/';
        const site = await serve(context, { faults: [{ kind: 'redirect', request: 1, location }] });
        assert.equal((await site.ask('GET', '/wmi/SMS_Site')).headers['location'], location);
    });
    test('reset ends the connection with an RST before anything is done', async (context) => {
        const site = await serve(context, { faults: [fault('reset@1')] });
        await assert.rejects(site.ask('POST', `/wmi/${SCHEDULE}`, { body }), { code: 'ECONNRESET' });
        assert.deepEqual(site.running.state.objects(SCHEDULE), []);
        assert.equal(site.running.requests[0]?.outcome, 'reset');
        await site.create(SCHEDULE, body);
    });
    test('invalid-json does it, and its answer is whole for HTTP alone', async (context) => {
        const site = await serve(context, { faults: [fault('invalid-json@1')] });
        const reply = await site.ask('POST', `/wmi/${SCHEDULE}`, { body });
        assert.equal(reply.status, 201);
        assert.equal(reply.headers['content-length'], String(Buffer.byteLength(reply.text)));
        assert.throws(() => JSON.parse(reply.text), SyntaxError);
        assert.equal(site.running.state.objects(SCHEDULE).length, 1);
    });
    test('wrong-types changes the type of every value, and leaves one property out', async (context) => {
        const site = await serve(context, { faults: ['wrong-types@2', 'wrong-types@4'].map(fault) });
        const [right] = await site.rows(`SMS_AuthorizationList(201)`);
        const [wrong] = await site.rows(`SMS_AuthorizationList(201)`);
        assert.ok(right !== undefined && wrong !== undefined);
        assert.equal(Object.keys(right).length - Object.keys(wrong).length, 1);
        assert.deepEqual([right['CI_ID'], wrong['CI_ID']], [201, '201']);
        assert.equal(typeof wrong['LocalizedDisplayName'], 'number');
        assert.equal(wrong['IsDeployed'], 0);
        assert.deepEqual(wrong['Updates'], Object.fromEntries(right['Updates'].map((id, at) => [String(at), id])));
        const made = await site.create(SCHEDULE, body);
        assert.equal(typeof made['ScheduleID'], 'number');
        assert.equal(typeof (await site.create(SCHEDULE, body))['ScheduleID'], 'string');
    });
    test('wrong-types of one property leaves the others as they are', async (context) => {
        const of = { kind: 'wrong-types', property: 'ci_id' };
        const site = await serve(context, {
            faults: [
                { ...of, request: 1, instead: 'missing' },
                { ...of, request: 2, instead: 'null' },
                { ...of, request: 3, instead: 'other-type' },
            ],
        });
        const ids = [];
        for (let time = 0; time < 4; time += 1) {
            const [row] = await site.rows('SMS_SoftwareUpdate(101)');
            ids.push(row?.['CI_ID']);
            assert.equal(row?.['ArticleID'], '5000101');
        }
        assert.deepEqual(ids, [undefined, null, '101', 101]);
    });
    test('slow does it at once, and lets the answer drip in over the time', async (context) => {
        const site = await serve(context, { component: 'off', faults: [fault('slow@1:10s')] });
        let whole = false;
        const reply = site.ask('POST', `/wmi/${SCHEDULE}`, { body }).then((answer) => {
            whole = true;
            return answer;
        });
        await until(() => site.running.state.objects(SCHEDULE).length === 1);
        for (let half = 0; half < 20; half += 1) {
            await until(() => site.clock.waiting === 1);
            assert.ok(!whole);
            site.clock.advance(500);
        }
        assert.equal(JSON.parse((await reply).text).Schedule, FAR_TOKEN);
    });
    test('oversize never ends, and ends with the client', async (context) => {
        const site = await serve(context, { faults: [fault('oversize@1')] });
        const got = await new Promise((resolve, reject) => {
            const request = httpsRequest({
                host: '127.0.0.1',
                port: site.running.port,
                path: '/AdminService_TokenAuth/wmi/SMS_Site',
                agent: site.agent,
            }, (response) => {
                assert.equal(response.headers['content-length'], undefined);
                let bytes = 0;
                response.on('data', (piece) => {
                    bytes += piece.length;
                    if (bytes > 20_000_000) {
                        request.destroy();
                        resolve(bytes);
                    }
                });
            });
            request.on('error', reject);
            request.end();
        });
        assert.ok(got > 20_000_000);
        await until(() => site.running.requests[0]?.outcome === 'answered');
        // What is on its way is bounded by the buffers in between, and not by the patience of the client.
        assert.ok((site.running.requests[0]?.bytes ?? 0) < 60_000_000);
    });
    test('restart: no connection for half of the time, 503 for the rest, and then the site as it was', async (context) => {
        const site = await serve(context, { faults: [fault('restart@2:10s')] });
        const id = (await site.create(SCHEDULE, body))['ScheduleID'];
        await assert.rejects(site.ask('POST', `/wmi/${SCHEDULE}`, { body }), { code: 'ECONNRESET' });
        site.clock.advance(4_999);
        await assert.rejects(site.ask('GET', '/wmi/SMS_Site'), { code: 'ECONNREFUSED' });
        site.clock.advance(1);
        await until(() => site.running.isListening());
        assert.equal((await site.ask('GET', '/wmi/SMS_Site')).status, 503);
        site.clock.advance(4_999);
        assert.equal((await site.ask('GET', '/wmi/SMS_Site')).status, 503);
        site.clock.advance(1);
        assert.deepEqual((await site.rows(SCHEDULE)).map((row) => row['ScheduleID']), [id]);
        assert.equal(site.running.state.objects(SCHEDULE).length, 1);
    });
    test('a site that restarts can be stopped', async (context) => {
        const site = await serve(context, { faults: [fault('restart@1:10s')] });
        await assert.rejects(site.ask('GET', '/wmi/SMS_Site'), { code: 'ECONNRESET' });
        await site.running.stop();
        assert.equal(site.clock.waiting, 0);
        site.clock.advance(10_000);
        assert.ok(!site.running.isListening());
    });
    test('is counted among the requests that match method and class, each on its own', async (context) => {
        const site = await serve(context, {
            faults: [
                { kind: 'error-500', request: 2, class: 'sms_softwareupdate' },
                { kind: 'refuse', every: true, method: 'get', class: '$metadata' },
                { kind: 'refuse', request: 1, class: 'SMS_ImagePackage.RunOfflineServicingManager' },
            ],
        });
        const status = async (method, path) => (await site.ask(method, path, method === 'POST' ? { body: {} } : {})).status;
        assert.equal(await status('GET', '/wmi/SMS_SoftwareUpdate'), 200);
        assert.equal(await status('GET', '/wmi/SMS_Site'), 200);
        assert.equal(await status('GET', '/wmi/SMS_SoftwareUpdate(101)'), 500);
        assert.equal(await status('GET', '/wmi/SMS_SoftwareUpdate'), 200);
        assert.equal(await status('GET', '/wmi/$metadata'), 404);
        assert.equal(await status('GET', '/wmi/$metadata'), 404);
        assert.equal(await status('GET', '/wmi/SMS_ImagePackage'), 200);
        assert.match(await site.refused('POST', 'SMS_ImagePackage.RunOfflineServicingManager', { body: {} }), /^Access denied/u);
        assert.equal(await status('GET', '/wmi/SMS_ImagePackage'), 200);
    });
    test('a time before each answer', async (context) => {
        const site = await serve(context, { latencyMilliseconds: 200 });
        const reply = site.ask('GET', '/wmi/SMS_Site');
        await until(() => site.clock.waiting === 1);
        assert.equal(site.running.requests[0]?.outcome, 'pending');
        site.clock.advance(200);
        assert.equal((await reply).status, 200);
    });
    test('what is still delayed when the site stops does not happen', async (context) => {
        const site = await serve(context, { faults: [fault('delay@1:5s')] });
        const reply = site.ask('POST', `/wmi/${SCHEDULE}`, { body });
        await until(() => site.clock.waiting === 1);
        const ended = assert.rejects(reply);
        await site.running.stop();
        await ended;
        assert.equal(site.clock.waiting, 0);
        site.clock.advance(5000);
        assert.deepEqual(site.running.state.objects(SCHEDULE), []);
    });
});
//# sourceMappingURL=fault-injection.test.js.map