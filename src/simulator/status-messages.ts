import { isoSeconds } from './clock.js';
import { logStatusMessage } from './servicing-log-lines.js';
import type { ThreadId } from './servicing-log.js';
import type { ServicingWork } from './servicing-work.js';

/** 7900 has the ScheduleID; 7913 the package, the index, the folder of the mount and the Win32 error. */
export const STATUS_MESSAGE = { servicingStarted: 7900, unmountFailed: 7913 } as const;

/** The site's own numbers, as signed ones. */
const SEVERITY = { information: 0x40000000, error: 0xc0000000 | 0 } as const;

/** Raises a status message of the component: rows for whoever reads the site, and a line of the log. */
export function raiseStatusMessage(
  { state, clock, log }: ServicingWork,
  thread: ThreadId,
  id: (typeof STATUS_MESSAGE)[keyof typeof STATUS_MESSAGE],
  strings: readonly string[],
): void {
  const isError = id === STATUS_MESSAGE.unmountFailed;
  const record = state.objects('SMS_StatusMessage').length + 1;
  state.put('SMS_StatusMessage', {
    RecordID: record,
    MessageID: id,
    Severity: isError ? SEVERITY.error : SEVERITY.information,
    Component: 'SMS_OFFLINE_SERVICING_MANAGER',
    MachineName: state.site.serverName,
    SiteCode: state.site.code,
    Time: isoSeconds(clock.now()),
  });
  for (const [at, text] of strings.entries()) {
    state.put('SMS_StatMsgInsStrings', { RecordID: record, InsStrIndex: at, InsStrValue: text });
  }
  logStatusMessage(log, thread, state.site, clock.now(), { id, isError, strings });
}
