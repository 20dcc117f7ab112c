import type { InputDefinition } from './input-definition.js';

export const WHEN_ENDED = ['leave', 'cancel'] as const;

const LEAVE_OR_CANCEL = { leave: 'Leave the schedule alone', cancel: 'Cancel the schedule' };

/** How long, and how, schedules are followed: of every verb that waits. */
export const FOLLOW_INPUTS = [
  {
    name: 'wait-timeout',
    kind: { is: 'duration' },
    default: '8h',
    required: false,
    label: 'Wait at most',
    group: 'advanced',
    example: '8h',
    help: 'How long to wait for the end, counted from the start of the schedule.',
  },
  {
    name: 'start-timeout',
    kind: { is: 'duration' },
    default: '30m',
    required: false,
    label: 'Wait for the start at most',
    group: 'advanced',
    example: '30m',
    help: 'How long to wait until the site begins. The time during which the site services something else does not count.',
  },
  {
    name: 'poll-interval',
    kind: { is: 'duration' },
    default: '30s',
    required: false,
    label: 'Poll interval',
    group: 'advanced',
    example: '30s',
    help: 'How often the site is asked for the state. The first polls come faster.',
  },
  {
    name: 'on-timeout',
    kind: { is: 'choice', of: WHEN_ENDED, words: LEAVE_OR_CANCEL },
    default: 'leave',
    required: false,
    label: 'When the time is up',
    group: 'advanced',
    help: 'Whether a schedule that has not ended in time is left alone (leave) or cancelled (cancel).',
  },
  {
    name: 'on-cancel',
    kind: { is: 'choice', of: WHEN_ENDED, words: LEAVE_OR_CANCEL },
    default: 'leave',
    required: false,
    label: 'When the step is cancelled',
    group: 'advanced',
    help: 'Whether the schedules are left alone (leave) or cancelled (cancel) when the step is cancelled while it waits.',
  },
  {
    name: 'allow-failed-updates',
    kind: { is: 'boolean' },
    default: 'false',
    required: false,
    label: 'Allow failed updates',
    group: 'advanced',
    help: 'Whether the step succeeds when an image was serviced and some of its updates were not installed.',
  },
  {
    name: 'servicing-log',
    kind: { is: 'text' },
    default: undefined,
    required: false,
    label: 'Servicing log',
    group: 'advanced',
    example: '\\\\cm01.corp.example.com\\SMS_P01\\Logs\\OfflineServicingMgr.log',
    help: 'Path or share of OfflineServicingMgr.log of the site server. While the step waits, it shows the new lines of its schedules.',
  },
  {
    name: 'required-distribution-points',
    kind: { is: 'list' },
    default: undefined,
    required: false,
    label: 'Required distribution points',
    group: 'advanced',
    example: '90%',
    help: 'Which distribution points must have the new version: a percentage such as 90%, or their names. Default: all that have the package.',
  },
] as const satisfies readonly InputDefinition[];
