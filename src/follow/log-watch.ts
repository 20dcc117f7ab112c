import type { ScheduleId } from '../site/identifiers.js';
import type { TellFollow } from './follow-event.js';
import { endOfLog, readNewLines, type ReadPart } from './servicing-log-file.js';

/** The log of the site's component, and how it is read. */
export interface LogSource {
  /** Absolute, or of a share. */
  readonly path: string;
  readonly read: ReadPart;
}

/** Tells what is new in the log each time that it is called. It never decides anything. */
export type LookAtLog = () => Promise<void>;

/** Watches the log from its end on, for these schedules only. That it cannot be read is told once. */
export async function watchLog(
  { path, read }: LogSource,
  schedules: readonly ScheduleId[],
  tell: TellFollow,
): Promise<LookAtLog> {
  let position = await endOfLog(read, path);
  let isReadable = true;
  return async () => {
    const news = await readNewLines(read, path, position, (id) => schedules.includes(id));
    position = news.position;
    if (news.state === 'not-readable' && isReadable) tell({ kind: 'log-unreadable', path });
    isReadable = news.state !== 'not-readable';
    if (news.lines.length > 0) {
      tell({ kind: 'log', lines: news.lines.map(({ text }) => text), hasGap: news.state === 'gap' });
    }
  };
}
