import type { PackageOnPoint } from '../site/distribution-points.js';
import type { PackageId } from '../site/identifiers.js';
import type { PackageSource } from '../site/package-source.js';
import type { RequiredDistributionPoints } from './follow-settings.js';
import { absentPoints, seenPoints, type PointCourse } from './point-course.js';
import { isFulfilled, isHopeless } from './required-points.js';

/**
 * Where the distribution of a package stands. `rising`: its new version is not there yet. `unchanged`: it never came.
 * `no-targets`: no distribution point has the package. `timed-out`: nobody waits any longer.
 */
export type DistributionPhase = 'rising' | 'distributing' | DistributionEnd;
export type DistributionEnd = 'distributed' | 'failed' | 'unchanged' | 'no-targets' | 'timed-out';

/** All that is known of the distribution of one package. */
export interface DistributionCourse {
  readonly packageId: PackageId;
  readonly phase: DistributionPhase;
  /** Undefined where nobody read it before the servicing. */
  readonly versionBefore: number | undefined;
  /** What every point must have; undefined while it is not known. */
  readonly version: number | undefined;
  /** By the monotonic clock: since when somebody waits for the version, and since when for the points. */
  readonly since: number;
  readonly distributingSince: number | undefined;
  /** Without those from which the package is removed. */
  readonly points: readonly PointCourse[];
}

/** What one look at the site showed. */
export interface DistributionSight {
  readonly sources: readonly PackageSource[];
  readonly points: readonly PackageOnPoint[];
}

/** How long the absence of something means nothing. In milliseconds. */
export interface DistributionPatience {
  /** How long a new version may take after the end of the servicing. */
  readonly version: number;
  /** How long a point may be failed or absent while the site tries again. */
  readonly failure: number;
  /** How long a package may have no row of any point. */
  readonly targets: number;
}

/** No source tells these times. A site tries a failed distribution again by itself, but not at once. */
export const USUAL_DISTRIBUTION_PATIENCE: DistributionPatience = {
  version: 10 * 60_000,
  failure: 40 * 60_000,
  targets: 60_000,
};

/** How a distribution is judged. */
export interface DistributionRules {
  readonly required: RequiredDistributionPoints;
  readonly patience: DistributionPatience;
}

/** A package that nobody has looked at yet. */
export function firstDistribution(
  packageId: PackageId,
  versionBefore: number | undefined,
  now: number,
): DistributionCourse {
  return {
    packageId,
    phase: 'rising',
    versionBefore,
    version: undefined,
    since: now,
    distributingSince: undefined,
    points: [],
  };
}

export function isDistributionOver(
  course: DistributionCourse,
): course is DistributionCourse & { readonly phase: DistributionEnd } {
  return course.phase !== 'rising' && course.phase !== 'distributing';
}

/** What a sight makes of a package. `now`: milliseconds of the monotonic clock. */
export function nextDistribution(
  before: DistributionCourse,
  sight: DistributionSight,
  rules: DistributionRules,
  now: number,
): DistributionCourse {
  if (isDistributionOver(before)) return before;
  const risen = before.phase === 'rising' ? withVersion(before, sight, rules.patience, now) : before;
  if (risen.phase !== 'distributing') return risen;
  const course = { ...risen, points: pointsOf(risen, sight, rules, now) };
  return { ...course, phase: phaseOf(course, rules, now) };
}

function withVersion(
  before: DistributionCourse,
  { sources }: DistributionSight,
  patience: DistributionPatience,
  now: number,
): DistributionCourse {
  const seen = sources.find(({ packageId }) => packageId === before.packageId)?.sourceVersion;
  const isLate = now - before.since >= patience.version;
  const { versionBefore } = before;
  const hasRisen = seen !== undefined && versionBefore !== undefined && seen > versionBefore;
  // Without a reading from before nobody sees it rise: the version after the grace time is the one to wait for.
  if (hasRisen || (isLate && seen !== undefined && versionBefore === undefined)) {
    return { ...before, phase: 'distributing', version: seen, distributingSince: now };
  }
  return isLate ? { ...before, phase: 'unchanged' } : before;
}

function phaseOf(
  { points, distributingSince = 0 }: DistributionCourse,
  { required, patience }: DistributionRules,
  now: number,
): DistributionPhase {
  if (points.length === 0) return now - distributingSince >= patience.targets ? 'no-targets' : 'distributing';
  if (isFulfilled(points, required)) return 'distributed';
  return isHopeless(points, required) ? 'failed' : 'distributing';
}

function pointsOf(
  { packageId, version = 0, points }: DistributionCourse,
  sight: DistributionSight,
  { required, patience }: DistributionRules,
  now: number,
): readonly PointCourse[] {
  const rows = sight.points.filter((row) => row.packageId === packageId);
  const since = { before: points, patience: patience.failure, now };
  const seen = seenPoints(rows, version, since);
  const names = required.kind === 'names' ? required.names : [];
  return [...seen, ...absentPoints(names, seen, since)];
}
