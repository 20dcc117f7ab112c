/** The outputs of a step as texts: lists and objects as JSON. */
export function outputsOf(report) {
    return {
        'schedule-id': report.scheduleId,
        'schedule-ids': JSON.stringify(report.scheduleIds),
        'applied-ci-count': String(report.appliedCiCount),
        'ci-ids': JSON.stringify(report.ciIds),
        'skipped-ci-count': String(report.skippedCiCount),
        'image-package-ids': JSON.stringify(report.imagePackageIds),
        state: report.state,
        report: report.report,
    };
}
//# sourceMappingURL=outputs.js.map