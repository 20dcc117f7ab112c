import type { CiId, PackageId, ScheduleId } from '../site/identifiers.js';
import type { ImageCourse, ScheduleCourse } from './schedule-course.js';

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
}

export function followedImages(courses: readonly ScheduleCourse[]): readonly FollowedImage[] {
  return courses.flatMap((course) =>
    course.images.map((image): FollowedImage => {
      const { packageId, failedUpdateId, errorCode } = image;
      const state = stateOf(course, image);
      return { scheduleId: course.scheduleId, packageId, state, failedUpdateId, errorCode };
    }),
  );
}

/** An image that is done says so itself; what its schedule came to decides the rest. */
function stateOf({ phase }: ScheduleCourse, { status }: ImageCourse): FollowState {
  if (status === 'succeeded') return 'succeeded';
  switch (phase) {
    case 'waiting':
      return 'scheduled';
    case 'running':
      return status === 'failed' ? 'failed' : 'running';
    case 'succeeded':
      return status === 'failed' ? 'failed' : 'succeeded';
    case 'failed':
    case 'gone':
      return 'failed';
    case 'cancelled':
      return 'cancelled';
    case 'cancel-requested':
      return 'cancel-requested';
    case 'not-started':
    case 'timed-out':
      return 'timed-out';
  }
}

export function worstState(states: readonly FollowState[]): FollowState {
  return FOLLOW_STATES.find((state) => states.includes(state)) ?? 'succeeded';
}
