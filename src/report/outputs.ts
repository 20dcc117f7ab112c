import type { OutputName } from '../parameters/input-table.js';
import type { JsonResult } from './json-result.js';

/** The outputs of a step as texts: lists and objects as JSON. */
export function outputsOf(result: JsonResult): Readonly<Record<OutputName, string>> {
  return {
    'schedule-id': result.scheduleId,
    'schedule-ids': JSON.stringify(result.scheduleIds),
    'applied-ci-count': String(result.appliedCiCount),
    'ci-ids': JSON.stringify(result.ciIds),
    'skipped-ci-count': String(result.skippedCiCount),
    'image-package-ids': JSON.stringify(result.imagePackageIds),
    state: result.state,
  };
}
