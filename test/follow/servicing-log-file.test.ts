import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';

import fc from 'fast-check';

import {
  endOfLog,
  readNewLines,
  readPartOfFile,
  type LogPosition,
  type ReadPart,
} from '../../src/follow/servicing-log-file.js';
import { followSchedules } from '../../src/follow/follow-schedules.js';
import { linesOfSchedules } from '../../src/follow/servicing-log.js';
import type { ScheduleId } from '../../src/site/identifiers.js';
import { serviced, TIMES } from './followed.js';

const ID = 16_777_294 as ScheduleId;
const LOG = 'Logs/OfflineServicingMgr.log';
const OLD = 'Logs/OfflineServicingMgr.lo_';
const FROM_THE_START: LogPosition = { head: new Uint8Array(), offset: 0, threads: new Map() };

const line = (text: string, second = 0): string =>
  `${text} $$<SMS_OFFLINE_SERVICING_MANAGER><05-11-2018 11:20:${String(second).padStart(2, '0')}.000+240><thread=7652 (0x1DE4)>\r\n`;
const STARTED = line(`Processing started for Schedule with ID ${ID}`);

/** Files in memory, of which a test changes the bytes. */
function files(): { readonly bytes: Map<string, Uint8Array>; readonly read: ReadPart } {
  const bytes = new Map<string, Uint8Array>();
  const read: ReadPart = async (path, from, atMost) => {
    const all = bytes.get(path);
    return Promise.resolve(all && { bytes: all.subarray(from, from + atMost), size: all.length });
  };
  return { bytes, read };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

async function newTexts(
  read: ReadPart,
  position: LogPosition,
): Promise<{ readonly texts: readonly string[]; readonly position: LogPosition; readonly state: string }> {
  const news = await readNewLines(read, LOG, position, () => true);
  return { texts: news.lines.map(({ text }) => text), position: news.position, state: news.state };
}

suite('the file of the servicing log', () => {
  test('gives each line once, and a line only when it is complete', async () => {
    const { bytes, read } = files();
    const whole = STARTED + line('one', 1) + line('two', 2);
    let position = FROM_THE_START;
    const seen: string[] = [];
    for (let length = 0; length <= whole.length; length += 7) {
      bytes.set(LOG, utf8(whole.slice(0, length)));
      const news = await newTexts(read, position);
      seen.push(...news.texts);
      position = news.position;
    }
    bytes.set(LOG, utf8(whole));
    seen.push(...(await newTexts(read, position)).texts);
    assert.deepEqual(seen.slice(1), ['one', 'two']);
  });

  test('gives nothing of what was there when following began, but knows its threads', async () => {
    const { bytes, read } = files();
    bytes.set(LOG, utf8(STARTED + line('before', 1)));
    const position = await endOfLog(read, LOG);
    bytes.set(LOG, utf8(STARTED + line('before', 1) + line('after', 2)));
    assert.deepEqual((await newTexts(read, position)).texts, ['after']);
  });

  test('is followed when it is renamed and begins anew, the end of the old one included', async () => {
    const { bytes, read } = files();
    bytes.set(LOG, utf8(STARTED + line('one', 1)));
    const { position } = await newTexts(read, FROM_THE_START);
    bytes.set(OLD, utf8(STARTED + line('one', 1) + line('two', 2) + line('three', 3).trimEnd()));
    bytes.set(LOG, utf8(line('four', 4)));
    const news = await newTexts(read, position);
    assert.deepEqual([news.texts, news.state], [['two', 'three', 'four'], 'read']);
    assert.deepEqual((await newTexts(read, news.position)).texts, []);
  });

  test('that began anew more than once has a gap', async () => {
    const { bytes, read } = files();
    bytes.set(LOG, utf8(STARTED + line('one', 1)));
    const { position } = await newTexts(read, FROM_THE_START);
    bytes.set(OLD, utf8(line('lost', 5)));
    bytes.set(LOG, utf8(line('four', 6)));
    const news = await newTexts(read, position);
    assert.deepEqual([news.texts, news.state], [['four'], 'gap']);
  });

  test('that somebody cuts short is read from its beginning', async () => {
    const { bytes, read } = files();
    const start = STARTED + line('x'.repeat(5_000), 1);
    bytes.set(LOG, utf8(start + line('lost', 2)));
    const { position } = await newTexts(read, FROM_THE_START);
    bytes.set(LOG, utf8(start + line('!', 3)));
    assert.equal((await newTexts(read, position)).texts.at(-1), '!');
  });

  test('that cannot be read for a while is read from where it was', async () => {
    const { bytes, read } = files();
    bytes.set(LOG, utf8(STARTED));
    const { position } = await newTexts(read, FROM_THE_START);
    bytes.delete(LOG);
    const gone = await newTexts(read, position);
    assert.equal(gone.state, 'not-readable');
    bytes.set(LOG, utf8(STARTED + line('one', 1)));
    assert.deepEqual((await newTexts(read, gone.position)).texts, ['one']);
  });

  const utf16 = (text: string, isBigEndian: boolean): Uint8Array => {
    const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
    return new Uint8Array(isBigEndian ? bytes.swap16() : bytes);
  };
  const ENCODINGS: Readonly<Record<string, (text: string) => Uint8Array>> = {
    'UTF-8': utf8,
    'UTF-8 with its mark': (text) => utf8(`\uFEFF${text}`),
    'UTF-16LE': (text) => utf16(text, false),
    'UTF-16BE': (text) => utf16(text, true),
    'UTF-16LE without its mark': (text) => utf16(text, false).subarray(2),
    'Windows-1252': (text) => new Uint8Array(Buffer.from(text, 'latin1')),
  };
  for (const [name, encode] of Object.entries(ENCODINGS)) {
    test(`is read in ${name}, wherever it was cut`, async () => {
      const { bytes, read } = files();
      const whole = encode(STARTED + line('Größe', 1) + line('Ende', 2));
      for (let cut = 0; cut <= whole.length; cut += 3) {
        bytes.set(LOG, whole.subarray(0, cut));
        const first = await newTexts(read, FROM_THE_START);
        bytes.set(LOG, whole);
        const second = await newTexts(read, first.position);
        assert.deepEqual([...first.texts, ...second.texts].slice(1), ['Größe', 'Ende'], `${cut}`);
      }
    });
  }

  test('gives the same lines however it grows and rolls over', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('line', 'roll', 'read'), { maxLength: 25 }),
        async (steps) => {
          const { bytes, read } = files();
          const written: string[] = [];
          let log = STARTED;
          bytes.set(LOG, utf8(log));
          let { position } = await newTexts(read, FROM_THE_START);
          const seen: string[] = [];
          let rolls = 0;
          for (const [place, step] of [...steps, 'read'].entries()) {
            if (step === 'line') {
              written.push(`line ${place}`);
              log += line(`line ${place}`, place);
            } else if (step === 'roll' && rolls === 0 && log !== '') {
              bytes.set(OLD, utf8(log));
              log = '';
              rolls++;
            } else if (step === 'read') {
              const news = await newTexts(read, position);
              seen.push(...news.texts);
              position = news.position;
              // A site writes before it renames again, and a poll comes in between.
              if (log !== '') rolls = 0;
            }
            bytes.set(LOG, utf8(log));
          }
          assert.deepEqual(seen, written);
        },
      ),
    );
  });

  test('that never ends a line stops nobody, and is not kept', async () => {
    const { bytes, read } = files();
    bytes.set(LOG, utf8(STARTED + 'x'.repeat(3_000_000)));
    const { position } = await newTexts(read, FROM_THE_START);
    assert.ok(position.offset > 1_000_000);
  });

  test('is a real one, too', async (t: TestContext) => {
    const folder = mkdtempSync(join(tmpdir(), 'log-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'OfflineServicingMgr.log');
    assert.equal((await endOfLog(readPartOfFile, path)).offset, 0);
    writeFileSync(path, STARTED);
    const position = await endOfLog(readPartOfFile, path);
    appendFileSync(path, line('one', 1));
    renameSync(path, join(folder, 'OfflineServicingMgr.lo_'));
    writeFileSync(path, line('two', 2));
    const { lines } = await readNewLines(readPartOfFile, path, position, (id) => id === ID);
    assert.deepEqual(
      lines.map(({ text }) => text),
      ['one', 'two'],
    );
  });
});

test('the log of a simulated site gives the lines of one schedule, in order', async (t) => {
  const { site, schedule, access } = await serviced(t);
  await followSchedules(access, [schedule], TIMES);
  const texts = [...site.simulator.servicingLog];
  const { lines } = linesOfSchedules(texts, new Map(), (id) => id === schedule.scheduleId);
  assert.match(lines[0]?.text ?? '', /^Processing started for Schedule with ID/u);
  assert.match(lines.at(-1)?.text ?? '', /^Schedule processing succeeded/u);
  assert.ok(lines.length < texts.length);
});
