import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { FAR_TOKEN, SMALL, smallSite } from './small-site.js';
import { serve } from './site-client.js';

const SCHEDULE = 'SMS_ImageServicingSchedule';
const IMAGE_LINK = 'SMS_ImageServicingScheduledImage';
const UPDATE_LINK = 'SMS_ImageServicingScheduledUpdate';
const DRAFT = { Schedule: FAR_TOKEN, Action: 0 };

suite('creating', () => {
  test('answers 201 with the bare object; the site gives schedules their IDs', async (context) => {
    const site = await serve(context);
    const made = await site.create(SCHEDULE, { ...DRAFT, UpdateDP: true, Name: 'Juni "1"' });
    assert.equal(made['@odata.context'], `${site.running.tokenBaseUrl}/wmi/$metadata#${SCHEDULE}/$entity`);
    assert.equal(made['@odata.etag'], '16777217');
    assert.equal(made['ScheduleID'], 16_777_217);
    assert.equal(made['UpdateDP'], true);
    assert.equal(made['ContinueOnError'], false);
    assert.equal(made['Name'], 'Juni "1"');
    assert.equal(made['State'], 0);
    assert.equal(made['LastRunDateTime'], '1970-01-01T00:00:00Z');
    assert.ok(!('value' in made));
    assert.equal((await site.create(SCHEDULE, DRAFT))['ScheduleID'], 16_777_218);
    const stored = await site.object(`${SCHEDULE}(16777217)`);
    assert.equal(stored['Name'], 'Juni "1"');
  });

  test('an ID that is taken already is not given again', async (context) => {
    const description = smallSite({ schedules: [{ scheduleId: 16_777_217, schedule: FAR_TOKEN }] });
    const site = await serve(context, { description });
    assert.equal((await site.create(SCHEDULE, DRAFT))['ScheduleID'], 16_777_218);
  });

  test('refuses bodies that the reader of the service refuses', async (context) => {
    const site = await serve(context);
    const bodies: readonly (readonly [unknown, RegExp])[] = [
      [{ ...DRAFT, Action: '0' }, /Cannot convert the literal '0'/u],
      [{ ...DRAFT, Action: 0.5 }, /Cannot convert/u],
      [{ ...DRAFT, Action: 2 ** 31 }, /Cannot convert/u],
      [{ ...DRAFT, UpdateDP: 'true' }, /Cannot convert/u],
      [{ ...DRAFT, UpdateDP: 1 }, /Cannot convert/u],
      [{ ...DRAFT, Name: 5 }, /Cannot convert/u],
      [{ ...DRAFT, Name: ['x'] }, /'StartArray' node/u],
      [{ ...DRAFT, Name: {} }, /'StartObject' node/u],
      [{ ...DRAFT, Name: null }, /null value/u],
      [{ ...DRAFT, action: 0 }, /does not exist/u],
      [{ ...DRAFT, NoSuch: 1 }, /does not exist/u],
      [{ ...DRAFT, __CLASS: SCHEDULE }, /does not exist/u],
      [{ ...DRAFT, State: 1 }, /read-only/u],
      [{ ...DRAFT, LastRunDateTime: '2024-01-01T00:00:00.000Z' }, /read-only/u],
      [{ ...DRAFT, Action: 3 }, /not allowed/u],
      [{ ...DRAFT, Action: 2 }, /not allowed/u],
      [{ Action: 0 }, /'Schedule'.*required/u],
      [{ ...DRAFT, Schedule: '' }, /cannot be read/u],
      [{ ...DRAFT, Schedule: 'tomorrow' }, /cannot be read/u],
      [{ ...DRAFT, ScheduleID: 16_777_217 }, /No instance/u],
      [[DRAFT], /'StartArray' node/u],
      ['text', /'PrimitiveValue' node/u],
    ];
    for (const [body, message] of bodies) {
      assert.match(await site.refused('POST', SCHEDULE, { body }), message, JSON.stringify(body));
    }
    await site.refused('POST', SCHEDULE, { text: '{' });
    assert.deepEqual(site.running.state.objects(SCHEDULE), []);
  });

  test('without a body is a 411, also with a length of 0', async (context) => {
    const site = await serve(context);
    assert.equal((await site.ask('POST', `/wmi/${SCHEDULE}`)).status, 411);
    assert.equal((await site.ask('POST', `/wmi/${SCHEDULE}`, { text: '' })).status, 411);
    assert.equal((await site.ask('PUT', `/wmi/${SCHEDULE}(1)`)).status, 411);
    await site.refused('POST', SCHEDULE, { body: {} });
  });

  test('needs a JSON content type', async (context) => {
    const site = await serve(context);
    for (const type of ['application/x-www-form-urlencoded', 'text/json', 'application/jsonx']) {
      await site.refused('POST', SCHEDULE, { body: DRAFT, headers: { 'content-type': type } }, 415);
    }
    const reply = await site.ask('POST', `/wmi/${SCHEDULE}`, {
      body: DRAFT,
      headers: { 'content-type': 'application/json; charset=utf-8' },
    });
    assert.equal(reply.status, 201);
  });

  test('reads names as UTF-8', async (context) => {
    const site = await serve(context);
    const Name = 'Büro 教室 🚀 "\\\n';
    assert.equal((await site.create(SCHEDULE, { ...DRAFT, Name }))['Name'], Name);
    assert.equal((await site.object(`${SCHEDULE}(16777217)`))['Name'], Name);
  });

  test('classes that only the site writes refuse the account', async (context) => {
    const site = await serve(context);
    const denied = /^Access denied {2}WMI QUERY: $/u;
    assert.match(await site.refused('POST', 'SMS_ImagePackage', { body: { Name: 'x' } }), denied);
    assert.match(await site.refused('PUT', 'SMS_SoftwareUpdate(101)', { body: { CI_ID: 101 } }), denied);
    assert.match(await site.refused('DELETE', 'SMS_SoftwareUpdate(101)'), denied);
    assert.match(await site.refused('POST', 'SMS_ImageServicingProgress', { body: {} }), denied);
    assert.equal((await site.rows('SMS_SoftwareUpdate')).length, 5);
  });
});

suite('an update group', () => {
  const LocalizedInformation = [{ DisplayName: 'June', Description: 'of 2026', LocaleID: 1033 }];

  test('gets its CI_ID from the site, its name from its texts, and its facts from its updates', async (context) => {
    const site = await serve(context);
    const made = await site.create('SMS_AuthorizationList', {
      LocalizedInformation,
      Updates: [101, 103, 105],
    });
    site.clock.advance(2000);
    const group = await site.object(`SMS_AuthorizationList(${String(made['CI_ID'])})`);
    assert.equal(group['LocalizedDisplayName'], 'June');
    assert.equal(group['LocalizedDescription'], 'of 2026');
    assert.equal(group['NumberOfUpdates'], 3);
    assert.equal(group['ContainsExpiredUpdates'], true);
    assert.equal(group['IsProvisioned'], false);
    const found = await site.filter('SMS_AuthorizationList', "LocalizedDisplayName eq 'June'");
    assert.deepEqual(
      found.map((row) => row['CI_ID']),
      [made['CI_ID']],
    );
  });

  test('is empty after a PUT without its updates, and keeps what only the site writes', async (context) => {
    const site = await serve(context);
    const before = await site.object('SMS_AuthorizationList(201)');
    site.clock.advance(2000);
    const body = { CI_ID: 201, LocalizedInformation };
    assert.equal((await site.ask('PUT', '/wmi/SMS_AuthorizationList(201)', { body })).status, 204);
    const after = await site.object('SMS_AuthorizationList(201)');
    assert.deepEqual(after['Updates'], []);
    assert.equal(after['LocalizedDisplayName'], 'June');
    for (const name of ['CI_UniqueID', 'CreatedBy', 'DateCreated']) assert.equal(after[name], before[name]);
    assert.notEqual(after['DateLastModified'], before['DateLastModified']);
    await site.refused('PUT', '/wmi/SMS_AuthorizationList(201)', {
      body: { CI_ID: 201, NumberOfUpdates: 1 },
    });
  });
});

suite('links', () => {
  test('hold the key and nothing else; the same one again makes no second', async (context) => {
    const site = await serve(context);
    const ScheduleID = await site.schedule(DRAFT, [SMALL.image, SMALL.upgrade, SMALL.image], [101, 102, 101]);
    site.clock.advance(2000);
    assert.equal((await site.rows(IMAGE_LINK)).length, 2);
    assert.equal((await site.rows(UPDATE_LINK)).length, 2);
    const link = await site.object(`${UPDATE_LINK}(UpdateID=101,ScheduleID=${ScheduleID})`);
    assert.equal(link['@odata.etag'], `${ScheduleID};101`);
  });

  test('need a schedule, an image and an update that exist', async (context) => {
    const site = await serve(context);
    const ScheduleID = await site.schedule(DRAFT);
    await site.refused('POST', IMAGE_LINK, { body: { ScheduleID: 5, ImagePackageID: SMALL.image } });
    await site.refused('POST', IMAGE_LINK, { body: { ScheduleID, ImagePackageID: 'LAB99999' } });
    await site.refused('POST', UPDATE_LINK, { body: { ScheduleID: 5, UpdateID: 101 } });
    await site.refused('POST', UPDATE_LINK, { body: { ScheduleID, UpdateID: 999 } });
    await site.refused('POST', UPDATE_LINK, { body: { ScheduleID } });
    await site.refused('POST', UPDATE_LINK, { body: { UpdateID: 101 } });
    assert.deepEqual(site.running.state.objects(UPDATE_LINK), []);
  });

  test('an UpdateID is signed though a CI_ID is not', async (context) => {
    const description = smallSite({ updates: [{ ciId: 3_000_000_000, articleId: '1', title: 'Big' }] });
    const site = await serve(context, { description });
    const ScheduleID = await site.schedule(DRAFT);
    assert.equal((await site.object('SMS_SoftwareUpdate(3000000000)'))['CI_ID'], 3_000_000_000);
    const body = { ScheduleID, UpdateID: 3_000_000_000 };
    assert.match(
      await site.refused('POST', UPDATE_LINK, { body }),
      /Cannot convert the literal '3000000000'/u,
    );
  });
});

suite('updating', () => {
  test('PUT answers 204 without a body and replaces what the caller may write', async (context) => {
    const site = await serve(context);
    const ScheduleID = await site.schedule({ ...DRAFT, Name: 'A', UpdateDP: true, Description: 'D' });
    const reply = await site.ask('PUT', `/wmi/${SCHEDULE}(${ScheduleID})`, {
      body: { ScheduleID, Schedule: FAR_TOKEN, Name: 'B' },
    });
    assert.equal(reply.status, 204);
    assert.equal(reply.text, '');
    const now = await site.object(`${SCHEDULE}(${ScheduleID})`);
    assert.equal(now['Name'], 'B');
    // What the body leaves out falls back to its default.
    assert.equal(now['UpdateDP'], false);
    assert.equal(now['Description'], '');
    // What the site keeps there stays: the component has seen that the schedule waits.
    assert.equal(now['State'], 1);
  });

  test('PUT needs an object that exists, and the key in the body too', async (context) => {
    const site = await serve(context);
    const ScheduleID = await site.schedule(DRAFT);
    await site.refused('PUT', `${SCHEDULE}(5)`, { body: { ...DRAFT, ScheduleID: 5 } });
    await site.refused('PUT', `${SCHEDULE}(${ScheduleID})`, { body: DRAFT });
    await site.refused('PUT', `${SCHEDULE}(${ScheduleID})`, { body: { ...DRAFT, ScheduleID: 5 } });
    await site.refused('PUT', `${SCHEDULE}(${ScheduleID})`, { body: { ScheduleID } });
    await site.refused('PUT', `${SCHEDULE}(${ScheduleID})`, { body: { ...DRAFT, ScheduleID, Name: null } });
    await site.refused('PUT', `${SCHEDULE}(${ScheduleID})`, { body: { ...DRAFT, ScheduleID, Name: [] } });
    await site.refused('PUT', SCHEDULE, { body: { ...DRAFT, ScheduleID } }, 405);
  });

  test('POST with the key of an object that exists replaces it', async (context) => {
    const site = await serve(context);
    const ScheduleID = await site.schedule({ ...DRAFT, Name: 'A' });
    const made = await site.create(SCHEDULE, { ...DRAFT, ScheduleID, Name: 'B' });
    assert.equal(made['ScheduleID'], ScheduleID);
    assert.equal(site.running.state.objects(SCHEDULE).length, 1);
    assert.equal((await site.object(`${SCHEDULE}(${ScheduleID})`))['Name'], 'B');
  });

  test('PATCH and other verbs are errors', async (context) => {
    const site = await serve(context);
    const ScheduleID = await site.schedule(DRAFT);
    await site.refused('PATCH', `${SCHEDULE}(${ScheduleID})`, { body: { Name: 'x' } }, 405);
    await site.refused('POST', `${SCHEDULE}(${ScheduleID})`, { body: DRAFT }, 405);
    await site.refused('DELETE', SCHEDULE, {}, 405);
    await site.refused('OPTIONS', SCHEDULE, {}, 405);
  });
});

suite('deleting', () => {
  test('answers 204 without a body, and 404 the second time', async (context) => {
    const site = await serve(context);
    const ScheduleID = await site.schedule(DRAFT, [SMALL.image]);
    const path = `/wmi/${IMAGE_LINK}(ScheduleID=${ScheduleID},ImagePackageID='${SMALL.image}')`;
    const reply = await site.ask('DELETE', path);
    assert.equal(reply.status, 204);
    assert.equal(reply.text, '');
    assert.equal((await site.ask('DELETE', path)).status, 404);
    assert.equal((await site.ask('GET', path)).status, 404);
  });

  test('the links of a deleted schedule stay', async (context) => {
    const site = await serve(context);
    const ScheduleID = await site.schedule(DRAFT, [SMALL.image], [101]);
    assert.equal((await site.ask('DELETE', `/wmi/${SCHEDULE}(${ScheduleID})`)).status, 204);
    site.clock.advance(2000);
    assert.equal((await site.rows(SCHEDULE)).length, 0);
    assert.equal((await site.rows(IMAGE_LINK)).length, 1);
    assert.equal((await site.rows(UPDATE_LINK)).length, 1);
  });
});

suite('new objects', () => {
  test('are found by their key at once, by a query only after a while', async (context) => {
    const site = await serve(context, { invisibleMilliseconds: 5000 });
    const ScheduleID = await site.schedule(DRAFT, [SMALL.image]);
    const filter = `ScheduleID eq ${ScheduleID}`;
    const found = async (): Promise<number[]> => [
      (await site.filter(SCHEDULE, filter)).length,
      (await site.rows(SCHEDULE)).length,
      (await site.filter(IMAGE_LINK, filter)).length,
    ];
    assert.deepEqual(await found(), [0, 0, 0]);
    await site.object(`${SCHEDULE}(${ScheduleID})`);
    await site.object(`${IMAGE_LINK}(ScheduleID=${ScheduleID},ImagePackageID='${SMALL.image}')`);
    site.clock.advance(4999);
    assert.deepEqual(await found(), [0, 0, 0]);
    // An update does not make an object visible sooner, nor invisible again.
    await site.ask('PUT', `/wmi/${SCHEDULE}(${ScheduleID})`, { body: { ...DRAFT, ScheduleID } });
    assert.deepEqual(await found(), [0, 0, 0]);
    site.clock.advance(1);
    assert.deepEqual(await found(), [1, 1, 1]);
    await site.ask('PUT', `/wmi/${SCHEDULE}(${ScheduleID})`, { body: { ...DRAFT, ScheduleID, Name: 'x' } });
    assert.deepEqual(await found(), [1, 1, 1]);
  });
});
