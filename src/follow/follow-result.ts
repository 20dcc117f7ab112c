import { FOLLOW_STATES, type FollowedImage, type FollowState } from './followed-image.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import {
  diagnoseCourse,
  diagnoseDistribution,
  diagnoseFailedUpdates,
  diagnoseUnreachable,
} from './follow-diagnosis.js';
import type { FollowOutcome } from './follow-run.js';
import type { FollowSettings } from './follow-settings.js';
import type { ImageCourse, ScheduleCourse } from './schedule-course.js';
import { imageResults } from './update-results.js';

/** The whole of a run that was followed. */
export interface FollowResult {
  /** The worst of the images. */
  readonly state: FollowState;
  readonly images: readonly FollowedImage[];
  /** Why the step fails; empty for one that succeeds. */
  readonly errors: readonly Diagnosis[];
  readonly warnings: readonly string[];
}

/** What a run that was followed has come to. */
export function followResult(outcome: FollowOutcome, settings: FollowSettings): FollowResult {
  const images = outcome.courses.flatMap((course) =>
    course.images.map((image) => followedImage(course, image, outcome)),
  );
  const partly = images.filter(({ state }) => state === 'partly-failed');
  const courseErrors = outcome.courses.flatMap((course) =>
    outcome.kind === 'cancelled'
      ? []
      : (diagnoseCourse(course, settings, outcome.evidence.get(course.scheduleId)) ?? []),
  );
  const failedUpdates = partly.map(diagnoseFailedUpdates);
  const distributions = outcome.distributions.map((course) => diagnoseDistribution(course, settings));
  return {
    state: worstState([
      ...images.map(({ state }) => state),
      ...outcome.courses.filter((course) => course.images.length === 0).map(stateOfEmpty),
      ...distributions.flatMap((each) => (each?.isError === true ? [each.state] : [])),
    ]),
    images,
    errors: [
      ...(outcome.kind === 'unreachable'
        ? [diagnoseUnreachable(outcome.courses, outcome.why)]
        : courseErrors),
      ...(settings.allowFailedUpdates ? [] : failedUpdates),
      ...distributions.flatMap((each) => (each?.isError === true ? [each.diagnosis] : [])),
    ],
    warnings: [
      ...(settings.allowFailedUpdates ? failedUpdates.map(({ what }) => what) : []),
      ...distributions.flatMap((each) => (each?.isError === false ? [each.diagnosis.what] : [])),
      ...(outcome.kind === 'ended' && outcome.why !== undefined
        ? [`The results of the updates cannot be read: ${outcome.why.what}`]
        : []),
    ],
  };
}

function followedImage(course: ScheduleCourse, image: ImageCourse, outcome: FollowOutcome): FollowedImage {
  const { packageId, failedUpdateId, errorCode, runDate } = image;
  const updates = outcome.updates.filter((update) => update.packageId === packageId);
  const results = imageResults(updates);
  const state = stateOf(course, image);
  return {
    scheduleId: course.scheduleId,
    packageId,
    state: state === 'succeeded' && !results.isComplete ? 'partly-failed' : state,
    failedUpdateId,
    errorCode,
    startedAt: runDate,
    updates,
    results,
    distribution: outcome.distributions.find((each) => each.packageId === packageId),
  };
}

/** An image that is done says so itself; what its schedule came to decides the rest. */
function stateOf(course: ScheduleCourse, { status }: ImageCourse): FollowState {
  if (status === 'succeeded') return 'succeeded';
  if (status === 'failed' && course.phase !== 'cancelled') return 'failed';
  return stateOfEmpty(course);
}

function stateOfEmpty({ phase }: ScheduleCourse): FollowState {
  switch (phase) {
    case 'waiting':
      return 'scheduled';
    case 'running':
    case 'succeeded':
    case 'failed':
    case 'cancelled':
    case 'cancel-requested':
      return phase;
    case 'gone':
      return 'failed';
    case 'not-started':
    case 'timed-out':
      return 'timed-out';
  }
}

export function worstState(states: readonly FollowState[]): FollowState {
  return FOLLOW_STATES.find((state) => states.includes(state)) ?? 'succeeded';
}
