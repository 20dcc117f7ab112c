import { LOGIN_INPUTS, SITE_INPUTS } from '../../parameters/connection-inputs.js';
import { FOLLOW_INPUTS } from '../../parameters/follow-inputs.js';
import type { InputDefinition, OutputDefinition } from '../../parameters/input-definition.js';

export const UNUSABLE_UPDATES = ['fail', 'skip'] as const;
export const ALREADY_INSTALLED = ['skip', 'include'] as const;
export const SUPERSEDED_UPDATES = ['skip-if-newer-selected', 'include'] as const;
export const UNSUPPORTED_IMAGES = ['fail', 'service'] as const;
export const NOT_REQUIRED_UPDATES = ['include', 'skip'] as const;
export const IF_SCHEDULED = ['fail', 'add'] as const;
export const WAITS = ['none', 'servicing', 'distribution'] as const;
export const WRITE_ORDERS = ['draft-first', 'as-console'] as const;

/** The inputs of the verb service, in the order in which a form shows them. */
export const SERVICE_INPUTS = [
  ...SITE_INPUTS,
  {
    name: 'image',
    kind: { is: 'list' },
    default: undefined,
    required: true,
    label: 'Image',
    group: 'work',
    example: 'Windows Server 2022',
    help: 'Names or package IDs of OS images or OS upgrade packages. One value a line, or a single line with commas between, which is looked up whole first.',
  },
  {
    name: 'update-group',
    kind: { is: 'list' },
    default: undefined,
    required: false,
    label: 'Update groups',
    group: 'work',
    example: 'Windows Server 2022 2026-11',
    help: 'Names or CI_IDs of software update groups, whose updates are taken together. This or updates is required.',
  },
  {
    name: 'dry-run',
    kind: { is: 'boolean' },
    default: 'false',
    required: false,
    label: 'Dry run',
    group: 'work',
    refusesEmpty: true,
    help: 'Everything but the writes: shows what would be scheduled.',
  },
  {
    name: 'updates',
    kind: { is: 'list' },
    default: undefined,
    required: false,
    label: 'Updates',
    group: 'work',
    example: 'KB5034441',
    help: 'Updates beside the groups, or without any: KB5034441 (every CI_ID of that article), CI_IDs, or applicable (all that the site holds as applicable to the image).',
  },
  {
    name: 'exclude-updates',
    kind: { is: 'list' },
    default: undefined,
    required: false,
    label: 'Exclude updates',
    group: 'work',
    example: 'KB5034441',
    help: 'Updates that are never scheduled, by KB number or CI_ID, wherever they come from. What an excluded update supersedes is scheduled in its place.',
  },
  {
    name: 'start',
    kind: { is: 'text' },
    default: 'now',
    required: false,
    label: 'Start',
    group: 'work',
    refusesEmpty: true,
    example: '2030-06-01T02:00Z',
    help: 'When the site services the images: now, or a time such as 2030-06-01T02:00Z or 2030-06-01T02:00+02:00, rounded up to the minute. Without a zone it is the time of the source site of the image.',
  },
  {
    name: 'update-distribution-points',
    kind: {
      is: 'boolean',
      told: { true: 'distribution points: updated', false: 'distribution points: not updated' },
    },
    default: 'false',
    required: false,
    label: 'Update distribution points',
    group: 'work',
    help: 'Whether the site updates the distribution points after it has serviced the image.',
  },
  {
    name: 'unusable-updates',
    kind: {
      is: 'choice',
      of: UNUSABLE_UPDATES,
      words: { fail: 'Fail before anything is written', skip: 'Skip these updates' },
    },
    default: 'fail',
    required: false,
    label: 'Updates that cannot be used',
    group: 'work',
    help: 'What to do with updates whose content is not downloaded, whose license terms are not accepted or that cannot be read: fail before anything is written, or skip them.',
  },
  {
    name: 'site-server',
    kind: { is: 'text' },
    default: undefined,
    required: false,
    label: 'Site server',
    group: 'advanced',
    example: 'cm01.corp.example.com',
    help: "FQDN of the site server that services the image. Default: the server of the image's source site, as the site tells it.",
  },
  {
    name: 'continue-on-update-error',
    kind: { is: 'boolean', told: { true: 'on update error: continue', false: 'on update error: stop' } },
    default: 'false',
    required: false,
    label: 'Continue when an update fails',
    group: 'advanced',
    help: 'Whether the site goes on with the next update after one that cannot be applied to the image.',
  },
  {
    name: 'remove-superseded-updates',
    kind: { is: 'boolean' },
    default: 'false',
    required: false,
    label: 'Remove superseded updates',
    group: 'advanced',
    help: 'Whether the site removes superseded updates from the image after servicing. For images with one index only, on sites of version 1902 and later.',
  },
  {
    name: 'already-installed',
    kind: { is: 'choice', of: ALREADY_INSTALLED, words: { skip: 'Skip', include: 'Schedule again' } },
    default: 'skip',
    required: false,
    label: 'Updates that the image has already',
    group: 'advanced',
    help: 'Whether updates that every index of the image already has are left out (skip) or scheduled again (include).',
  },
  {
    name: 'superseded-updates',
    kind: {
      is: 'choice',
      of: SUPERSEDED_UPDATES,
      words: {
        'skip-if-newer-selected': 'Skip if a newer one is selected or installed',
        include: 'Schedule',
      },
    },
    default: 'skip-if-newer-selected',
    required: false,
    label: 'Superseded updates',
    group: 'advanced',
    help: 'Whether an update is left out that another one supersedes which is selected too, or is in every index of the image already (skip-if-newer-selected), or scheduled all the same (include).',
  },
  {
    name: 'not-required-updates',
    kind: { is: 'choice', of: NOT_REQUIRED_UPDATES, words: { include: 'Schedule', skip: 'Skip' } },
    default: 'include',
    required: false,
    label: 'Updates that are not required',
    group: 'advanced',
    help: 'Updates that the site holds as not required on every index of the image: schedule them (include), or skip them. Skip suits groups that hold updates for several products.',
  },
  {
    name: 'unsupported-images',
    kind: {
      is: 'choice',
      of: UNSUPPORTED_IMAGES,
      words: { fail: 'Fail before anything is written', service: 'Service with a warning' },
    },
    default: 'fail',
    required: false,
    label: 'Unsupported images',
    group: 'advanced',
    help: 'Images for which Microsoft no longer supports offline servicing (Windows 11 22H2 and later, Windows Server 2025): fail before anything is written, or service them with a warning.',
  },
  {
    name: 'if-scheduled',
    kind: {
      is: 'choice',
      of: IF_SCHEDULED,
      words: { fail: 'Fail before anything is written', add: 'Add a schedule with a warning' },
    },
    default: 'fail',
    required: false,
    label: 'If the image is already scheduled',
    group: 'advanced',
    help: 'What to do when another servicing schedule is servicing the image or waits to service it: fail before anything is written, or add a schedule with a warning.',
  },
  {
    name: 'write-order',
    kind: {
      is: 'choice',
      of: WRITE_ORDERS,
      words: { 'draft-first': 'Draft first', 'as-console': 'As the console' },
    },
    default: 'draft-first',
    required: false,
    label: 'Order of the writes',
    group: 'advanced',
    help: 'draft-first: a schedule is marked to run once it is whole. as-console: it is marked first, as the console does it; for a site where drafts turn out not to work.',
  },
  {
    name: 'wait',
    kind: {
      is: 'choice',
      of: WAITS,
      words: {
        none: 'No: end when the schedules have started',
        servicing: 'Until the images are serviced',
        distribution: 'Until the distribution points have them',
      },
    },
    default: 'none',
    required: false,
    label: 'Wait',
    group: 'work',
    help: 'none: the step ends when the schedules have started. servicing: it waits until the images are serviced. distribution: it also waits for the distribution points.',
  },
  ...FOLLOW_INPUTS,
  ...LOGIN_INPUTS,
] as const satisfies readonly InputDefinition[];

export type ServiceInputs = typeof SERVICE_INPUTS;

export const SERVICE_OUTPUTS = [
  { name: 'schedule-id', help: "ID of the first image's servicing schedule; empty where none was made." },
  { name: 'schedule-ids', help: 'JSON object: package ID to schedule ID.' },
  {
    name: 'applied-ci-count',
    help: 'Number of different CI_IDs applied to schedules: scheduled, which is not yet installed. 0 in a dry run.',
  },
  { name: 'ci-ids', help: 'JSON array of these CI_IDs, ascending, each once.' },
  { name: 'skipped-ci-count', help: 'Number of different CI_IDs left out for every image.' },
  { name: 'image-package-ids', help: 'JSON array of package IDs.' },
  {
    name: 'state',
    help: 'scheduled, nothing-to-do, planned (a dry run) or failed: the worst of the images. With wait also succeeded, partly-failed, cancelled, cancel-requested, timed-out or running.',
  },
  {
    name: 'installed-ci-count',
    help: 'With wait: number of different CI_IDs that the site installed in an image. Otherwise empty.',
  },
  {
    name: 'failed-ci-count',
    help: 'With wait: number of different CI_IDs that are neither installed nor not required in an image. Otherwise empty.',
  },
  {
    name: 'report',
    help: 'Path of the JSON report, which has everything that the run knows. In a pipeline a file in the temporary folder of the agent; empty where none was written.',
  },
] as const satisfies readonly OutputDefinition[];
