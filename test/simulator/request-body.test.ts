import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { PropertyDefinition } from '../../src/simulator/class-definitions.js';
import { ODataError } from '../../src/simulator/odata-error.js';
import { parseBody, readValues } from '../../src/simulator/request-body.js';

const property = (name: string, type: PropertyDefinition['type'], array = false): PropertyDefinition => ({
  name,
  type,
  array,
  lazy: false,
  writable: true,
  required: false,
});
const PROPERTIES = [
  property('Numbers', 'UInt32', true),
  property('When', 'DateTime'),
  property('Unsigned', 'UInt32'),
  property('Token', { embedded: 'SMS_ScheduleToken' }),
  property('Texts', { embedded: 'SMS_CI_LocalizedProperties' }, true),
];
const read = (body: object): unknown => readValues('X', PROPERTIES, parseBody(JSON.stringify(body)));
const refused = (body: object): void => {
  assert.throws(
    () => read(body),
    (error) => error instanceof ODataError && error.status === 404,
    JSON.stringify(body),
  );
};

suite('the values of a body', () => {
  test('arrays hold elements of the type, and at least one', () => {
    assert.deepEqual(read({ Numbers: [1, 2] }), { Numbers: [1, 2] });
    for (const Numbers of [[], [1, '2'], [null], 1, null]) {
      refused({ Numbers });
    }
  });

  test('dates are UTC, with a Z', () => {
    for (const When of ['2024-01-10T02:00:00Z', '2024-01-10T02:00:00.000Z']) {
      assert.deepEqual(read({ When }), { When: '2024-01-10T02:00:00Z' });
    }
    for (const When of ['2024-01-10T02:00:00', '2024-01-10T02:00:00+01:00', '2024-13-10T02:00:00Z', '', 5]) {
      refused({ When });
    }
  });

  test('numbers stay in the range of their type', () => {
    assert.deepEqual(read({ Unsigned: 4_294_967_295 }), { Unsigned: 4_294_967_295 });
    for (const Unsigned of [-1, 4_294_967_296, 1.5]) {
      refused({ Unsigned });
    }
  });

  test('embedded objects have the declared class, or name one that is derived from it first', () => {
    const type = '#AdminService.SMS_ST_RecurWeekly';
    assert.deepEqual(read({ Token: { '@odata.type': type, Day: 2, IsGMT: true } }), {
      Token: {
        '@odata.type': type,
        StartTime: '1970-01-01T00:00:00Z',
        DayDuration: 0,
        HourDuration: 0,
        MinuteDuration: 0,
        IsGMT: true,
        Day: 2,
        ForNumberOfWeeks: 0,
      },
    });
    const texts = { DisplayName: 'x', Description: '', InformativeURL: '', LocaleID: 1033 };
    const named = { '@odata.type': '#AdminService.SMS_CI_LocalizedProperties', ...texts };
    for (const Texts of [[texts], [named]]) assert.deepEqual(read({ Texts }), { Texts: [texts] });
  });

  test('embedded objects of another class, or of another form, are refused', () => {
    const token = (name: string): object => ({ '@odata.type': `#AdminService.${name}` });
    for (const Token of [
      {},
      { Day: 2 },
      { Day: 2, ...token('SMS_ST_RecurWeekly') },
      { ...token('SMS_ST_RecurWeekly'), DaySpan: 1 },
      { ...token('SMS_ST_RecurWeekly'), Day: '2' },
      { ...token('SMS_ST_RecurWeekly'), Day: null },
      token('SMS_ScheduleToken'),
      token('SMS_CI_LocalizedProperties'),
      token('SMS_NoSuch'),
      [token('SMS_ST_NonRecurring')],
      'SMS_ST_NonRecurring',
    ]) {
      refused({ Token });
    }
    for (const Texts of [{}, [null], ['x'], [[]], []]) refused({ Texts });
  });
});
