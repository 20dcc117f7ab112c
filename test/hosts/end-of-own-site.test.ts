import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import { areOfCancel } from '../../src/diagnosis/diagnosis.js';
import { endOfSite } from '../../src/hosts/command-line/simulator-connection.js';

const CANCELLED: Diagnosis = {
  code: 'OS501',
  what: 'The run was cancelled.',
  cause: '',
  next: 'Run it again.',
};
const LEFT: Diagnosis = {
  code: 'OS402',
  what: 'The run was cancelled. Not undone for certain: schedule 16777217.',
  cause: '',
  next: 'Look for it and remove it.',
  because: CANCELLED,
  commands: [{ where: 'In a shell', lines: ['curl --request DELETE https://127.0.0.1:1/'] }],
};

test('what a run left at its own simulated site is gone with the site: no command leads there', () => {
  const end = endOfSite({ kind: 'failed', errors: [LEFT, CANCELLED] }, { connection: { kind: 'simulator' } });
  assert.equal(end.kind, 'failed');
  assert.deepEqual(end.errors[0].commands, []);
  assert.match(end.errors[0].next, /^Nothing: the simulated site ended/);
  assert.equal(end.errors[0].what, LEFT.what);
  assert.deepEqual(end.errors[1], CANCELLED);
  const elsewhere = { kind: 'failed', errors: [LEFT] } as const;
  assert.equal(endOfSite(elsewhere, undefined), elsewhere);
});

test('a run is of a cancel where each of its errors is one, or came of one', () => {
  const refused: Diagnosis = { ...LEFT, because: { ...CANCELLED, code: 'OS305' } };
  assert.equal(areOfCancel([CANCELLED]), true);
  assert.equal(areOfCancel([LEFT]), true);
  assert.equal(areOfCancel([LEFT, refused]), false);
});
