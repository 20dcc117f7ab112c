import { mapNonEmpty, nonEmpty, type NonEmpty } from '../collections/non-empty.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { attemptParts, diagnosisOf, type SiteAccess, type SiteReach } from '../plan/site-access.js';
import { listPackagesOnPoints } from '../site/distribution-points.js';
import type { PackageId } from '../site/identifiers.js';
import { IMAGE_CLASSES, type ImageClass } from '../site/image-package.js';
import { listPackageSources } from '../site/package-source.js';
import {
  firstDistribution,
  isDistributionOver,
  nextDistribution,
  type DistributionCourse,
  type DistributionRules,
  type DistributionSight,
} from './distribution.js';
import { tellDistribution, type DistributionEvent } from './distribution-event.js';
import type { FollowEvent } from './follow-event.js';
import { pauseAfter } from './pace.js';

/** What following a distribution acts through. */
export interface DistributionAccess extends Pick<SiteAccess, 'provider' | 'clock' | 'cancelled'> {
  readonly random: () => number;
  readonly tell: (
    event: DistributionEvent | Extract<FollowEvent, { readonly kind: 'site-silent' | 'site-back' }>,
  ) => void;
}

/** An image into which something was installed. */
export interface PackageToDistribute {
  readonly packageId: PackageId;
  readonly class: ImageClass;
  /** As it was before the first write; undefined where nobody read it. */
  readonly versionBefore: number | undefined;
}

/** How long, and how, a distribution is followed. In milliseconds. */
export interface DistributionTimes extends DistributionRules {
  /** What is left of the time to wait. */
  readonly timeLeft: number;
  readonly pollInterval: number;
}

/** How following ended. `cancelled`: by the step, and the site goes on. */
export interface DistributionOutcome {
  readonly kind: 'ended' | 'cancelled';
  readonly courses: NonEmpty<DistributionCourse>;
  /** Why the site could not be asked when the waiting ended. */
  readonly silence: Diagnosis | undefined;
}

/**
 * Follows the distribution of all packages together, until enough points have each or the time is up. One batch for each
 * poll. Never throws for what a site does.
 */
export async function followDistribution(
  site: DistributionAccess,
  packages: NonEmpty<PackageToDistribute>,
  times: DistributionTimes,
): Promise<DistributionOutcome> {
  const { clock, cancelled, tell } = site;
  const begun = clock.elapsed();
  let courses = mapNonEmpty(packages, ({ packageId, versionBefore }) =>
    firstDistribution(packageId, versionBefore, begun),
  );
  let silence: { readonly since: number; readonly why: Diagnosis } | undefined;
  for (let polls = 0; ; polls++) {
    const open = nonEmpty(packages.filter((_, place) => isOpen(courses[place])));
    if (open === undefined) return { kind: 'ended', courses, silence: undefined };
    const sight = await look(site, open);
    if (cancelled.aborted) return { kind: 'cancelled', courses, silence: silence?.why };
    const now = clock.elapsed();
    const before = courses;
    if ('why' in sight) {
      if (silence === undefined) tell({ kind: 'site-silent', why: sight.why });
      silence = { since: silence?.since ?? now, why: sight.why };
    } else {
      if (silence !== undefined) tell({ kind: 'site-back', afterMilliseconds: now - silence.since });
      silence = undefined;
      courses = mapNonEmpty(courses, (course) => nextDistribution(course, sight, times, now));
    }
    if (now - begun >= times.timeLeft) courses = mapNonEmpty(courses, timedOut);
    tellDistribution(tell, before, courses);
    if (courses.every(isDistributionOver)) return { kind: 'ended', courses, silence: silence?.why };
    const pause = pauseAfter(polls, times.pollInterval, site.random);
    await clock.sleep(Math.min(pause, Math.max(1, begun + times.timeLeft - now)), cancelled);
  }
}

function isOpen(course: DistributionCourse | undefined): boolean {
  return course !== undefined && !isDistributionOver(course);
}

function timedOut(course: DistributionCourse): DistributionCourse {
  return isDistributionOver(course) ? course : { ...course, phase: 'timed-out' };
}

async function look(
  site: SiteReach,
  packages: NonEmpty<PackageToDistribute>,
): Promise<DistributionSight | { readonly why: Diagnosis }> {
  const sources = IMAGE_CLASSES.flatMap((imageClass) => {
    const own = nonEmpty(packages.filter((each) => each.class === imageClass));
    return own === undefined
      ? []
      : [
          listPackageSources(
            imageClass,
            mapNonEmpty(own, ({ packageId }) => packageId),
          ),
        ];
  });
  const answers = await attemptParts(site, {
    // Those of the points first: a version that rises between the two is then newer than what they show.
    points: [listPackagesOnPoints(mapNonEmpty(packages, ({ packageId }) => packageId))],
    sources,
  });
  const failed = [...answers.points, ...answers.sources].find(({ state }) => state !== 'done');
  if (failed !== undefined && failed.state !== 'done') return { why: diagnosisOf(failed.diagnosis) };
  return {
    points: answers.points.flatMap((outcome) => (outcome.state === 'done' ? outcome.result : [])),
    sources: answers.sources.flatMap((outcome) => (outcome.state === 'done' ? outcome.result : [])),
  };
}
