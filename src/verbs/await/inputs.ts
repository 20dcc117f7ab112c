import { LOGIN_INPUTS, SITE_INPUTS } from '../../parameters/connection-inputs.js';
import { FOLLOW_INPUTS } from '../../parameters/follow-inputs.js';
import type { InputDefinition, OutputDefinition } from '../../parameters/input-definition.js';

export const SCHEDULE_INPUTS = [
  {
    name: 'schedule-id',
    kind: { is: 'list' },
    default: undefined,
    required: true,
    label: 'Schedule IDs',
    group: 'work',
    example: '16777217',
    help: 'IDs of servicing schedules, which an earlier step gives as its output. It does not matter who made them.',
  },
] as const satisfies readonly InputDefinition[];

/** The inputs of the verb await, in the order in which a form shows them. */
export const AWAIT_INPUTS = [
  ...SITE_INPUTS,
  ...SCHEDULE_INPUTS,
  {
    name: 'wait',
    kind: {
      is: 'choice',
      of: ['servicing', 'distribution'],
      words: {
        servicing: 'The images are serviced',
        distribution: 'The distribution points have them',
      },
    },
    default: 'servicing',
    required: false,
    label: 'Wait for',
    group: 'advanced',
    help: 'What to wait for: the end of the servicing, or of the distribution that follows it.',
  },
  ...FOLLOW_INPUTS,
  ...LOGIN_INPUTS,
] as const satisfies readonly InputDefinition[];

export type AwaitInputs = typeof AWAIT_INPUTS;

/** The outputs of the verbs that follow schedules. */
export const FOLLOW_OUTPUTS = [
  {
    name: 'state',
    help: 'succeeded, partly-failed, failed, cancelled, cancel-requested, timed-out, running or scheduled: the worst of the images.',
  },
  { name: 'image-package-ids', help: 'JSON array of package IDs.' },
  { name: 'report', help: 'Path of the JSON report; empty where none was written.' },
] as const satisfies readonly OutputDefinition[];
