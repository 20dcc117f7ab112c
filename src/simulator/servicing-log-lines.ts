import { isoSeconds } from './clock.js';
import { otherThreadText, type ServicingLog, type ThreadId } from './servicing-log.js';
import type { OwnSite } from './site-description.js';
import { hresult, win32Error } from './error-numbers.js';

/** The threads and the process of the recording of 2018. */
export const COMPONENT_THREAD: ThreadId = 3852;
export const FIRST_PROCESSING_THREAD: ThreadId = 7652;
const PROCESS = 4696;

export const SERVICING_FOLDER = 'C:\\ConfigMgr_OfflineImageServicing';

const INFORMATION = 'I';
const ERROR = 'E';

export interface LoggedMessage {
  readonly id: number;
  readonly isError: boolean;
  readonly strings: readonly string[];
}

/** What the component's own thread writes when it looks for schedules. */
export function logLook(
  log: ServicingLog,
  taken: readonly { readonly scheduleId: number; readonly name: string; readonly why: 'run-now' | 'due' }[],
): void {
  log.recorded(COMPONENT_THREAD, 'Checking if there are schedule(s) which need to be run at this time.');
  for (const { scheduleId, name, why } of taken) {
    if (why === 'run-now') {
      log.recorded(
        COMPONENT_THREAD,
        `Schedule with ID ${scheduleId} (Schedule Name = ${name}) is marked for RunNow by the administrator`,
      );
    } else {
      log.madeUp(
        COMPONENT_THREAD,
        `Schedule with ID ${scheduleId} (Schedule Name = ${name}) is due at this time`,
      );
    }
    log.recorded(COMPONENT_THREAD, `Schedule with ID ${scheduleId} (${name}) is active`);
  }
}

/**
 * The start of a run. The lines of the two threads stand in the recorded order, which is not that of their stamps, with
 * the recorded times between them.
 */
export function logProcessingStarted(
  log: ServicingLog,
  site: OwnSite,
  run: { readonly thread: ThreadId; readonly scheduleId: number; readonly why: 'run-now' | 'due' },
): void {
  const marked = run.why === 'run-now' ? 1 : 0;
  log.recorded(
    COMPONENT_THREAD,
    `Schedule processing thread started. ThreadID = ${otherThreadText(run.thread)}`,
  );
  log.recorded(COMPONENT_THREAD, `Inbox source is local on ${shortName(site.serverName)}`, 15);
  log.recorded(run.thread, `${marked} Schedule(s) are marked for RunNow by the administrator`, 1);
  log.recorded(run.thread, `${1 - marked} Schedule(s) are scheduled to be run at this time`, 1);
  log.recorded(run.thread, `Processing started for Schedule with ID ${run.scheduleId}`, 1);
}

const shortName = (server: string): string => (server.split('.', 1)[0] ?? '').toUpperCase();

export interface LoggedImage {
  readonly packageId: string;
  readonly sourcePath: string;
  readonly isUpgradePackage: boolean;
}

export function logImage(log: ServicingLog, thread: ThreadId, image: LoggedImage): void {
  const text = `Image info: Package id ${image.packageId}, Size 5141317 KB, Image path '${image.sourcePath}'`;
  if (image.isUpgradePackage) log.madeUp(thread, `${text}, Type: 'OS Upgrade Package'`);
  else log.recorded(thread, `${text}, Type: 'OS Image'`);
}

/** A status message, as a line shows it. */
export function logStatusMessage(
  log: ServicingLog,
  thread: ThreadId,
  site: OwnSite,
  now: number,
  message: LoggedMessage,
): void {
  const strings = Array.from({ length: 10 }, (_, at) => `ISTR${at}="${message.strings[at] ?? ''}"`).join(' ');
  const severity = message.isError ? ERROR : INFORMATION;
  log.recorded(
    thread,
    `STATMSG: ID=${message.id} SEV=${severity} LEV=M SOURCE="SMS Server" COMP="SMS_OFFLINE_SERVICING_MANAGER" ` +
      `SYS=${site.serverName} SITE=${site.code} PID=${PROCESS} TID=${thread} GMTDATE=${gmtDate(now)} ` +
      `${strings} NUMATTRS=0`,
  );
}

/** `Fri May 11 15:20:43.056 2018`. */
function gmtDate(instant: number): string {
  const date = new Date(instant);
  const [weekday = '', day = '', month = '', year = ''] = date.toUTCString().split(/,? /u);
  return `${weekday} ${month} ${day} ${date.toISOString().slice(11, 23)} ${year}`;
}

/** What becomes of one update; the words for a success were never recorded. */
export function logUpdate(
  log: ServicingLog,
  thread: ThreadId,
  update: {
    readonly ciId: number;
    readonly file: string;
    readonly outcome: 'applied' | 'not-required' | 'not-supported' | 'check-not-supported' | 'failed';
    readonly code: number;
  },
): void {
  const applicability = (state: string): string =>
    `Applicability State = ${state}, Update Binary = ${update.file}.`;
  switch (update.outcome) {
    case 'not-supported':
      log.recorded(thread, 'Not applying this update binary, it is not supported.');
      return;
    case 'check-not-supported':
      log.recorded(thread, 'GetUpdateApplicability returned code 0x80004001~');
      log.recorded(thread, applicability('APPLICABILITY_CHECK_NOT_SUPPORTED'));
      return;
    case 'not-required':
      log.madeUp(thread, applicability('APPLICABILITY_NOT_REQUIRED'));
      return;
    case 'failed':
      log.madeUp(thread, applicability('APPLICABILITY_APPLICABLE'));
      log.recorded(thread, `InstallUpdate returned code ${hresult(update.code)}~`);
      log.recorded(
        thread,
        `Failed to install update with ID ${update.ciId} on the image. ErrorCode = ${win32Error(update.code)}`,
      );
      return;
    case 'applied':
      log.madeUp(thread, applicability('APPLICABILITY_APPLICABLE'));
      log.madeUp(thread, `Installed update with ID ${update.ciId} on the image.`);
      return;
  }
}

export function logUnmounting(log: ServicingLog, thread: ThreadId, commits: boolean): void {
  if (commits) log.recorded(thread, 'UnMounting Image (Commit Changes = 1)...');
  else log.madeUp(thread, 'UnMounting Image (Commit Changes = 0)...');
}

export function logUnmountFailed(log: ServicingLog, thread: ThreadId, code: number): void {
  log.recorded(thread, `WIM::UnMountWIMImage returned code ${hresult(code)}~`);
  log.recorded(thread, `UnMountImage returned code ${hresult(code)}~`);
  log.recorded(thread, `Image UnMount failed with error ${win32Error(code)}`);
}

export function logImageCompleted(
  log: ServicingLog,
  thread: ThreadId,
  packageId: string,
  succeeded: boolean,
): void {
  const text = `Completed processing image package ${packageId}. Status =`;
  if (succeeded) log.madeUp(thread, `${text} Success`);
  else log.recorded(thread, `${text} Failed`);
}

export function logScheduleCompleted(log: ServicingLog, thread: ThreadId, succeeded: boolean): void {
  if (succeeded) log.madeUp(thread, 'Schedule processing succeeded');
  else log.recorded(thread, 'Schedule processing failed');
}

/** A line about distribution; the real ones are in the log of another component. */
export function logVersion(
  log: ServicingLog,
  thread: ThreadId,
  packageId: string,
  version: number,
  now: number,
): void {
  log.madeUp(thread, `Source version of package ${packageId} is ${version} since ${isoSeconds(now)}`);
}
