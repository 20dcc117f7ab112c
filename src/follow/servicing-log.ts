import { scheduleId, type ScheduleId } from '../site/identifiers.js';
import { parseLogLine, type LogLine } from './log-line.js';

/** A line of the run of one schedule. */
export interface ScheduleLine extends LogLine {
  readonly scheduleId: ScheduleId;
  readonly thread: number;
}

/**
 * Which schedule each thread of the log works on. A thread works on one schedule after the other, and its number can be
 * given to another thread later.
 */
export type LogThreads = ReadonlyMap<number, ScheduleId>;

export interface ScheduleLines {
  /** Of all threads in the order of the file; those of one thread by their stamps. */
  readonly lines: readonly ScheduleLine[];
  readonly threads: LogThreads;
}

/** More threads than these at a time are no threads of this component. */
const MOST_THREADS = 1_000;

/**
 * Takes new lines of the log, in the order of the file, and gives those of the schedules that are meant. Lines of two
 * threads interleave and are not in the order of their times, so that only those of one thread are sorted.
 */
export function linesOfSchedules(
  texts: readonly string[],
  before: LogThreads,
  isMeant: (id: ScheduleId) => boolean,
): ScheduleLines {
  const threads = new Map(before);
  const lines: ScheduleLine[] = [];
  for (const line of sortedWithinThreads(texts.map(parseLogLine))) {
    const { thread, text } = line;
    if (thread === undefined) continue;
    if (isBeforeSchedule(text)) threads.delete(thread);
    const begins = scheduleBegunBy(text);
    if (begins !== undefined) assign(threads, thread, begins);
    const own = threads.get(thread);
    if (own !== undefined && isMeant(own)) lines.push({ ...line, thread, scheduleId: own });
    if (isLastOfSchedule(text)) threads.delete(thread);
  }
  return { lines, threads };
}

/** The places of a thread among the lines stay; its lines go to them by their stamps. Lines without a stamp stay. */
function sortedWithinThreads(lines: readonly LogLine[]): readonly LogLine[] {
  const placesOf = new Map<number, number[]>();
  for (const [place, { thread, stamp }] of lines.entries()) {
    if (thread === undefined || stamp === undefined) continue;
    const places = placesOf.get(thread);
    if (places === undefined) placesOf.set(thread, [place]);
    else places.push(place);
  }
  const sorted = [...lines];
  for (const places of placesOf.values()) {
    const own = places
      .flatMap((place) => lines[place] ?? [])
      .sort((one, other) => (one.stamp?.milliseconds ?? 0) - (other.stamp?.milliseconds ?? 0));
    for (const [index, place] of places.entries()) {
      const line = own[index];
      if (line !== undefined) sorted[place] = line;
    }
  }
  return sorted;
}

function assign(threads: Map<number, ScheduleId>, thread: number, id: ScheduleId): void {
  threads.delete(thread);
  threads.set(thread, id);
  const [oldest] = threads.keys();
  if (threads.size > MOST_THREADS && oldest !== undefined) threads.delete(oldest);
}

function scheduleBegunBy(text: string): ScheduleId | undefined {
  const [, id] = /^Processing started for Schedule with ID (\d{1,10})\b/u.exec(text) ?? [];
  return id === undefined ? undefined : scheduleId(Number(id));
}

/** What a thread writes before it works on a schedule: if its number was another thread's before, that one has ended. */
function isBeforeSchedule(text: string): boolean {
  return /^(?:\d+ Schedule\(s\) are|Checking if there are schedule)/u.test(text);
}

/** `Schedule processing failed`; the word of a success was never recorded. */
function isLastOfSchedule(text: string): boolean {
  return /^Schedule processing (?!thread\b)\w+/u.test(text);
}
