import type { ScheduleId } from '../site/identifiers.js';
import type { TellFollow } from './follow-event.js';
import { endOfLog, readNewLines, type LogPosition, type ServicingLogFile } from './servicing-log-file.js';
import type { ScheduleLine } from './servicing-log.js';

/** Reads the log beside the polls. What it shows never decides how a schedule ended. */
export interface LogWatch {
  /** Tells the lines that are new. Never throws, and tells a log that cannot be read only once. */
  readonly look: () => Promise<void>;
  /** The last lines of a schedule that tell of an error, the oldest first. */
  readonly evidenceOf: (id: ScheduleId) => readonly string[];
}

/** More than these make an error unreadable. */
const MOST_EVIDENCE = 5;

/** Begins at the end of the log as it is at the first look: what is older was there before anybody waited. */
export function watchLog(
  { path, read }: ServicingLogFile,
  ids: readonly ScheduleId[],
  tell: TellFollow,
): LogWatch {
  let position: LogPosition | undefined;
  let wasToldUnreadable = false;
  const evidence = new Map<ScheduleId, readonly string[]>();
  const tellUnreadable = (): void => {
    if (!wasToldUnreadable) tell({ kind: 'log-not-readable', path });
    wasToldUnreadable = true;
  };
  const look = async (): Promise<void> => {
    if (position === undefined) {
      const isThere = (await read(path, 0, 1)) !== undefined;
      if (isThere) position = await endOfLog(read, path);
      else tellUnreadable();
      return;
    }
    const news = await readNewLines(read, path, position, (id) => ids.includes(id));
    position = news.position;
    // Between the two steps of a roll-over there is no file for a moment.
    if (news.state === 'not-readable') tellUnreadable();
    if (news.state === 'gap') tell({ kind: 'log-gap' });
    if (news.lines.length > 0) tell({ kind: 'log', lines: news.lines });
    for (const { scheduleId, text } of news.lines.filter(tellsOfError)) {
      evidence.set(scheduleId, [...(evidence.get(scheduleId) ?? []), text].slice(-MOST_EVIDENCE));
    }
  };
  return { look, evidenceOf: (id) => evidence.get(id) ?? [] };
}

/** In the words of the recorded lines. A code of 0 is a success. */
function tellsOfError({ text }: ScheduleLine): boolean {
  if (/\breturned code 0x0+\b|\bErrorCode = 0\b/u.test(text)) return false;
  return /\breturned code\b|\bFailed to install\b|\bErrorCode\b/u.test(text);
}
