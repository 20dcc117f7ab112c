import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { Diagnosis } from '../../src/diagnosis/diagnosis.js';
import type { ScheduleId } from '../../src/site/identifiers.js';
import {
  diagnoseRemains,
  leftSchedules,
  removalsOf,
  type LeftSchedule,
} from '../../src/undo/remains-diagnosis.js';
import type { Remains } from '../../src/undo/remove-schedules.js';
import { intended } from './site-in-memory.js';

const BECAUSE: Diagnosis = { code: 'OS305', what: 'It was refused.', cause: 'A cause.', next: 'A step.' };
const CANCELLED: Diagnosis = { ...BECAUSE, code: 'OS501' };
const ID = 101 as ScheduleId;

const removed: Remains = { kind: 'removed', scheduleId: ID, intended: intended(1) };
const second: Remains = { kind: 'removed', scheduleId: 102 as ScheduleId, intended: intended(2) };
const running: Remains = {
  kind: 'running',
  scheduleId: 103 as ScheduleId,
  intended: intended(3),
  isWhole: true,
};
const left = { updates: intended(4).updates, images: [], schedule: true, isToBeFound: false };
const perhaps: Remains = {
  kind: 'perhaps',
  scheduleId: 104 as ScheduleId,
  intended: intended(4),
  why: 'no.',
  left,
  mayRun: false,
};

const idsOf = (left: readonly LeftSchedule[]): readonly number[] => left.map(({ scheduleId }) => scheduleId);

suite('the error of a run that was undone', () => {
  test('says that nothing was written, where nothing was', () => {
    for (const remains of [[], [{ kind: 'nothing' } as const]]) {
      const { code, what, next, cause, ...others } = diagnoseRemains(BECAUSE, remains);
      assert.deepEqual(
        [code, what, cause, next],
        ['OS401', 'It was refused. Nothing had been written.', 'A cause.', 'A step.'],
      );
      assert.deepEqual(others, { because: BECAUSE });
    }
  });

  test('names what was removed, one or several', () => {
    assert.equal(
      diagnoseRemains(BECAUSE, [removed]).what,
      'It was refused. Undone: schedule 101 (name "Run of image 1", image LAB00001) and its links were removed, and nothing of them is left.',
    );
    assert.match(
      diagnoseRemains(BECAUSE, [removed, second]).what,
      /Undone: schedule 101 \(.*\), schedule 102 \(.*\) and their links were removed/,
    );
  });

  test('names what runs, and whether it is whole', () => {
    const { code, what, next } = diagnoseRemains(BECAUSE, [running, removed]);
    assert.equal(code, 'OS403');
    assert.match(
      what,
      /Undone: .* Not undone: schedule 103 \(.*\) has started meanwhile, with all its updates, /,
    );
    assert.doesNotMatch(what, /Nothing had been written/);
    assert.match(next, /^Follow schedule 103 in .* A step\.$/);
    assert.deepEqual(idsOf(leftSchedules([running, removed])), [103]);
    assert.match(
      diagnoseRemains(BECAUSE, [{ ...running, isWhole: false }]).what,
      /perhaps with some of its updates only/,
    );
  });

  test('does not say that nothing was written where something was, whatever became of it', () => {
    for (const remains of [[removed], [running], [perhaps], [removed, perhaps], [removed, running]])
      assert.doesNotMatch(diagnoseRemains(BECAUSE, remains).what, /Nothing had been written/);
  });

  test('names what may be left, and to look at it first only where it may run', () => {
    const { code, what, next } = diagnoseRemains(BECAUSE, [perhaps, running]);
    assert.equal(code, 'OS402');
    assert.match(what, /Not undone for certain: schedule 104 \(.*\) or links of it may be left: no\./);
    assert.match(next, /Look for it in .* A step\.$/);
    assert.doesNotMatch(next, /While its State is 2/);
    assert.deepEqual(idsOf(leftSchedules([perhaps, running])), [103, 104]);
    assert.match(
      diagnoseRemains(BECAUSE, [perhaps, { ...perhaps, mayRun: true }]).next,
      /While its State is 2/,
    );
    assert.doesNotMatch(diagnoseRemains(BECAUSE, [running]).next, /Look for it in/);
    const unknown = diagnoseRemains(BECAUSE, [{ ...perhaps, scheduleId: undefined }]);
    assert.match(unknown.what, /for certain: a schedule \(name/);
    assert.ok(!('schedules' in unknown));
  });

  test('of a cancelled run keeps the code of the cancel where nothing is left, and names no other cause', () => {
    const all = diagnoseRemains(CANCELLED, [removed]);
    assert.equal(all.code, 'OS501');
    assert.ok(!('because' in all));
    assert.deepEqual(
      [diagnoseRemains(CANCELLED, [perhaps]).code, diagnoseRemains(CANCELLED, [running]).code],
      ['OS402', 'OS403'],
    );
  });

  test('has commands only where there are any', () => {
    const commands = { lines: ['x'] } as never;
    assert.ok(!('commands' in diagnoseRemains(BECAUSE, [perhaps])));
    assert.deepEqual(diagnoseRemains(BECAUSE, [perhaps], [commands]).commands, [commands]);
  });
});

suite('what a person has to remove', () => {
  const kindsOf = (remains: Remains): readonly string[] => removalsOf([remains]).map(({ kind }) => kind);

  test('is nothing of what was removed, runs or never was', () => {
    assert.deepEqual(removalsOf([removed, running, { kind: 'nothing' }]), []);
  });

  test('is found by its ID, and by its name where that is not known or there may be another one', () => {
    assert.deepEqual(kindsOf(perhaps), ['objects', 'object']);
    assert.deepEqual(kindsOf({ ...perhaps, left: { ...left, isToBeFound: true } }), [
      'objects',
      'object',
      'to-be-found',
    ]);
    assert.deepEqual(kindsOf({ ...perhaps, scheduleId: undefined }), ['to-be-found']);
    assert.deepEqual(kindsOf({ ...perhaps, left: { ...left, schedule: false } }), ['objects']);
  });
});
