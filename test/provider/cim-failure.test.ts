import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { readBatchLine, type CimFailure } from '../../src/provider/wmi/batch-lines.js';
import { kindOf, mayHaveTakenEffect } from '../../src/provider/wmi/cim-failure.js';
import { errorCodeText, extendedStatusOf } from '../../src/provider/wmi/extended-status.js';
import { diagnoseFailure } from '../../src/provider/wmi/failure-diagnosis.js';

const DENIED = { account: 'CORP\\svc', right: 'Read on Site' };

const CMDLET = 'Microsoft.Management.Infrastructure.CimCmdlets.NewCimInstanceCommand';
const failure = (hresult: string, more: Partial<CimFailure> = {}): CimFailure => ({
  words: 'Generic failure ',
  id: `HRESULT 0x${hresult},${CMDLET}`,
  native: 'Failed',
  data: {},
  ...more,
});
const STATUS = {
  Description: 'The  text of\nthe provider',
  ErrorCode: 0x40480415,
  Operation: 'PutInstance',
  SQLMessage: '',
  StatusCode: 2_147_749_889,
};

suite('what a cmdlet says of a failure', () => {
  for (const [what, data] of [
    ['as the status object itself', STATUS],
    ['inside the status object', { Message: 'x', original_error: STATUS }],
    [
      'in another case',
      Object.fromEntries(Object.entries(STATUS).map(([name, value]) => [name.toUpperCase(), value])),
    ],
    [
      'with a code that became signed',
      { ...STATUS, ErrorCode: 0xc0480415 - 2 ** 32, StatusCode: STATUS.StatusCode - 2 ** 32 },
    ],
  ] as const) {
    test(`the words of the provider are found ${what}`, () => {
      const status = extendedStatusOf(failure('80041001', { data }));
      assert.equal(status?.description, 'The text of the provider');
      assert.equal(status.operation, 'PutInstance');
      assert.equal(status.statusCode, STATUS.StatusCode);
      assert.equal(kindOf(failure('80041001', { data })), 'refused');
    });
  }

  test('the parts of an error code are told', () => {
    assert.equal(
      errorCodeText(0x40480415),
      '0x40480415 (severity 1, facility 1, action 8, object 4, reason 21)',
    );
  });

  test('without the provider\u2019s own words a general failure may have had its effect', () => {
    assert.equal(kindOf(failure('80041001')), 'provider-failed');
    assert.ok(mayHaveTakenEffect(failure('80041001'), 'create'));
    assert.ok(!mayHaveTakenEffect(failure('80041001'), 'query'));
    assert.ok(!mayHaveTakenEffect(failure('80041001', { data: STATUS }), 'create'));
    assert.ok(!mayHaveTakenEffect(failure('80041013'), 'create'));
    for (const broken of ['800706be', '80010108', '80041069', '80041033']) {
      assert.ok(mayHaveTakenEffect(failure(broken), 'create'), broken);
    }
  });

  test('a create whose object could not be read afterwards may have made it', () => {
    assert.ok(mayHaveTakenEffect(failure('80041002'), 'create'));
    assert.ok(
      mayHaveTakenEffect(failure('80041001', { data: { ...STATUS, Operation: 'GetInstance' } }), 'create'),
    );
    assert.ok(!mayHaveTakenEffect(failure('80041002'), 'delete'));
  });

  test('where there is no HRESULT the name that MI has for it tells', () => {
    const named = (native: string): CimFailure => ({
      words: 'x',
      id: `MiClientApiError_${native},${CMDLET}`,
      native,
      data: {},
    });
    assert.equal(kindOf(named('AccessDenied')), 'access-denied');
    assert.equal(kindOf(named('InvalidNamespace')), 'namespace-missing');
    assert.equal(kindOf(named('SomethingNew')), 'other');
  });

  test('the numbers of WS-Management are no failure of SQL Server', () => {
    const kinds = {
      '80338012': 'unreachable',
      '80338029': 'timed-out',
      '803381A6': 'ws-man-busy',
      '803381e8': 'ws-man-busy',
      '8033814A': 'ws-man-closed',
      '80338048': 'ws-man-failed',
      '80338000': 'ws-man-failed',
      '80338FFF': 'ws-man-failed',
    };
    for (const [hresult, kind] of Object.entries(kinds)) {
      assert.equal(kindOf(failure(hresult)), kind, hresult);
      for (const during of ['connecting', 'operation'] as const) {
        const context = {
          operation: 'Query SMS_Thing',
          computer: 'sms01',
          during,
          operationSeconds: 60,
          denied: DENIED,
        };
        const { code } = diagnoseFailure(failure(hresult), context);
        assert.ok(['OS302', 'OS306'].includes(code), `${hresult} ${code}`);
      }
    }
  });

  test('where MI has a name of its own, the number is in the status object', () => {
    const own = { words: 'x', id: 'x', native: 'ServerLimitsExceeded' };
    assert.equal(kindOf({ ...own, data: { error_Code: 0x803381a6 } }), 'ws-man-busy');
    assert.equal(kindOf({ ...own, data: { error_Code: 0x803381a6 - 2 ** 32 } }), 'ws-man-busy');
    assert.equal(kindOf({ ...own, data: { error_Code: 7 } }), 'provider-failed');
  });

  test('a quota of WS-Management has no effect, unless it may have met the read after a create', () => {
    assert.ok(!mayHaveTakenEffect(failure('803381A6'), 'delete'));
    assert.ok(mayHaveTakenEffect(failure('803381A6'), 'create'));
    assert.ok(mayHaveTakenEffect(failure('8033814A'), 'invoke'));
    assert.ok(mayHaveTakenEffect(failure('80338048'), 'update'));
  });

  test('every failure has a code, a cause and a next step, on both ways', () => {
    for (const hresult of [
      '80041003',
      '8004100E',
      '800706BA',
      '80041064',
      '80041069',
      '80041017',
      '12345678',
    ]) {
      for (const during of ['connecting', 'operation'] as const) {
        const told = diagnoseFailure(failure(hresult), {
          operation: 'Create SMS_Thing',
          denied: DENIED,
          computer: 'sms01',
          during,
          operationSeconds: 60,
        });
        assert.match(told.code, /^OS\d{3}$/);
        assert.match(told.what, new RegExp(`sms01 .*0x${hresult}`));
        assert.ok(told.cause !== '' && told.next !== '');
      }
    }
  });
});

suite('the lines of the script', () => {
  for (const [line, kind] of [
    ['{"place":{"computer":"","protocol":"","namespace":"root\\\\sms\\\\site_LAB"}}', 'place'],
    ['{"number":0,"done":null}', 'done'],
    ['{"number":0,"failed":{"words":"x","id":"y","native":null,"data":null}}', 'failed'],
    ['{"stopped":"connect","failed":null}', 'stopped'],
  ] as const) {
    test(`${kind}: ${line}`, () => {
      assert.equal(readBatchLine(line)?.kind, kind);
    });
  }

  for (const line of [
    '',
    'Welcome',
    '{',
    '[]',
    'null',
    '"text"',
    '{"number":"0","done":1}',
    '{"number":1}',
    '{"stopped":"other"}',
  ]) {
    test(`none of them: ${line}`, () => {
      assert.equal(readBatchLine(line), undefined);
    });
  }
});
