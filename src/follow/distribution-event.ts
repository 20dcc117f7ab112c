import type { PackageId } from '../site/identifiers.js';
import { isDistributionOver, type DistributionCourse, type DistributionEnd } from './distribution.js';
import type { PointCourse } from './point-course.js';

/** What happens while a distribution is followed. Each is told once, when it changes, and never once for each poll. */
export type DistributionEvent =
  | { readonly kind: 'new-version'; readonly packageId: PackageId; readonly version: number }
  | { readonly kind: 'point'; readonly packageId: PackageId; readonly point: PointCourse }
  | { readonly kind: 'distribution-over'; readonly packageId: PackageId; readonly phase: DistributionEnd };

/** Tells what has changed between two looks at the same packages. */
export function tellDistribution(
  tell: (event: DistributionEvent) => void,
  before: readonly DistributionCourse[],
  after: readonly DistributionCourse[],
): void {
  for (const [place, course] of after.entries()) {
    const { packageId, version, points } = course;
    const earlier = before[place];
    if (version !== undefined && earlier?.version !== version)
      tell({ kind: 'new-version', packageId, version });
    const known = new Map(earlier?.points.map((point) => [point.key, point]));
    for (const point of points.filter((each) => isNews(each, known.get(each.key))))
      tell({ kind: 'point', packageId, point });
    if (isDistributionOver(course) && earlier?.phase !== course.phase)
      tell({ kind: 'distribution-over', packageId, phase: course.phase });
  }
}

/** That a point is on its way is news only where it was elsewhere before. */
function isNews(point: PointCourse, before: PointCourse | undefined): boolean {
  if (before === undefined) return point.status !== 'in-progress';
  return point.status !== before.status || point.isFinal !== before.isFinal;
}
