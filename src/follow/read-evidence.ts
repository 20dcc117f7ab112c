import type { SiteReach } from '../plan/site-access.js';
import type { ScheduleId } from '../site/identifiers.js';
import type { ServicingMessage } from '../site/status-message.js';
import type { LogWatch } from './log-watch.js';
import { readServicingMessages } from './read-messages.js';
import type { ScheduleCourse } from './schedule-course.js';
import { servicingCode } from './servicing-codes.js';

/** What shows why a schedule failed, as texts for people. It explains an outcome, and never decides one. */
export type Evidence = ReadonlyMap<ScheduleId, readonly string[]>;

/**
 * The lines of the log where it is watched; the status messages where it is not, or shows nothing. Reads the site only
 * when a schedule failed, and once for all of them.
 */
export async function readEvidence(
  site: SiteReach,
  courses: readonly ScheduleCourse[],
  log: LogWatch | undefined,
): Promise<Evidence> {
  const failed = courses.filter(
    ({ phase, images }) => phase === 'failed' || images.some(({ status }) => status === 'failed'),
  );
  const evidence = new Map<ScheduleId, readonly string[]>();
  for (const { scheduleId } of failed) {
    const lines = log?.evidenceOf(scheduleId) ?? [];
    if (lines.length > 0)
      evidence.set(
        scheduleId,
        lines.map((line) => `OfflineServicingMgr.log: ${line}`),
      );
  }
  const unexplained = failed.filter(({ scheduleId }) => !evidence.has(scheduleId));
  if (unexplained.length === 0) return evidence;
  const messages = await readServicingMessages(site);
  for (const { scheduleId } of unexplained) {
    const texts = messagesOfLastRun(messages, scheduleId).map(messageText);
    if (texts.length > 0) evidence.set(scheduleId, texts);
  }
  return evidence;
}

/** From the message that the schedule began up to that of the next schedule: the component works on one at a time. */
function messagesOfLastRun(
  messages: readonly ServicingMessage[],
  id: ScheduleId,
): readonly ServicingMessage[] {
  const from = messages.findLastIndex((each) => each.kind === 'started' && each.scheduleId === id);
  if (from < 0) return [];
  const next = messages.findIndex((each, place) => place > from && each.kind === 'started');
  return messages.slice(from, next < 0 ? undefined : next);
}

function messageText(message: ServicingMessage): string {
  const at =
    message.time === undefined
      ? ''
      : ` of ${new Date(message.time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  switch (message.kind) {
    case 'started':
      return `status message 7900${at}: the site began with schedule ${message.scheduleId}`;
    case 'unmount-failed': {
      const { packageId, imageIndex, mountFolder, errorCode } = message;
      const code = errorCode === undefined ? undefined : servicingCode(errorCode)?.text;
      const why = code === undefined ? '' : `: ${code.replace(/\.$/u, '')}`;
      return `status message 7913${at}: index ${imageIndex} of image ${packageId} could not be unmounted from ${mountFolder}${why}`;
    }
  }
}
