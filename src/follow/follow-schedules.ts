import type { FollowAccess } from './follow-access.js';
import { mapNonEmpty, nonEmpty, type NonEmpty } from '../collections/non-empty.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { PackageId, ScheduleId } from '../site/identifiers.js';
import { askToCancel } from './ask-to-cancel.js';
import type { FollowSettings } from './follow-settings.js';
import type { LogWatch } from './log-watch.js';
import { pauseAfter } from './pace.js';
import { poll } from './poll.js';
import { firstCourse, hasEnded, nextCourse, type ScheduleCourse, type Sight } from './schedule-course.js';
import { tellChanges } from './tell-changes.js';

/** A schedule whose end somebody waits for. */
export interface ScheduleToFollow {
  readonly scheduleId: ScheduleId;
  readonly packageIds: readonly PackageId[];
  /** Until it is due; 0 for one that is due already, or whose time is not known. */
  readonly startsInMilliseconds: number;
  /** This run made it, so that there are no rows of earlier runs. */
  readonly isNew: boolean;
  /** This run has asked for its end already. */
  readonly isCancelAsked?: boolean;
}

/** How following ended. `unreachable`: the site refuses to be asked, for so long that it will not change by itself. */
export type FollowEnd =
  | { readonly kind: 'ended' | 'cancelled'; readonly courses: NonEmpty<ScheduleCourse> }
  | {
      readonly kind: 'unreachable';
      readonly courses: NonEmpty<ScheduleCourse>;
      readonly why: Diagnosis;
    };

type Times = Pick<FollowSettings, 'waitTimeout' | 'startTimeout' | 'pollInterval' | 'onTimeout'>;

/** A schedule, and how long it was waited for. */
interface Watched {
  readonly course: ScheduleCourse;
  /** When it is due, by the monotonic clock. */
  readonly dueAt: number;
  /** How long it could have begun and did not. */
  readonly waited: number;
  /** Since when this run has asked for its end, and what it is called when that does not help. */
  readonly cancelAskedAt: number | undefined;
}

/** How long a cancel that was asked for because the time was up may take: an update that is being applied ends first. */
const CANCEL_PATIENCE = 60 * 60_000;
/** A refusal can pass, as after a restart of the site; one that lasts longer does not. */
const LONGEST_REFUSAL = 10 * 60_000;
/** Rows that are still missing come soon. */
const SETTLING_PAUSE = 3_000;

/**
 * Follows all schedules together until each has ended or its time is up. Looks at the site with one batch for each poll.
 * Ends early, as `cancelled`, when the step is cancelled. Never throws for what a site does.
 */
export async function followSchedules(
  site: FollowAccess,
  schedules: NonEmpty<ScheduleToFollow>,
  times: Times,
  log?: LogWatch,
): Promise<FollowEnd> {
  const { clock } = site;
  const begun = clock.elapsed();
  let watched = mapNonEmpty(schedules, (each) => watch(each, begun));
  let silence: { readonly since: number; readonly why: Diagnosis } | undefined;
  const behind = new Set<ScheduleId>();
  let last = begun;
  site.tell({ kind: 'following', scheduleIds: schedules.map(({ scheduleId }) => scheduleId) });
  for (let polls = 0; ; polls++) {
    // After the last poll too: the lines of the end are those that tell why.
    await log?.look();
    const open = nonEmpty(watched.filter(({ course }) => !hasEnded(course)));
    const courses = mapNonEmpty(watched, ({ course }) => course);
    if (open === undefined) return { kind: 'ended', courses };
    const seen = await poll(
      site,
      mapNonEmpty(open, ({ course }) => course.scheduleId),
      Math.max(1, ...open.map(({ course }) => course.images.length)),
    );
    // Also where the step was cancelled while it slept: the poll was not sent then.
    if (site.cancelled.aborted) return { kind: 'cancelled', courses };
    const now = clock.elapsed();
    if (seen.kind === 'unseen') {
      if (silence === undefined) site.tell({ kind: 'site-silent', why: seen.why });
      silence = { since: silence?.since ?? now, why: seen.why };
      if (isRefusal(seen.why) && now - silence.since >= LONGEST_REFUSAL) {
        return { kind: 'unreachable', courses, why: seen.why };
      }
    } else {
      if (silence !== undefined) site.tell({ kind: 'site-back', afterMilliseconds: now - silence.since });
      silence = undefined;
      const { sight } = seen;
      const before = watched;
      watched = mapNonEmpty(watched, (each) => advance(each, sight, now, now - last));
      tellChanges(
        site.tell,
        before.map(({ course }) => course),
        watched.map(({ course }) => course),
        sight,
        behind,
      );
    }
    watched = await endLate(site, watched, times, now);
    const isSettling = watched.some(({ course }) => isWaitedForRows(course));
    const pause = pauseAfter(polls, times.pollInterval, site.random);
    last = clock.elapsed();
    if (watched.some(({ course }) => !hasEnded(course))) {
      await clock.sleep(isSettling ? Math.min(pause, SETTLING_PAUSE) : pause, site.cancelled);
    }
  }
}

function watch(schedule: ScheduleToFollow, now: number): Watched {
  const { scheduleId, packageIds, startsInMilliseconds, isNew, isCancelAsked = false } = schedule;
  return {
    course: firstCourse(scheduleId, packageIds, { isNew, isCancelAsked }),
    dueAt: now + startsInMilliseconds,
    waited: 0,
    cancelAskedAt: isCancelAsked ? now : undefined,
  };
}

/** `passed`: since the site was asked before. While the site services something else, nothing is waited for. */
function advance(watched: Watched, sight: Sight, now: number, passed: number): Watched {
  const course = nextCourse(watched.course, sight, now);
  const isDue = now >= watched.dueAt;
  const isBusy = sight.running.some(({ scheduleId }) => scheduleId !== course.scheduleId);
  const counts = course.phase === 'waiting' && isDue && !isBusy;
  return {
    ...watched,
    course,
    waited: watched.waited + (counts ? Math.min(passed, now - watched.dueAt) : 0),
  };
}

/** Those whose time is up end here, or are asked to end. */
async function endLate(
  site: FollowAccess,
  watched: NonEmpty<Watched>,
  times: Times,
  now: number,
): Promise<NonEmpty<Watched>> {
  const late = watched.filter((each) => lateness(each, times, now) !== undefined);
  if (late.length === 0) return watched;
  const toAsk = nonEmpty(
    late.filter(({ cancelAskedAt }) => times.onTimeout === 'cancel' && cancelAskedAt === undefined),
  );
  const asked =
    toAsk &&
    new Set(
      await askToCancel(
        site,
        mapNonEmpty(toAsk, ({ course }) => course.scheduleId),
      ),
    );
  return mapNonEmpty(watched, (each) => {
    const phase = lateness(each, times, now);
    if (phase === undefined) return each;
    if (asked?.has(each.course.scheduleId) === true) {
      return { ...each, cancelAskedAt: now, course: { ...each.course, isCancelAsked: true } };
    }
    return { ...each, course: { ...each.course, phase } };
  });
}

/** What a schedule is called when its time is up; undefined while it has time. */
function lateness(
  { course, dueAt, waited, cancelAskedAt }: Watched,
  { waitTimeout, startTimeout, onTimeout }: Times,
  now: number,
): 'not-started' | 'timed-out' | 'cancel-requested' | undefined {
  if (hasEnded(course)) return undefined;
  if (cancelAskedAt !== undefined) {
    const patience = onTimeout === 'cancel' ? CANCEL_PATIENCE : waitTimeout;
    return now - cancelAskedAt >= patience ? 'cancel-requested' : undefined;
  }
  if (now - dueAt >= waitTimeout) return 'timed-out';
  return course.phase === 'waiting' && waited >= startTimeout ? 'not-started' : undefined;
}

function isWaitedForRows({ phase, settlingSince, absentSince }: ScheduleCourse): boolean {
  const isOpen = phase === 'waiting' || phase === 'running';
  return isOpen && (settlingSince !== undefined || absentSince !== undefined);
}

/** Everything else passes by itself: a network, a restart, a site that is busy. */
const REFUSALS: readonly Diagnosis['code'][] = [
  'OS301',
  'OS303',
  'OS304',
  'OS305',
  'OS308',
  'OS311',
  'OS312',
];

function isRefusal({ code }: Diagnosis): boolean {
  return REFUSALS.includes(code);
}
