import { diagnosisLines } from '../../report/diagnosis-lines.js';
/** What a person reads who has pressed Ctrl+C for the first time. */
export const CANCELLING = 'Cancelling: what was written is removed, however long that takes. Press Ctrl+C again to stop at once.';
/** The last lines of a run that failed. To whoever pressed Ctrl+C, a run that took back all that it wrote is no error. */
export function failureLines(errors, isByKey, { schedules }) {
    const isCleanCancel = isByKey && errors.every(({ code }) => code === 'OS501');
    return isCleanCancel
        ? [cancelledLine([...schedules.keys()])]
        : errors.flatMap((error) => diagnosisLines(error));
}
function cancelledLine(schedules) {
    if (schedules.length === 0)
        return 'Cancelled. Nothing is left at the site.';
    const removed = schedules.length === 1 ? `Schedule ${schedules.join('')} was` : `Schedules ${schedules.join(', ')} were`;
    return `Cancelled. ${removed} removed; nothing is left at the site.`;
}
//# sourceMappingURL=failure-lines.js.map