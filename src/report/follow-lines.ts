import type { FollowEvent } from '../follow/follow-event.js';
import { servicingCode } from '../follow/servicing-codes.js';
import type { SchedulePhase } from '../follow/schedule-course.js';
import { logEvent } from './log-event.js';
import { event, type RunEvent } from './run-event.js';

const PHASES: Readonly<Record<SchedulePhase, string>> = {
  waiting: 'waits',
  running: 'is being serviced',
  succeeded: 'has succeeded',
  failed: 'has failed',
  cancelled: 'was cancelled',
  gone: 'no longer exists at the site',
  'not-started': 'did not start in time',
  'timed-out': 'did not end in time',
  'cancel-requested': 'was asked to end, and has not ended yet',
};

/** One line for each change at the site while schedules are followed. `at`: milliseconds since 1970. */
export function followLine(told: FollowEvent, at: number): RunEvent {
  const { level, line, details = [] } = withLevel(told);
  return { ...event(level, `${new Date(at).toISOString().slice(11, 19)} ${line}`), details };
}

/** What the site is busy with after this, for a line that shows that a run still waits; undefined where nothing has changed. */
export function followPhase(told: FollowEvent): string | undefined {
  switch (told.kind) {
    case 'following':
      return `waiting for the site to begin with ${told.scheduleIds.length === 1 ? 'schedule' : 'schedules'} ${told.scheduleIds.join(', ')}`;
    case 'phase':
      return `schedule ${told.scheduleId} ${PHASES[told.phase]}`;
    case 'image':
      return told.status === 'running' ? `image ${told.packageId} is being serviced` : undefined;
    case 'behind':
      return `waiting until the site has serviced schedule ${told.scheduleId}`;
    case 'site-silent':
      return 'waiting for the site to respond again';
    case 'site-back':
      return 'waiting for the site';
    case 'new-version':
      return `image ${told.packageId} is being distributed`;
    case 'cancel-asked':
      return `waiting until the site has cancelled schedule ${told.scheduleId}`;
    case 'cancel-refused':
    case 'log':
    case 'log-gap':
    case 'log-not-readable':
    case 'point':
    case 'distribution-over':
      return undefined;
  }
}

function withLevel(told: FollowEvent): Pick<RunEvent, 'level' | 'line'> & Partial<Pick<RunEvent, 'details'>> {
  switch (told.kind) {
    case 'following': {
      const { scheduleIds } = told;
      const which = scheduleIds.length === 1 ? 'schedule' : `${scheduleIds.length} schedules:`;
      return { level: 'info', line: `Waiting for ${which} ${scheduleIds.join(', ')}` };
    }
    case 'phase':
      return { level: 'info', line: `Schedule ${told.scheduleId} ${PHASES[told.phase]}` };
    case 'image': {
      const update =
        told.failedUpdateId === undefined ? '' : ` at the update with CI_ID ${told.failedUpdateId}`;
      const code = told.errorCode === undefined ? undefined : servicingCode(told.errorCode)?.text;
      const words = { running: 'is being serviced', succeeded: 'was serviced', failed: 'failed' }[
        told.status
      ];
      return {
        level: told.status === 'failed' ? 'warning' : 'info',
        line: `Image ${told.packageId} ${words}${update}${code === undefined ? '' : `: ${code}`}`,
      };
    }
    case 'behind': {
      const name = told.name === undefined ? '' : ` (name "${told.name}")`;
      return { level: 'info', line: `The site services schedule ${told.scheduleId}${name} first` };
    }
    case 'cancel-asked':
      return {
        level: 'info',
        line: `${told.byUs ? 'The site was asked' : 'Somebody has asked the site'} to cancel schedule ${told.scheduleId}`,
      };
    case 'cancel-refused':
      return {
        level: 'warning',
        line: `Schedule ${told.scheduleId} could not be cancelled: ${told.why.what}`,
      };
    case 'site-silent':
      return { level: 'warning', line: `The site does not respond, and is asked again: ${told.why.what}` };
    case 'site-back':
      return {
        level: 'info',
        line: `The site responds again after ${Math.round(told.afterMilliseconds / 1_000)} s`,
      };
    case 'log':
    case 'log-gap':
    case 'log-not-readable':
      return logEvent(told);
    case 'new-version':
      return {
        level: 'info',
        line: `Image ${told.packageId} has version ${told.version} now, which is distributed`,
      };
    case 'point':
      return pointLine(told);
    case 'distribution-over':
      return {
        level: 'info',
        line: `The distribution of image ${told.packageId} ${DISTRIBUTION[told.phase]}`,
      };
  }
}

const DISTRIBUTION = {
  distributed: 'has ended',
  failed: 'has failed',
  unchanged: 'was not needed: its version has not changed',
  'no-targets': 'was not needed: no distribution point has it',
  'timed-out': 'did not end in time',
} as const;

function pointLine({
  packageId,
  point,
}: FollowEvent & { readonly kind: 'point' }): Pick<RunEvent, 'level' | 'line'> {
  switch (point.status) {
    case 'installed':
      return { level: 'info', line: `Distribution point ${point.server} has image ${packageId}` };
    case 'in-progress':
      return { level: 'info', line: `Distribution point ${point.server} is given image ${packageId} again` };
    case 'failed':
      return {
        level: 'warning',
        line: `Distribution point ${point.server} did not get image ${packageId}${point.isFinal ? '' : ': the site tries again'}`,
      };
    case 'absent':
      return {
        level: 'warning',
        line: `Distribution point ${point.server} does not have image ${packageId}`,
      };
  }
}
