import type { SERVICE_OUTPUTS } from './inputs.js';
import type { Outputs } from './json-report.js';

/** The outputs of a step as texts: lists and objects as JSON. `report`: the path of the report, or empty. */
export function outputTexts(
  outputs: Outputs,
  report: string,
): Readonly<Record<(typeof SERVICE_OUTPUTS)[number]['name'], string>> {
  return {
    'schedule-id': outputs.scheduleId,
    'schedule-ids': JSON.stringify(outputs.scheduleIds),
    'applied-ci-count': String(outputs.appliedCiCount),
    'ci-ids': JSON.stringify(outputs.ciIds),
    'skipped-ci-count': String(outputs.skippedCiCount),
    'image-package-ids': JSON.stringify(outputs.imagePackageIds),
    state: outputs.state,
    'installed-ci-count': countText(outputs.installedCiCount),
    'failed-ci-count': countText(outputs.failedCiCount),
    report,
  };
}

/** Empty where nobody waited. */
function countText(count: number | null): string {
  return count === null ? '' : String(count);
}
