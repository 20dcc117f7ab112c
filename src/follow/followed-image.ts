import type { CiId, PackageId, ScheduleId } from '../site/identifiers.js';
import type { DistributionCourse } from './distribution.js';
import type { ImageResults, JudgedUpdate } from './update-results.js';

/** What came of an image, or of all of them: the worst first. */
export const FOLLOW_STATES = [
  'failed',
  'timed-out',
  'partly-failed',
  'cancelled',
  'cancel-requested',
  'running',
  'scheduled',
  'succeeded',
] as const;
export type FollowState = (typeof FOLLOW_STATES)[number];

/** What came of one image of one schedule. */
export interface FollowedImage {
  readonly scheduleId: ScheduleId;
  readonly packageId: PackageId;
  readonly state: FollowState;
  /** The first update that could not be applied, as the site names it. */
  readonly failedUpdateId: CiId | undefined;
  /** As the site has it: a Win32 number or an HRESULT. */
  readonly errorCode: number | undefined;
  /** When the site began with it, in milliseconds since 1970. */
  readonly startedAt: number | undefined;
  /** Of every update on every index; empty where they were not read. */
  readonly updates: readonly JudgedUpdate[];
  readonly results: ImageResults;
  readonly distribution: DistributionCourse | undefined;
}
