import assert from 'node:assert/strict';
import { test } from 'node:test';

import { everyHalfMinute } from '../../src/hosts/phase-watch.js';

test('a log has one line each half minute, which names the phase', () => {
  const said: string[] = [];
  const ticks: (() => void)[] = [];
  let now = 0;
  const every = (milliseconds: number, call: () => void): (() => void) => {
    assert.equal(milliseconds, 30_000);
    ticks.push(call);
    return () => ticks.pop();
  };
  const watch = everyHalfMinute((line) => said.push(line), { now: () => now, every });
  watch.enter('Linking 600 updates to 1 schedule');
  assert.deepEqual(said, []);
  now = 30_000;
  ticks[0]?.();
  assert.deepEqual(said, ['Still running after 30 s: Linking 600 updates to 1 schedule']);
  watch.end();
  assert.deepEqual(ticks, []);
});
