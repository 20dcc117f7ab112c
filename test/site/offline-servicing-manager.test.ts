import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { JsonValue } from '../../src/provider/instance.js';
import { managerResponseOf } from '../../src/site/offline-servicing-manager.js';

test('the request to service an image is accepted by 0, by null and by no value at all, and by nothing else', () => {
  const answered = (value: JsonValue): ReadonlyMap<string, JsonValue> => new Map([['returnvalue', value]]);
  assert.equal(managerResponseOf(new Map()).isAccepted, true);
  for (const value of [0, null])
    assert.equal(managerResponseOf(answered(value)).isAccepted, true, String(value));
  for (const value of ['', false, true, 1, -1, 2_147_749_889, '0', [], {}] as const) {
    assert.equal(managerResponseOf(answered(value)).isAccepted, false, JSON.stringify(value));
    assert.equal(managerResponseOf(answered(value)).returnValue, JSON.stringify(value));
  }
});
