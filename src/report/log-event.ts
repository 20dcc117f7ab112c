import type { FollowEvent } from '../follow/follow-event.js';
import type { ScheduleLine } from '../follow/servicing-log.js';
import type { RunEvent } from './run-event.js';

/** A log of a day is no news; the file has it. */
const MOST_LINES = 500;

type LogEvent = Extract<FollowEvent, { readonly kind: 'log' | 'log-gap' | 'log-not-readable' }>;

/** What the servicing log showed, its lines folded below one line. */
export function logEvent(told: LogEvent): Omit<RunEvent, 'title'> {
  switch (told.kind) {
    case 'log': {
      const { lines } = told;
      const ids = [...new Set(lines.map(({ scheduleId }) => scheduleId))];
      const last = lines.slice(-MOST_LINES);
      const older = lines.length - last.length;
      return {
        level: 'info',
        line: `OfflineServicingMgr.log: ${lines.length === 1 ? '1 new line' : `${lines.length} new lines`} of ${ids.length === 1 ? 'schedule' : 'schedules'} ${ids.join(', ')}`,
        details: [
          ...(older === 0 ? [] : [`(${older} older lines are only in the log)`]),
          ...last.map(textOf),
        ],
      };
    }
    case 'log-gap':
      return {
        level: 'info',
        line: 'OfflineServicingMgr.log began anew more than once, so some of its lines are not shown',
        details: [],
      };
    case 'log-not-readable':
      return {
        level: 'warning',
        line: `The servicing log cannot be read: ${told.path}. The run goes on without it, and tries again with each poll`,
        details: [],
      };
  }
}

function textOf({ stamp, text }: ScheduleLine): string {
  if (stamp === undefined) return text;
  return `${new Date(stamp.milliseconds).toISOString().slice(11, 19)} ${text}`;
}
