import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { changeObject } from '../../src/provider/admin-service/change-dialogue.js';
import type { DialogueContext } from '../../src/provider/admin-service/dialogue.js';
import type { HttpAnswer, HttpRequest } from '../../src/provider/admin-service/http-exchange.js';
import type { ServiceAddress } from '../../src/provider/admin-service/service-address.js';
import type { JsonValue } from '../../src/provider/instance.js';
import type { Change, Outcome } from '../../src/provider/port.js';
import { text, uint32 } from './operations.js';

const RENAME: Change = {
  verb: 'change',
  class: 'SMS_X',
  key: { ID: uint32(7) },
  properties: { Name: text('new') },
  writable: ['Name', 'Members', 'Window', 'Due'],
};

const NO_MEMBERS: Change = { ...RENAME, properties: { members: { cim: 'uint32[]', value: [] } } };

type Properties = Readonly<Record<string, JsonValue>>;

/** Lets a change talk to a site that reads `object`, takes the PUT and then reads `after`. */
function changed(
  operation: Change,
  object: Properties,
  after: HttpAnswer = read(object),
  before: HttpAnswer = read(object),
): { readonly outcome: Outcome<unknown>; readonly body: Properties; readonly requests: readonly string[] } {
  const context: DialogueContext = {
    address: 'https://cm01.example/AdminService' as ServiceAddress,
    login: 'token',
    account: 'the user of the token',
    filterLengths: new Map(),
    mostRows: 0,
    wasAccepted: false,
    examination: undefined,
    metadata: undefined,
  };
  const answers = [before, { kind: 'answered', status: 204, body: '' } as const, after];
  const sent: HttpRequest[] = [];
  const dialogue = changeObject(operation, context);
  let step = dialogue.next();
  while (step.done !== true) {
    sent.push(...step.value);
    step = dialogue.next(answers.slice(sent.length - 1, sent.length));
  }
  const body = JSON.parse(sent[1]?.body ?? '{}') as Properties;
  return { outcome: step.value, body, requests: sent.map(({ method }) => method) };
}

function read(object: Properties): HttpAnswer {
  return { kind: 'answered', status: 200, body: JSON.stringify({ value: [{ ID: 7, ...object }] }) };
}

suite('a change over the administration service', () => {
  test('sends back what it read, in the form in which it came', () => {
    const object = {
      '@odata.etag': '7',
      __CLASS: 'SMS_X',
      name: 'old',
      Members: [3, null, 3],
      Window: {
        Day: 2,
        '@odata.type': '#AdminService.SMS_ST_RecurWeekly',
        'Day@odata.type': '#Int64',
        __GENUS: 2,
      },
      Due: '2024-08-30T20:55:06.123+02:00',
      State: 3,
    };
    const { body, outcome } = changed(RENAME, object);
    assert.equal(outcome.state, 'done');
    assert.deepEqual(body, {
      ID: 7,
      Name: 'new',
      Members: [3, null, 3],
      Window: { '@odata.type': '#AdminService.SMS_ST_RecurWeekly', Day: 2 },
      Due: object.Due,
    });
    assert.match(JSON.stringify(body), /"Window":\{"@odata.type":/);
  });

  test('leaves out what has no value: null, an empty array, a date that was never set', () => {
    const never = ['1970-01-01T00:00:00Z', '1980-01-01T00:00:00.000Z'];
    for (const Due of [null, ...never]) {
      const { body } = changed(RENAME, { Members: [], Window: { Day: null, StartTime: Due }, Due });
      assert.deepEqual(body, { ID: 7, Name: 'new', Window: {} });
    }
  });

  test('looks whether an array is empty that it was to empty, because no body says so', () => {
    const done = changed(NO_MEMBERS, { Name: 'old', Members: [1] }, read({ Members: null }));
    assert.deepEqual(done.body, { ID: 7, Name: 'old' });
    assert.deepEqual([done.outcome.state, done.requests], ['done', ['GET', 'PUT', 'GET']]);
    assert.deepEqual(changed(NO_MEMBERS, { Members: [] }).requests, ['GET', 'PUT']);

    const kept = changed(NO_MEMBERS, { Members: [1] }).outcome;
    assert.ok(kept.state === 'unreadable');
    assert.equal(kept.diagnosis.code, 'OS210');
    assert.match(kept.diagnosis.what, /^Change SMS_X\(7\): https:.* kept the elements of members\.$/);

    const unseen = changed(NO_MEMBERS, { Members: [1] }, { kind: 'answered', status: 404, body: '' });
    assert.equal(unseen.outcome.state, 'unknown');
  });

  test('writes nothing where a number would change on its way back', () => {
    for (const Members of [[2 ** 53], [{ Size: 2 ** 60 }]]) {
      const { outcome, requests } = changed(RENAME, { Members });
      assert.ok(outcome.state === 'refused');
      assert.equal(outcome.diagnosis.code, 'OS210');
      assert.match(outcome.diagnosis.what, / a number in Members that is too large /);
      assert.deepEqual(requests, ['GET']);
    }
    const exact = [2 ** 53 - 1, 0.1];
    assert.deepEqual(changed(RENAME, { Members: exact }).body['Members'], exact);
  });

  test('writes nothing where it could not read', () => {
    const absent = changed(RENAME, {}, undefined, { kind: 'answered', status: 404, body: '' });
    assert.deepEqual([absent.outcome.state, absent.requests], ['refused', ['GET']]);
  });
});
