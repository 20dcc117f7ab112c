import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import { accountOfProcess, rightFor } from '../../src/provider/denied-operation.js';

suite('an operation that the site denies', () => {
  test('names the account of the process on Windows, and describes it elsewhere', () => {
    const environment = { USERDOMAIN: 'CORP', USERNAME: 'svc-servicing' };
    assert.equal(accountOfProcess(environment, 'win32'), 'CORP\\svc-servicing');
    assert.equal(accountOfProcess({ USERNAME: 'x' }, 'win32'), 'x');
    assert.equal(accountOfProcess(environment, 'linux'), 'the account of this process');
    assert.equal(accountOfProcess({}, 'win32'), 'the account of this process');
  });

  test('needs the right that the console names, and is not sure of those of servicing', () => {
    assert.equal(
      rightFor({ verb: 'query', class: 'SMS_AuthorizationList' }),
      'Read on Software Update Group',
    );
    assert.equal(
      rightFor({ verb: 'create', class: 'SMS_ImageServicingSchedule' }),
      'probably Modify on Operating System Image or Operating System Upgrade Package',
    );
  });
});
