import { open } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

import type { ScheduleId } from '../site/identifiers.js';
import { completeLines, encodingOf, endOfLastLine, type LogEncoding } from './log-text.js';
import { linesOfSchedules, type LogThreads, type ScheduleLine } from './servicing-log.js';

/** A part of a file, and how long the whole file is. */
export interface FilePart {
  readonly bytes: Uint8Array;
  readonly size: number;
}

/** Reads at most so many bytes of a file; undefined for a file that is not there or cannot be read. */
export type ReadPart = (path: string, from: number, atMost: number) => Promise<FilePart | undefined>;

/** OfflineServicingMgr.log of the site server, and how its file is read. */
export interface ServicingLogFile {
  readonly path: string;
  readonly read: ReadPart;
}

/** How far a log was read. */
export interface LogPosition {
  /** How the file begins, by which it is known again after it was renamed. */
  readonly head: Uint8Array;
  /** In bytes; at the beginning of a line. */
  readonly offset: number;
  readonly threads: LogThreads;
}

/** What was new in the log. */
export interface LogNews {
  readonly lines: readonly ScheduleLine[];
  readonly position: LogPosition;
  /** `gap`: the log began anew more than once, so that lines are missing. */
  readonly state: 'read' | 'gap' | 'not-readable';
}

/** Long enough to have the stamp of the first line in it, also in UTF-16. */
const HEAD_BYTES = 4_096;
const BLOCK_BYTES = 1_048_576;
/** Of one call: the rest comes with the next one. */
const MOST_BLOCKS = 8;

/** The position after everything that is in the log already. Reads its last part to know what the threads are at. */
export async function endOfLog(read: ReadPart, path: string): Promise<LogPosition> {
  const head = await read(path, 0, HEAD_BYTES);
  if (head === undefined) return { head: new Uint8Array(), offset: 0, threads: new Map() };
  const encoding = encodingOf(head.bytes);
  // Even, as a letter of UTF-16 is.
  const from = Math.max(0, Math.floor((head.size - BLOCK_BYTES) / 2) * 2);
  const bytes = (await read(path, from, BLOCK_BYTES + 1))?.bytes ?? new Uint8Array();
  const { lines, length } = completeLines(bytes, encoding, false);
  const { threads } = linesOfSchedules(lines, new Map(), () => false);
  return { head: head.bytes, offset: from + length, threads };
}

/** What was added to the log since a position, for the schedules that are meant. Survives that the log begins anew. */
export async function readNewLines(
  read: ReadPart,
  path: string,
  before: LogPosition,
  isMeant: (id: ScheduleId) => boolean,
): Promise<LogNews> {
  const head = await read(path, 0, HEAD_BYTES);
  if (head === undefined) return { lines: [], position: before, state: 'not-readable' };
  if (beginsWith(head, before)) {
    const { texts, offset } = await readFrom(read, path, before.offset, encodingOf(head.bytes), false);
    const { lines, threads } = linesOfSchedules(texts, before.threads, isMeant);
    return { lines, position: { head: head.bytes, offset, threads }, state: 'read' };
  }
  const old = await restOfOldFile(read, path, before);
  const { texts, offset } = await readFrom(read, path, 0, encodingOf(head.bytes), false);
  const { lines, threads } = linesOfSchedules([...(old ?? []), ...texts], before.threads, isMeant);
  const position = { head: head.bytes, offset, threads };
  return { lines, position, state: old === undefined ? 'gap' : 'read' };
}

/** The log grows at its end only, so that it begins as it began, and is no shorter. */
function beginsWith({ bytes, size }: FilePart, { head, offset }: LogPosition): boolean {
  return size >= offset && head.length <= bytes.length && head.every((byte, at) => bytes[at] === byte);
}

async function restOfOldFile(
  read: ReadPart,
  path: string,
  before: LogPosition,
): Promise<readonly string[] | undefined> {
  const oldPath = oldNameOf(path);
  const head = await read(oldPath, 0, HEAD_BYTES);
  if (head === undefined || !beginsWith(head, before)) return undefined;
  return (await readFrom(read, oldPath, before.offset, encodingOf(head.bytes), true)).texts;
}

/** `OfflineServicingMgr.lo_` for `OfflineServicingMgr.log`: the site keeps one file beside the one that it writes. */
function oldNameOf(path: string): string {
  return /\.log$/iu.test(path) ? `${path.slice(0, -1)}_` : `${path}.lo_`;
}

/** `isWhole`: nothing more is written to the file. */
async function readFrom(
  read: ReadPart,
  path: string,
  from: number,
  encoding: LogEncoding,
  isWhole: boolean,
): Promise<{ readonly texts: readonly string[]; readonly offset: number }> {
  const texts: string[] = [];
  let offset = from;
  for (let blocks = 0; blocks < MOST_BLOCKS; blocks++) {
    const bytes = (await read(path, offset, BLOCK_BYTES))?.bytes ?? new Uint8Array();
    const isLast = bytes.length < BLOCK_BYTES;
    // A block without any line end is no part of a log; waiting for its end would stop at it for ever.
    const isEndless = !isLast && endOfLastLine(bytes, encoding) === 0;
    const { lines, length } = completeLines(bytes, encoding, isEndless || (isWhole && isLast));
    if (!isEndless) texts.push(...lines);
    offset += length;
    if (isLast) break;
  }
  return { texts, offset };
}

/** Reads a part of a real file. A share that is gone for a while is a file that cannot be read. */
export const readPartOfFile: ReadPart = async (path, from, atMost) => {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const bytes = new Uint8Array(Math.max(0, Math.min(atMost, size - from)));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
      return { bytes: bytes.subarray(0, bytesRead), size };
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
};

/**
 * A read that takes longer counts as a file that cannot be read, because a share that hangs must not delay the polls. No
 * further read begins meanwhile, so that the threads of Node stay free for the connection.
 */
export function withTimeLimit(read: ReadPart, milliseconds: number): ReadPart {
  let isBusy = false;
  return async (path, from, atMost) => {
    if (isBusy) return undefined;
    isBusy = true;
    const done = new AbortController();
    const part = read(path, from, atMost).finally(() => {
      isBusy = false;
      done.abort();
    });
    const limit = setTimeout(milliseconds, undefined, { signal: done.signal, ref: false }).catch(
      () => undefined,
    );
    return Promise.race([part, limit]);
  };
}

const LONGEST_READ = 5_000;

/** The log at a path; undefined where nobody gave one. */
export function logFileAt(path: string | undefined): ServicingLogFile | undefined {
  return path === undefined ? undefined : { path, read: withTimeLimit(readPartOfFile, LONGEST_READ) };
}
