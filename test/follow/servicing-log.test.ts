import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';

import { parseLogLine } from '../../src/follow/log-line.js';
import { linesOfSchedules, type LogThreads } from '../../src/follow/servicing-log.js';
import type { ScheduleId } from '../../src/site/identifiers.js';

const NONE: LogThreads = new Map();
const FIRST = 16_777_294 as ScheduleId;
const SECOND = 16_777_295 as ScheduleId;

/** A line as the file has it on disk: milliseconds after 11:20:42, and the thread. */
const raw = (text: string, milliseconds: number, thread: number): string =>
  `${text} $$<SMS_OFFLINE_SERVICING_MANAGER><05-11-2018 11:20:${String(42 + Math.floor(milliseconds / 1_000)).padStart(2, '0')}.${String(milliseconds % 1_000).padStart(3, '0')}+240><thread=${thread} (0x${thread.toString(16).toUpperCase()})>`;

const started = (id: number): string => `Processing started for Schedule with ID ${id}`;

suite('a line of the servicing log', () => {
  const at = Date.UTC(2018, 4, 11, 15, 20, 42, 971);

  test('is read as the file has it on disk, with its time in UTC', () => {
    assert.deepEqual(parseLogLine(raw('Image UnMount failed with error 161', 971, 7652)), {
      text: 'Image UnMount failed with error 161',
      stamp: { milliseconds: at, isUtc: true },
      thread: 7652,
    });
    const east = 'x $$<SMS_OFFLINE_SERVICING_MANAGER><05-11-2018 17:20:42.971-120><thread=1 (0x1)>';
    assert.equal(parseLogLine(east).stamp?.milliseconds, at);
  });

  test('is read as CMTrace copies it', () => {
    const line =
      'Not applying this update binary, it is not supported.\tSMS_OFFLINE_SERVICING_MANAGER\t3/13/2019 3:48:35 PM\t77356 (0x12E2C)';
    assert.deepEqual(parseLogLine(line), {
      text: 'Not applying this update binary, it is not supported.',
      stamp: { milliseconds: Date.UTC(2019, 2, 13, 15, 48, 35), isUtc: false },
      thread: 77_356,
    });
    const midnight = parseLogLine('x\tSMS_OFFLINE_SERVICING_MANAGER\t3/13/2019 12:00:01 AM\t1 (0x1)');
    assert.equal(midnight.stamp?.milliseconds, Date.UTC(2019, 2, 13, 0, 0, 1));
  });

  test('is read as articles retype it', () => {
    assert.deepEqual(parseLogLine('SMS_OFFLINE_SERVICING_MANAGER UnMountImage returned code 0x800700a1~'), {
      text: 'UnMountImage returned code 0x800700a1',
      stamp: undefined,
      thread: undefined,
    });
    assert.deepEqual(parseLogLine('23/03/2012 09:56:16 Initialization of schedule processing succeeded'), {
      text: 'Initialization of schedule processing succeeded',
      stamp: { milliseconds: Date.UTC(2012, 2, 23, 9, 56, 16), isUtc: false },
      thread: undefined,
    });
  });

  test('with a time that no clock shows keeps its text', () => {
    const line = raw('x', 0, 1).replace('05-11-2018', '13-45-2018');
    assert.deepEqual(parseLogLine(line), { text: 'x', stamp: undefined, thread: 1 });
  });

  test('of any text is read in no time and without an error', () => {
    const pieces = fc.constantFrom(
      ' ',
      '\t',
      '$$<',
      '>',
      '<thread=',
      '05-11-2018 11:20:42.971+240',
      '~',
      'a',
      '1',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 200 }), (parts) => {
        assert.equal(typeof parseLogLine(parts.join('')).text, 'string');
      }),
    );
    const before = performance.now();
    for (const each of [' ', '\t', '$$<', '<thread=1', '1/1/2019 ']) parseLogLine(each.repeat(200_000));
    for (const each of [' ', '\t', '$$<']) parseLogLine(each.repeat(16_000 / each.length));
    assert.ok(performance.now() - before < 1_000);
  });
});

suite('the lines of schedules', () => {
  const textsOf = (lines: readonly string[], ids: readonly ScheduleId[] = [FIRST]): readonly string[] =>
    linesOfSchedules(lines, NONE, (id) => ids.includes(id)).lines.map(({ text }) => text);

  test('are those of the thread that works on one of them', () => {
    const lines = [
      raw('Schedule processing thread started. ThreadID = 0x1DE4 (7652)', 0, 3852),
      raw('1 Schedule(s) are marked for RunNow by the administrator', 1, 7652),
      raw(started(FIRST), 2, 7652),
      raw('Checking if there are schedule(s) which need to be run at this time.', 3, 3852),
      raw('UnMounting Image (Commit Changes = 1)...', 4, 7652),
      raw('Schedule processing failed', 5, 7652),
      raw('1 Schedule(s) are marked for RunNow by the administrator', 6, 7652),
      raw(started(SECOND), 7, 7652),
      raw('of another schedule', 8, 7652),
    ];
    assert.deepEqual(textsOf(lines), [
      started(FIRST),
      'UnMounting Image (Commit Changes = 1)...',
      'Schedule processing failed',
    ]);
  });

  test('are known by their thread in a later part of the log as well', () => {
    const first = linesOfSchedules([raw(started(FIRST), 0, 7652)], NONE, () => true);
    const second = linesOfSchedules([raw('more', 1, 7652), raw('other', 1, 9)], first.threads, () => true);
    assert.deepEqual(
      second.lines.map(({ text, scheduleId }) => [text, scheduleId]),
      [['more', FIRST]],
    );
  });

  test('are sorted by time within a thread, and stand where the threads stand', () => {
    const lines = [
      raw(started(FIRST), 0, 1),
      raw(started(SECOND), 900, 2),
      raw('first, late', 300, 1),
      raw('second, of before', 50, 3852),
      raw('first, early', 200, 1),
    ];
    assert.deepEqual(textsOf(lines, [FIRST, SECOND]), [
      started(FIRST),
      started(SECOND),
      'first, early',
      'first, late',
    ]);
  });

  const entry = fc.record({
    thread: fc.constantFrom(1, 2, 3),
    milliseconds: fc.integer({ min: 0, max: 17_000 }),
    text: fc.oneof(
      fc.constantFrom(started(FIRST), started(SECOND), 'Schedule processing failed', 'InstallUpdate~'),
      fc.string({ maxLength: 20 }).map((text) => text.replace(/\s+/gu, ' ')),
    ),
  });

  test('lose nothing, and never go back in time within a thread', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), (entries) => {
        const begun = [1, 2, 3].map((thread) => raw(started(FIRST), 0, thread));
        const texts = entries.map(({ text, milliseconds, thread }) => raw(text, milliseconds, thread));
        const { lines } = linesOfSchedules([...begun, ...texts], NONE, () => true);
        const all = linesOfSchedules([...begun, ...texts], NONE, () => false);
        assert.equal(all.lines.length, 0);
        assert.ok(lines.length <= begun.length + texts.length);
        for (const thread of [1, 2, 3]) {
          const stamps = lines.flatMap((line) =>
            line.thread === thread ? [line.stamp?.milliseconds ?? 0] : [],
          );
          assert.deepEqual(
            stamps,
            [...stamps].sort((one, other) => one - other),
          );
        }
      }),
    );
  });

  test('are the same however often the order of two threads changes', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), fc.integer({ min: 1, max: 3 }), (entries, thread) => {
        const lineOf = ({ text, milliseconds, thread: own }: (typeof entries)[number]): string =>
          raw(text, milliseconds, own);
        const own = entries.filter((each) => each.thread === thread);
        const others = entries.filter((each) => each.thread !== thread);
        const seen = (lines: readonly string[]): readonly string[] =>
          linesOfSchedules(lines, NONE, () => true).lines.flatMap((line) =>
            line.thread === thread ? [line.text] : [],
          );
        assert.deepEqual(seen(entries.map(lineOf)), seen([...others, ...own].map(lineOf)));
      }),
    );
  });
});
