import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { inputNamed, inputSetTo } from '../diagnosis/input-mention.js';
import type { DistributionCourse } from './distribution.js';
import type { FollowedImage } from './followed-image.js';
import type { FollowSettings } from './follow-settings.js';
import type { ImageCourse, ScheduleCourse } from './schedule-course.js';
import { servicingCode } from './servicing-codes.js';
import { isSettled, verdictText } from './update-results.js';

const LOGS =
  'Read OfflineServicingMgr.log and dism.log in the Logs folder of the site server, around the time at which the image failed.';

/** Why a schedule that was followed is not what somebody waits for; undefined for one that succeeded. */
export function diagnoseCourse(
  course: ScheduleCourse,
  { waitTimeout, startTimeout }: Pick<FollowSettings, 'waitTimeout' | 'startTimeout'>,
  evidence: readonly string[] = [],
): Diagnosis | undefined {
  const named = nameOf(course);
  switch (course.phase) {
    case 'waiting':
    case 'running':
    case 'succeeded': {
      const failed = course.images.find(({ status }) => status === 'failed');
      return failed === undefined ? undefined : servicingFailed(named, [failed], evidence);
    }
    case 'failed':
      return servicingFailed(
        named,
        course.images.filter(({ status }) => status === 'failed'),
        evidence,
      );
    case 'cancelled':
      return {
        code: 'OS605',
        what: `${named} was cancelled.`,
        cause: 'Somebody set its Action to 2: this run, another one, or a person in the console.',
        next: 'Images that were not done yet are as they were before. Run the step again when you want to.',
      };
    case 'cancel-requested':
      return {
        code: 'OS605',
        what: `${named} was asked to end, and has not ended yet.`,
        cause: 'The site ends the update that it is applying before it takes notice of a cancel.',
        next: 'Follow the schedule in the console, or wait for it with the verb await. Do not end the process on the site server: that leaves a mounted image.',
      };
    case 'gone':
      return {
        code: 'OS606',
        what: `${named} no longer exists at the site.`,
        cause: 'Somebody deleted it, or its images were deleted.',
        next: 'Find out who deleted it (Monitoring, System Status, Status Message Queries in the console), and run the step again.',
      };
    case 'not-started':
      return {
        code: 'OS603',
        what: `The site did not begin with ${named} within ${minutes(startTimeout)}.`,
        cause:
          'The component SMS_OFFLINE_SERVICING_MANAGER of the site server is not running, or the schedule was written at another site than the one that services the image.',
        next: `${LOGS} The schedule is left alone, and the site may begin with it later. Write a longer ${inputNamed('start-timeout')} where that is usual.`,
      };
    case 'timed-out':
      return {
        code: 'OS604',
        what: `${named} has not ended within ${minutes(waitTimeout)}.`,
        cause: 'The servicing of an image with many updates takes hours, or it hangs.',
        next: `The schedule is left alone, and the site goes on with it. Wait for it again with the verb await, or write a longer ${inputNamed('wait-timeout')}, for example ${inputSetTo('wait-timeout', '12h')}.`,
      };
  }
}

function servicingFailed(
  named: string,
  images: readonly ImageCourse[],
  evidence: readonly string[],
): Diagnosis {
  const codes = images.flatMap(({ errorCode }) =>
    errorCode === undefined ? [] : (servicingCode(errorCode) ?? []),
  );
  const parts = images.map(({ packageId, failedUpdateId, errorCode }) => {
    const update = failedUpdateId === undefined ? '' : ` at the update with CI_ID ${failedUpdateId}`;
    const code = errorCode === undefined ? undefined : servicingCode(errorCode)?.text;
    return `image ${packageId} failed${update}${code === undefined ? '' : ` with ${code.replace(/\.$/u, '')}`}`;
  });
  const advice = [...new Set(codes.flatMap((code) => code.advice ?? []))];
  return {
    code: 'OS601',
    what: `The servicing of ${named} failed${parts.length === 0 ? ', and no row of the site says at which image' : `: ${parts.join('; ')}`}.${evidence.map((text) => ` ${text}.`).join('')}`,
    cause: 'The site could not apply an update, or could not mount, unmount or copy the image.',
    next: [...advice, LOGS].join(' '),
  };
}

/** Updates that are neither installed nor not required on every index of an image that was serviced. */
export function diagnoseFailedUpdates({ packageId, scheduleId, updates, results }: FollowedImage): Diagnosis {
  const told = results.notSettled.slice(0, MOST_UPDATES).map((updateId) => {
    const verdicts = updates.filter((each) => each.updateId === updateId && !isSettled(each.verdict));
    const [first] = verdicts;
    const indexes = verdicts.map(({ imageIndex }) => imageIndex).join(', ');
    return `CI_ID ${updateId} (index ${indexes}${first === undefined ? '' : `: ${verdictText(first.verdict)}`})`;
  });
  const more = results.notSettled.length - told.length;
  return {
    code: 'OS602',
    what: `Image ${packageId} was serviced by schedule ${scheduleId}, and ${results.notSettled.length} of its updates are not installed: ${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
    cause: 'The site could not apply these updates, or reported nothing of them.',
    next: `The report has the result of every update on every index. Exclude what cannot be applied with ${inputNamed('exclude-updates')}, or write ${inputSetTo('allow-failed-updates', 'true')}.`,
  };
}

const MOST_UPDATES = 5;

/** What is amiss with a distribution; undefined for one that is not. No targets, and no new version, are warnings. */
export function diagnoseDistribution(
  { packageId, phase, version, points }: DistributionCourse,
  { waitTimeout }: Pick<FollowSettings, 'waitTimeout'>,
):
  | { readonly isError: true; readonly state: 'failed' | 'timed-out'; readonly diagnosis: Diagnosis }
  | { readonly isError: false; readonly diagnosis: Diagnosis }
  | undefined {
  const behind = points.filter(({ status }) => status !== 'installed').map(({ server }) => server);
  const named = behind.slice(0, MOST_POINTS).join(', ') + (behind.length > MOST_POINTS ? ', …' : '');
  switch (phase) {
    case 'rising':
    case 'distributing':
    case 'distributed':
      return undefined;
    case 'failed':
      return {
        isError: true,
        state: 'failed',
        diagnosis: {
          code: 'OS608',
          what: `Version ${version ?? 'unknown'} of image ${packageId} does not get to these distribution points: ${named}.`,
          cause: 'They are offline, their disk is full, or their content library is damaged.',
          next: `Read distmgr.log on the site server, and the status of the package in the console (Monitoring, Content Status). The site tries again by itself. Write ${inputNamed('required-distribution-points')} where some of them may fail.`,
        },
      };
    case 'timed-out':
      return {
        isError: true,
        state: 'timed-out',
        diagnosis: {
          code: 'OS609',
          what: `The distribution of image ${packageId} has not ended within ${minutes(waitTimeout)}${named === '' ? '' : `; these distribution points are missing: ${named}`}.`,
          cause: 'The image is large, the line is slow, or a schedule limits the bandwidth.',
          next: `The site goes on with the distribution. Wait again with the verb await, or write a longer ${inputNamed('wait-timeout')}.`,
        },
      };
    case 'unchanged':
      return {
        isError: false,
        diagnosis: {
          code: 'OS608',
          what: `The version of image ${packageId} has not changed after its servicing, so there is no distribution to wait for.`,
          cause: '',
          next: '',
        },
      };
    case 'no-targets':
      return {
        isError: false,
        diagnosis: {
          code: 'OS608',
          what: `No distribution point has image ${packageId}, so there is no distribution to wait for.`,
          cause: '',
          next: '',
        },
      };
  }
}

const MOST_POINTS = 10;

function nameOf({ scheduleId, name, images }: ScheduleCourse): string {
  const details = [
    ...(name === undefined ? [] : [`name "${name}"`]),
    ...images.map(({ packageId }) => `image ${packageId}`),
  ];
  return `schedule ${scheduleId}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
}

function minutes(milliseconds: number): string {
  if (milliseconds < 60_000) return `${Math.round(milliseconds / 1_000)} seconds`;
  const whole = Math.round(milliseconds / 60_000);
  return whole % 60 === 0 && whole > 60 ? `${whole / 60} hours` : `${whole} minutes`;
}

/** The site refuses to be asked about the schedules. */
export function diagnoseUnreachable(courses: readonly ScheduleCourse[], because: Diagnosis): Diagnosis {
  const ids = courses.map(({ scheduleId }) => scheduleId).join(', ');
  return {
    code: 'OS607',
    what: `The site can no longer be asked about ${courses.length === 1 ? 'schedule' : 'schedules'} ${ids}: ${because.what}`,
    cause: because.cause,
    next: `${because.next} The site goes on with the servicing by itself; wait for it with the verb await.`,
    because,
  };
}

/** A step that is cancelled while it waits fails: nobody knows what the schedules come to. */
export function cancelledWhileWaiting({ images }: { readonly images: readonly FollowedImage[] }): Diagnosis {
  const states = images.map(
    ({ packageId, scheduleId, state }) => `image ${packageId} of schedule ${scheduleId} is ${state}`,
  );
  return {
    code: 'OS501',
    what: `The step was cancelled while it waited: ${states.join('; ')}.`,
    cause: 'The pipeline or a person ended the step, or a time limit of the job was shorter than the wait.',
    next: 'The site goes on with the servicing by itself, unless the schedule was cancelled. Wait for it again with the verb await.',
  };
}
