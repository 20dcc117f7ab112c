import { LOGIN_INPUTS, SITE_INPUTS } from '../../parameters/connection-inputs.js';
import type { InputDefinition } from '../../parameters/input-definition.js';
import { SCHEDULE_INPUTS } from '../await/inputs.js';

/** The inputs of the verb cancel, in the order in which a form shows them. */
export const CANCEL_INPUTS = [
  ...SITE_INPUTS,
  ...SCHEDULE_INPUTS,
  {
    name: 'wait-timeout',
    kind: { is: 'duration' },
    default: '1h',
    required: false,
    label: 'Wait at most',
    group: 'advanced',
    example: '1h',
    help: 'How long to wait until the site has ended the schedule. It ends the update that it is applying first.',
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
  ...LOGIN_INPUTS,
] as const satisfies readonly InputDefinition[];

export type CancelInputs = typeof CANCEL_INPUTS;
