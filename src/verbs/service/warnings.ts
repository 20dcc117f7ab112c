import { inputSetTo } from '../../diagnosis/input-mention.js';
import { listLeftOut } from '../../plan/left-out-list.js';
import type { Progress } from '../../plan/progress.js';
import type { ImageResult, RunResult } from './run-result.js';
import { impossibleUpdates, unusableUpdates, type LeftOutReason } from '../../plan/update-selection.js';
import { counted } from './update-names.js';

/** The few things of a run that succeeded which somebody should hear of without reading its log. */
export function warningsOf({ images, followWarnings }: RunResult): readonly string[] {
  const ofImages = images.flatMap((image) => [
    ...(image.state === 'nothing-to-do' ? blockedUpdates(image) : skippedUpdates(image)),
    ...updatesNotRequired(image),
  ]);
  return [...ofImages, ...followWarnings];
}

/** An image that gets nothing, although it may still need something: what stands in the way comes first. */
function blockedUpdates({ image, selection }: ImageResult): readonly string[] {
  const blocking = impossibleUpdates(selection);
  if (blocking.length === 0) return [];
  const count = (need: LeftOutReason['need']): number =>
    selection.leftOut.filter(({ reason }) => reason.need === need).length;
  const others = [
    ...(count('not-needed') === 0 ? [] : [`${count('not-needed')} not needed`]),
    ...(count('not-wanted') === 0 ? [] : [`${count('not-wanted')} excluded`]),
  ];
  const rest = others.length === 0 ? '' : ` Besides: ${others.join(', ')}.`;
  return [
    `Nothing is scheduled for image "${image.name}" (${image.packageId}): ${counted(blocking.length, 'update')} cannot be used: ${listLeftOut(blocking)}.${rest}`,
  ];
}

function skippedUpdates({ image, selection }: ImageResult): readonly string[] {
  const unusable = unusableUpdates(selection);
  if (unusable.length === 0) return [];
  const what = `${counted(unusable.length, 'update')} ${unusable.length === 1 ? 'was' : 'were'} skipped for image "${image.name}" (${image.packageId})`;
  const why = unusable.some(({ reason }) => reason.why === 'license-terms-not-accepted')
    ? 'license terms not accepted, content not downloaded, or not readable'
    : 'content not downloaded, or not readable';
  return [`${what}: ${why}. The image stays without ${unusable.length === 1 ? 'it' : 'them'}.`];
}

/** Half of them or more, but not one of two: groups of several products for images of several products look so. */
function updatesNotRequired({
  image,
  selection: { used, usedThoughNotRequired },
}: ImageResult): readonly string[] {
  const count = usedThoughNotRequired.length;
  const isMost = count > 0 && (count === used.length || (count > 1 && count * 2 >= used.length));
  if (!isMost) return [];
  return [
    `${count} of the ${counted(used.length, 'update')} for image "${image.name}" (${image.packageId}) ${count === 1 ? 'is' : 'are'} not required there, as the site last saw it. If they are for other products, use ${inputSetTo('not-required-updates', 'skip')}.`,
  ];
}

const WARNED_OF: readonly Progress['kind'][] = [
  'stray-schedule-left',
  'taken-early',
  'not-tidied-up',
  'servicing-doubtful',
  'image-of-other-site',
  'also-scheduled',
  'schedules-not-shown',
  'draft-beside',
  'exclusion-without-effect',
];

/** Whether a step of a run is worth a warning of its own; a retry that may succeed is not. */
export function isWarning(progress: Progress): boolean {
  return WARNED_OF.includes(progress.kind);
}
