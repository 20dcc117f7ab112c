import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isCancelled, type Diagnosis } from '../../src/diagnosis/diagnosis.js';
import { nothingKnown } from '../../src/plan/known.js';
import type { FailedRun } from '../../src/verbs/service/service-images.js';
import { atSiteThatIsGone } from '../../src/verbs/service/simulated-end.js';
import { REQUEST } from '../servicing/site-afterwards.js';

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
  const run: FailedRun = {
    kind: 'failed',
    known: nothingKnown(REQUEST),
    errors: [LEFT, CANCELLED],
    left: [],
    removed: [],
  };
  const end = atSiteThatIsGone(run);
  assert.equal(end.kind, 'failed');
  const [first, second] = end.errors;
  assert.deepEqual(first.commands, []);
  assert.match(first.next, /^Nothing: the simulated site ended/);
  assert.equal(first.what, LEFT.what);
  assert.deepEqual(second, CANCELLED);
});

test('a run is cancelled where each of its errors is a cancel, or came of one', () => {
  const refused: Diagnosis = { ...LEFT, because: { ...CANCELLED, code: 'OS305' } };
  assert.equal(isCancelled([CANCELLED]), true);
  assert.equal(isCancelled([LEFT]), true);
  assert.equal(isCancelled([LEFT, refused]), false);
});
