import type { ScheduleId } from '../site/identifiers.js';
import type { TellFollow } from './follow-event.js';
import type { ImageCourse, ScheduleCourse, SchedulePhase, Sight } from './schedule-course.js';

/**
 * Tells what has changed between two looks at the same schedules, each change once. `behind`: the schedules of others that
 * were told already; it takes the new ones.
 */
export function tellChanges(
  tell: TellFollow,
  before: readonly ScheduleCourse[],
  after: readonly ScheduleCourse[],
  sight: Sight,
  behind: Set<ScheduleId>,
): void {
  for (const [place, course] of after.entries()) {
    const earlier = before[place];
    if (earlier === undefined) continue;
    const { scheduleId, phase } = course;
    if (course.isCancelAsked && !earlier.isCancelAsked)
      tell({ kind: 'cancel-asked', scheduleId, byUs: false });
    if (earlier.phase === 'waiting' && BEGUN.includes(phase))
      tell({ kind: 'phase', scheduleId, phase: 'running' });
    for (const [index, image] of course.images.entries())
      tellImage(tell, course, earlier.images[index], image);
    if (phase !== earlier.phase && phase !== 'running') tell({ kind: 'phase', scheduleId, phase });
  }
  if (after.some(({ phase }) => phase === 'waiting')) tellWhoIsBefore(tell, after, sight, behind);
}

const BEGUN: readonly SchedulePhase[] = ['running', 'succeeded', 'failed'];

function tellImage(
  tell: TellFollow,
  { scheduleId }: ScheduleCourse,
  before: ImageCourse | undefined,
  { packageId, status, failedUpdateId, errorCode }: ImageCourse,
): void {
  if (status === 'waiting' || status === before?.status) return;
  tell({ kind: 'image', scheduleId, packageId, status, failedUpdateId, errorCode });
}

/** A schedule that waits is told once for each other schedule that the site services meanwhile. */
function tellWhoIsBefore(
  tell: TellFollow,
  after: readonly ScheduleCourse[],
  { running }: Sight,
  behind: Set<ScheduleId>,
): void {
  for (const { scheduleId, name } of running) {
    if (behind.has(scheduleId) || after.some((own) => own.scheduleId === scheduleId)) continue;
    behind.add(scheduleId);
    tell({ kind: 'behind', scheduleId, name });
  }
}
