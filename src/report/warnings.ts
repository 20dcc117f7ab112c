import type { Progress } from '../servicing/progress.js';
import type { RunResult } from '../servicing/run-result.js';
import { unusableUpdates } from '../servicing/update-selection.js';
import { counted } from './update-names.js';

/** The few things of a run that succeeded which somebody should hear of without reading its log. */
export function warningsOf({ images }: RunResult): readonly string[] {
  return images.flatMap(({ image, selection }) => {
    const unusable = unusableUpdates(selection);
    if (unusable.length === 0) return [];
    const what = `${counted(unusable.length, 'update')} ${unusable.length === 1 ? 'was' : 'were'} skipped for image "${image.name}" (${image.packageId})`;
    return [
      `${what}: content not downloaded, or not readable. The image stays without ${unusable.length === 1 ? 'it' : 'them'}.`,
    ];
  });
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
];

/** Whether a step of a run is worth a warning of its own; a retry that may succeed is not. */
export function isWarning(progress: Progress): boolean {
  return WARNED_OF.includes(progress.kind);
}
