import { nonEmpty, type NonEmpty } from '../collections/non-empty.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { attempt, diagnosisOf, type SiteAccess } from '../plan/site-access.js';
import type { CiId, PackageId } from '../site/identifiers.js';
import type { ImageClass } from '../site/image-package.js';
import { listUpdateResults, type UpdateResult } from '../site/update-result.js';
import { watchUndoTime } from '../undo/undo-time.js';
import { askToCancel } from './ask-to-cancel.js';
import { USUAL_DISTRIBUTION_PATIENCE, type DistributionCourse } from './distribution.js';
import { followDistribution } from './follow-distribution.js';
import { watchLog } from './log-watch.js';
import { readEvidence, type Evidence } from './read-evidence.js';
import { followSchedules, type ScheduleToFollow } from './follow-schedules.js';
import type { FollowAccess } from './follow-access.js';
import type { FollowSettings } from './follow-settings.js';
import { hasEnded, type ScheduleCourse } from './schedule-course.js';
import { imageResults, judgeUpdates, type JudgedUpdate } from './update-results.js';

/** What following acts through, a cancel of the step included. */
export type FollowSite = FollowAccess & Pick<SiteAccess, 'patience' | 'timeIsUp'>;

/** An image of a schedule that is followed, and what was known of it before. */
export interface ImageToFollow {
  readonly packageId: PackageId;
  readonly class: ImageClass;
  /** The numbers of its operating systems; undefined where nobody knows them. */
  readonly indexes: ReadonlySet<number> | undefined;
  /** What was scheduled for it. */
  readonly updateIds: readonly CiId[];
  /** The rows of these updates from before the first write; undefined where nobody read them. */
  readonly before: readonly UpdateResult[] | undefined;
  /** SourceVersion from before the first write; undefined where nobody read it. */
  readonly versionBefore: number | undefined;
}

/** All that became of schedules that were followed. */
export type FollowOutcome = {
  readonly courses: NonEmpty<ScheduleCourse>;
  /** Of images that the site is done with. */
  readonly updates: readonly JudgedUpdate[];
  readonly distributions: readonly DistributionCourse[];
  /** What shows why schedules failed. */
  readonly evidence: Evidence;
} & (
  | {
      readonly kind: 'ended' | 'cancelled';
      /** Why results could not be read. */
      readonly why: Diagnosis | undefined;
    }
  /** The site refuses to be asked. */
  | { readonly kind: 'unreachable'; readonly why: Diagnosis }
);

/** Follows schedules to the end that is asked for. Never throws for what a site does. */
export async function followRun(
  site: FollowSite,
  schedules: NonEmpty<ScheduleToFollow>,
  images: readonly ImageToFollow[],
  settings: FollowSettings,
): Promise<FollowOutcome> {
  const begun = site.clock.elapsed();
  const log =
    site.log &&
    watchLog(
      site.log,
      schedules.map(({ scheduleId }) => scheduleId),
      site.tell,
    );
  const end = await followSchedules(site, schedules, settings, log);
  if (end.kind === 'cancelled') {
    const courses = settings.onCancel === 'cancel' ? await cancelInTime(site, end.courses) : end.courses;
    return {
      kind: 'cancelled',
      courses,
      updates: [],
      distributions: [],
      evidence: NO_EVIDENCE,
      why: undefined,
    };
  }
  if (end.kind === 'unreachable') return { ...end, updates: [], distributions: [], evidence: NO_EVIDENCE };
  const evidence = await readEvidence(site, end.courses, log);
  const results = await readResults(site, images, end.courses);
  const installed = nonEmpty(images.filter(({ packageId }) => hasInstalled(packageId, results.updates)));
  if (settings.until === 'servicing' || installed === undefined) {
    return { kind: 'ended', courses: end.courses, distributions: [], evidence, ...results };
  }
  const passed = site.clock.elapsed() - begun;
  const distribution = await followDistribution(site, installed, {
    required: settings.requiredDistributionPoints,
    patience: USUAL_DISTRIBUTION_PATIENCE,
    timeLeft: Math.max(settings.waitTimeout - passed, SHORTEST_DISTRIBUTION),
    pollInterval: settings.pollInterval,
  });
  return {
    kind: distribution.kind,
    courses: end.courses,
    updates: results.updates,
    distributions: distribution.courses,
    evidence,
    why: results.why ?? distribution.silence,
  };
}

const NO_EVIDENCE: Evidence = new Map();

/** Time enough to see what is distributed already. */
const SHORTEST_DISTRIBUTION = 60_000;

function hasInstalled(packageId: PackageId, updates: readonly JudgedUpdate[]): boolean {
  return imageResults(updates.filter((update) => update.packageId === packageId)).installed.length > 0;
}

/** What the site holds of every update in the images that it is done with. */
async function readResults(
  site: FollowSite,
  images: readonly ImageToFollow[],
  courses: readonly ScheduleCourse[],
): Promise<Pick<FollowOutcome, 'updates' | 'why'>> {
  const done = nonEmpty(images.filter(({ packageId }) => isDone(packageId, courses)));
  const updateIds = nonEmpty([...new Set(done?.flatMap((image) => image.updateIds))]);
  if (done === undefined || updateIds === undefined) return { updates: [], why: undefined };
  const packageIds = nonEmpty(done.map(({ packageId }) => packageId));
  if (packageIds === undefined) return { updates: [], why: undefined };
  const [outcome] = await attempt(site, [listUpdateResults(packageIds, updateIds, indexesOf(done))]);
  if (outcome.state !== 'done') return { updates: [], why: diagnosisOf(outcome.diagnosis) };
  const updates = done.flatMap((image) =>
    judgeUpdates(
      image,
      outcome.result,
      image.before === undefined
        ? { kind: 'run-date', startedAt: runDateOf(image.packageId, courses) }
        : { kind: 'reading', rows: image.before },
    ),
  );
  return { updates, why: undefined };
}

function isDone(packageId: PackageId, courses: readonly ScheduleCourse[]): boolean {
  return courses.some(({ phase, images }) =>
    images.some(
      (image) =>
        image.packageId === packageId &&
        (image.status === 'succeeded' || image.status === 'failed' || phase === 'succeeded'),
    ),
  );
}

function runDateOf(packageId: PackageId, courses: readonly ScheduleCourse[]): number | undefined {
  return courses
    .flatMap(({ images }) => images)
    .find((image) => image.packageId === packageId && image.runDate !== undefined)?.runDate;
}

function indexesOf(images: readonly ImageToFollow[]): number | undefined {
  const counts = images.map(({ indexes }) => indexes?.size);
  return counts.some((count) => count === undefined)
    ? undefined
    : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

/** Asks the site to end what still runs, and looks what comes of that, in the time that a host leaves to a cancelled step. */
async function cancelInTime(
  site: FollowSite,
  courses: NonEmpty<ScheduleCourse>,
): Promise<NonEmpty<ScheduleCourse>> {
  const open = nonEmpty(courses.filter((course) => !hasEnded(course)).map(({ scheduleId }) => scheduleId));
  if (open === undefined) return courses;
  const hurried = watchUndoTime(site, open.length);
  try {
    const asked = new Set(await askToCancel(hurried.site, open));
    const schedules = nonEmpty(
      courses
        .filter(({ scheduleId }) => asked.has(scheduleId))
        .map(({ scheduleId, images }) => ({
          scheduleId,
          packageIds: images.map(({ packageId }) => packageId),
          startsInMilliseconds: 0,
          isNew: true,
          isCancelAsked: true,
        })),
    );
    if (schedules === undefined) return courses;
    const after = await followSchedules(hurried.site, schedules, IN_HASTE);
    const [first, ...others] = courses;
    const latest = (course: ScheduleCourse): ScheduleCourse => {
      const own = after.courses.find(({ scheduleId }) => scheduleId === course.scheduleId);
      if (own === undefined) return course;
      return hasEnded(own) ? own : { ...own, phase: 'cancel-requested' };
    };
    return [latest(first), ...others.map(latest)];
  } finally {
    hurried.release();
  }
}

/** A person waits for this, or a host that kills the process soon. */
const IN_HASTE = {
  waitTimeout: 5 * 60_000,
  startTimeout: 5 * 60_000,
  pollInterval: 2_000,
  onTimeout: 'leave',
} as const;
