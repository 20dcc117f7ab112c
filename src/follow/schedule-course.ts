import type { CiId, PackageId, ScheduleId } from '../site/identifiers.js';
import type { FollowedSchedule, RunningSchedule } from '../site/followed-schedule.js';
import type { ImageProgress } from '../site/servicing-progress.js';
import { decodeTokens } from '../site/token-text.js';

/**
 * Where a schedule stands. `waiting`: the site has not begun. `gone`: somebody deleted it. `not-started`, `timed-out` and
 * `cancel-requested`: nobody waits any longer, and the schedule goes on as it likes.
 */
export type SchedulePhase = 'waiting' | 'running' | SchedulePhaseEnd;
export type SchedulePhaseEnd =
  'succeeded' | 'failed' | 'cancelled' | 'gone' | 'not-started' | 'timed-out' | 'cancel-requested';

/** How one image of a schedule stands, as far as its rows tell. */
export interface ImageCourse {
  readonly packageId: PackageId;
  readonly status: 'waiting' | 'running' | 'succeeded' | 'failed';
  readonly failedUpdateId: CiId | undefined;
  /** As the column has it: a Win32 number or an HRESULT. */
  readonly errorCode: number | undefined;
  /** When the site began with it, in milliseconds since 1970; undefined where no row tells. */
  readonly runDate: number | undefined;
}

/** All that is known of one schedule that is followed. */
export interface ScheduleCourse {
  readonly scheduleId: ScheduleId;
  readonly name: string | undefined;
  readonly phase: SchedulePhase;
  readonly images: readonly ImageCourse[];
  /** Somebody has asked for its end. */
  readonly isCancelAsked: boolean;
  /** Rows of earlier runs of the same schedule; undefined until it was seen for the first time. */
  readonly earlier: ReadonlySet<string> | undefined;
  /** Whether its State was seen to be that of a run: only then has it ended when the State is another one. */
  readonly hasRun: boolean;
  /** Since when the schedule does not show, by the monotonic clock. */
  readonly absentSince: number | undefined;
  /** Since when it has ended by its State, and rows of its images are missing. */
  readonly settlingSince: number | undefined;
}

/** What one poll showed. */
export interface Sight {
  readonly schedules: readonly FollowedSchedule[];
  /** Of history and progress. */
  readonly rows: readonly ImageProgress[];
  readonly running: readonly RunningSchedule[];
}

/** A deleted schedule does not come back; a new one may stay invisible for some seconds. */
const LONGEST_ABSENCE = 20_000;
/** Rows and State are not written at once. After this time the State alone decides. */
const LONGEST_SETTLING = 20_000;

/** A schedule that nobody has looked at yet. `isNew`: this run made it, so there are no rows of earlier runs. */
export function firstCourse(
  scheduleId: ScheduleId,
  packageIds: readonly PackageId[],
  { isNew, isCancelAsked = false }: { readonly isNew: boolean; readonly isCancelAsked?: boolean },
): ScheduleCourse {
  return {
    scheduleId,
    name: undefined,
    phase: 'waiting',
    images: packageIds.map((packageId) => ({
      packageId,
      status: 'waiting',
      failedUpdateId: undefined,
      errorCode: undefined,
      runDate: undefined,
    })),
    isCancelAsked,
    earlier: isNew ? new Set() : undefined,
    hasRun: false,
    absentSince: undefined,
    settlingSince: undefined,
  };
}

export function hasEnded({ phase }: Pick<ScheduleCourse, 'phase'>): boolean {
  return phase !== 'waiting' && phase !== 'running';
}

/** What a sight makes of a schedule. `now`: milliseconds of the monotonic clock. The last State decides, rows explain it. */
export function nextCourse(before: ScheduleCourse, sight: Sight, now: number): ScheduleCourse {
  if (hasEnded(before)) return before;
  const seen = sight.schedules.find(({ scheduleId }) => scheduleId === before.scheduleId);
  if (seen === undefined) return absentCourse(before, now);
  const rows = sight.rows.filter(({ scheduleId }) => scheduleId === before.scheduleId);
  const earlier = before.earlier ?? rowsOfEarlierRuns(seen, rows);
  const own = rows.filter((row) => !earlier.has(keyOf(row)));
  const course: ScheduleCourse = {
    ...before,
    name: seen.name,
    images: before.images.map((image) => imageCourse(image, own)),
    isCancelAsked: before.isCancelAsked || seen.isCancelAsked,
    earlier,
    hasRun: before.hasRun || isOfARun(seen.state),
    absentSince: undefined,
  };
  return withPhase(course, seen, now);
}

function isOfARun(state: FollowedSchedule['state']): boolean {
  return state === 'running' || state === 'succeeded' || state === 'failed';
}

function withPhase(course: ScheduleCourse, { state }: FollowedSchedule, now: number): ScheduleCourse {
  switch (state) {
    case 'running':
      return { ...course, phase: 'running', settlingSince: undefined };
    case 'unknown':
      return { ...course, phase: hasBegun(course) ? 'running' : 'waiting', settlingSince: undefined };
    case 'none':
    case 'scheduled':
      if (course.hasRun) return ended(course, undefined, now);
      if (hasBegun(course)) return { ...course, phase: 'running', settlingSince: undefined };
      if (course.isCancelAsked) return ended(course, undefined, now);
      return { ...course, phase: 'waiting', settlingSince: undefined };
    case 'succeeded':
    case 'failed':
      return ended(course, state, now);
  }
}

/** `state`: undefined for one that left Running for a state in which nothing runs. */
function ended(
  course: ScheduleCourse,
  state: 'succeeded' | 'failed' | undefined,
  now: number,
): ScheduleCourse {
  const isComplete = course.images.every(({ status }) => status === 'succeeded' || status === 'failed');
  const since = course.settlingSince ?? now;
  if (!isComplete && now - since < LONGEST_SETTLING) {
    const phase = hasBegun(course) || state !== undefined ? 'running' : 'waiting';
    return { ...course, phase, settlingSince: since };
  }
  return { ...course, phase: endOf(course, state), settlingSince: since };
}

function endOf(course: ScheduleCourse, state: 'succeeded' | 'failed' | undefined): SchedulePhaseEnd {
  const { images, isCancelAsked } = course;
  const haveAllSucceeded = images.length > 0 && images.every(({ status }) => status === 'succeeded');
  // Nobody knows which State a cancelled run has. The rows tell whether the cancel came too late.
  if (isCancelAsked) return haveAllSucceeded ? 'succeeded' : 'cancelled';
  if (state !== undefined) return state;
  if (haveAllSucceeded) return 'succeeded';
  // It left Running for a state in which nothing runs, and no row says that it failed: somebody ended it.
  return images.some(({ status }) => status === 'failed') ? 'failed' : 'cancelled';
}

function hasBegun({ hasRun, images }: ScheduleCourse): boolean {
  return hasRun || images.some(({ status }) => status !== 'waiting');
}

function absentCourse(before: ScheduleCourse, now: number): ScheduleCourse {
  const absentSince = before.absentSince ?? now;
  return now - absentSince < LONGEST_ABSENCE
    ? { ...before, absentSince }
    : { ...before, absentSince, phase: 'gone' };
}

/**
 * Which rows are left of earlier runs, when a schedule is seen for the first time. Of one that waits, all. Of one that
 * runs again and again and is at it, those that are done: whether they are of this run cannot be told.
 */
function rowsOfEarlierRuns(
  { state, token }: FollowedSchedule,
  rows: readonly ImageProgress[],
): ReadonlySet<string> {
  if (state === 'none' || state === 'scheduled') return new Set(rows.map(keyOf));
  if (state !== 'running' || !mayRecur(token)) return new Set();
  return new Set(rows.filter(({ status }) => status !== 'running').map(keyOf));
}

/** A token that cannot be read may say anything. */
function mayRecur(token: string): boolean {
  return decodeTokens(token)?.some(({ recurrence }) => recurrence.kind !== 'once') ?? true;
}

function keyOf({ packageId, runDate, status }: ImageProgress): string {
  return `${packageId} ${runDate ?? ''} ${status === 'running' ? 'running' : 'done'}`;
}

/** The newest rows count. A row that says how an image ended is never taken back by one that says that it runs. */
function imageCourse(before: ImageCourse, rows: readonly ImageProgress[]): ImageCourse {
  const own = rows.filter(({ packageId }) => packageId === before.packageId);
  const newest = Math.max(...own.map(({ runDate }) => runDate ?? 0), 0);
  const last = own.filter(({ runDate }) => (runDate ?? newest) === newest);
  const done = last.filter(({ status }) => status === 'success' || status === 'failed');
  if (done.length === 0) {
    const isRunning = last.some(({ status }) => status === 'running');
    return before.status === 'waiting' && isRunning ? { ...before, status: 'running' } : before;
  }
  return {
    packageId: before.packageId,
    status: done.some(({ status }) => status === 'failed') ? 'failed' : 'succeeded',
    failedUpdateId: done.find(({ failedUpdateId }) => failedUpdateId !== undefined)?.failedUpdateId,
    errorCode: done.find(({ errorCode }) => errorCode !== undefined)?.errorCode,
    runDate: newest === 0 ? undefined : newest,
  };
}
