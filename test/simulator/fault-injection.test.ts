import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { parseFault, readDuration, type Fault } from '../../src/simulator/faults.js';
import { FAR_TOKEN } from './small-site.js';
import { serve, until } from './site-client.js';

const SCHEDULE = 'SMS_ImageServicingSchedule';
const body = { Schedule: FAR_TOKEN };

const fault = (text: string): Fault => {
  const parsed = parseFault(text);
  assert.ok(parsed.fault !== undefined, parsed.problem);
  return parsed.fault;
};

suite('the text of a fault', () => {
  test('names kind, request, time, method and class', () => {
    const cases: readonly (readonly [string, Fault])[] = [
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
    const cases: readonly (readonly [string, RegExp])[] = [
      ['', /no @/u],
      ['lose', /no @/u],
      ['loose@1', /no fault "loose"/u],
      ['lose@', /"" is no whole number/u],
      ['lose@0', /no whole number/u],
      ['lose@1.5', /no whole number/u],
      ['lose@all', /no whole number/u],
      ['delay@1', /needs a time/u],
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
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `lose@1:${text}`),
        ),
        (text) => {
          const parsed = parseFault(text);
          assert.ok((parsed.fault === undefined) !== (parsed.problem === undefined));
        },
      ),
    );
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
    assert.deepEqual(
      site.running.requests.map((one) => [one.fault, one.status]),
      [
        ['refuse', 404],
        ['deny-401', 401],
        ['error-500', 500],
        [undefined, 201],
      ],
    );
  });

  test('cut ends the connection before anything is done', async (context) => {
    const site = await serve(context, { faults: [fault('cut@1')] });
    await assert.rejects(site.ask('POST', `/wmi/${SCHEDULE}`, { body }), { code: 'ECONNRESET' });
    assert.deepEqual(site.running.state.objects(SCHEDULE), []);
    assert.deepEqual(
      site.running.requests.map((one) => [one.outcome, one.status]),
      [['cut', 0]],
    );
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

  test('is counted among the requests that match method and class, each on its own', async (context) => {
    const site = await serve(context, {
      faults: [
        { kind: 'error-500', request: 2, class: 'sms_softwareupdate' },
        { kind: 'refuse', every: true, method: 'get', class: '$metadata' },
        { kind: 'refuse', request: 1, class: 'SMS_ImagePackage.RunOfflineServicingManager' },
      ],
    });
    const status = async (method: string, path: string): Promise<number> =>
      (await site.ask(method, path, method === 'POST' ? { body: {} } : {})).status;
    assert.equal(await status('GET', '/wmi/SMS_SoftwareUpdate'), 200);
    assert.equal(await status('GET', '/wmi/SMS_Site'), 200);
    assert.equal(await status('GET', '/wmi/SMS_SoftwareUpdate(101)'), 500);
    assert.equal(await status('GET', '/wmi/SMS_SoftwareUpdate'), 200);
    assert.equal(await status('GET', '/wmi/$metadata'), 404);
    assert.equal(await status('GET', '/wmi/$metadata'), 404);
    assert.equal(await status('GET', '/wmi/SMS_ImagePackage'), 200);
    assert.match(
      await site.refused('POST', 'SMS_ImagePackage.RunOfflineServicingManager', { body: {} }),
      /^Access denied/u,
    );
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
