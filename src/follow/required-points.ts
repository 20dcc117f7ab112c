import type { RequiredDistributionPoints } from './follow-settings.js';
import { isNamed, type PointCourse } from './point-course.js';

/** Whether enough of these distribution points have the version. */
export function isFulfilled(points: readonly PointCourse[], required: RequiredDistributionPoints): boolean {
  return missing(points, required, ({ status }) => status === 'installed') === 0;
}

/** Whether so many have finally failed that there can never be enough. */
export function isHopeless(points: readonly PointCourse[], required: RequiredDistributionPoints): boolean {
  return missing(points, required, ({ isFinal }) => !isFinal) > 0;
}

/** How many required points there are too few, if those count that are meant. */
function missing(
  points: readonly PointCourse[],
  required: RequiredDistributionPoints,
  counts: (point: PointCourse) => boolean,
): number {
  switch (required.kind) {
    case 'all':
      return points.filter((point) => !counts(point)).length;
    case 'percentage': {
      const needed = Math.ceil((points.length * required.percentage) / 100);
      return Math.max(0, needed - points.filter(counts).length);
    }
    case 'names':
      return required.names.filter(
        (name) => !points.some((point) => isNamed(point.server, name) && counts(point)),
      ).length;
  }
}
