import type { PackageOnPoint } from '../site/distribution-points.js';

/** How a package stands on one distribution point. `absent`: required by name, and no point of that name has it. */
export interface PointCourse {
  readonly key: string;
  readonly server: string;
  readonly status: 'installed' | 'in-progress' | 'failed' | 'absent';
  /** State as the site has it. */
  readonly state: number | undefined;
  /** Since when it is failed or absent without a break, by the monotonic clock. */
  readonly failedSince: number | undefined;
  /** The site has had time to try again: nobody waits for this point any longer. */
  readonly isFinal: boolean;
}

/** What tells how long a point has been failed. In milliseconds, by the monotonic clock. */
export interface FailureTime {
  readonly before: readonly PointCourse[];
  /** How long a point may be failed or absent while the site tries again. */
  readonly patience: number;
  readonly now: number;
}

/** The points that the site shows for one package, without those from which it is removed. */
export function seenPoints(
  rows: readonly PackageOnPoint[],
  version: number,
  time: FailureTime,
): readonly PointCourse[] {
  const earlier = new Map(time.before.map((point) => [point.key, point]));
  return rows
    .filter(({ activity }) => activity !== 'removing')
    .map((row) => {
      const { key, server, state } = row;
      return pointCourse({ key, server, state, status: statusOf(row, version) }, earlier.get(key), time);
    });
}

/** A course for each name that none of the points has. */
export function absentPoints(
  names: readonly string[],
  seen: readonly PointCourse[],
  time: FailureTime,
): readonly PointCourse[] {
  return names
    .filter((name) => !seen.some(({ server }) => isNamed(server, name)))
    .map((server) => {
      const key = `absent ${server.toLowerCase()}`;
      const before = time.before.find((point) => point.key === key);
      return pointCourse({ key, server, state: undefined, status: 'absent' }, before, time);
    });
}

/** Whether a distribution point is meant by a name: in full, or by its first part. */
export function isNamed(server: string, name: string): boolean {
  const [one, other] = [server.toLowerCase(), name.toLowerCase()];
  return one === other || (!other.includes('.') && one.split('.', 1)[0] === other);
}

/** A point that is at rest with an older version was not reached yet. */
function statusOf(
  { activity, sourceVersion = 0 }: PackageOnPoint,
  version: number,
): 'installed' | 'in-progress' | 'failed' {
  switch (activity) {
    case 'at-rest':
      return sourceVersion >= version ? 'installed' : 'in-progress';
    case 'failed':
      return 'failed';
    case 'working':
    case 'removing':
    case 'unknown':
      return 'in-progress';
  }
}

function pointCourse(
  seen: Pick<PointCourse, 'key' | 'server' | 'state' | 'status'>,
  before: PointCourse | undefined,
  { patience, now }: FailureTime,
): PointCourse {
  const isBad = seen.status === 'failed' || seen.status === 'absent';
  const failedSince = isBad ? (before?.failedSince ?? now) : undefined;
  return { ...seen, failedSince, isFinal: failedSince !== undefined && now - failedSince >= patience };
}
