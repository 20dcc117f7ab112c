/** For a run whose result reaches no later step: says what the run did at the site, because nothing else does. */
export function outputFailure(what, cause, report) {
    const schedules = schedulesIn(report);
    return {
        code: 'OS404',
        what: `${what} ${atTheSite(report)}`,
        cause,
        next: schedules.length === 0
            ? 'Mend that, and run the step again.'
            : 'Take the IDs from here, and mend that before the next run. Do not run the step again for these images: their schedules are at the site already.',
        ...(schedules.length === 0 ? {} : { schedules }),
    };
}
function schedulesIn(report) {
    return Object.entries(report?.scheduleIds ?? {}).map(([packageId, scheduleId]) => ({
        scheduleId,
        packageId,
    }));
}
function atTheSite(report) {
    if (report === undefined)
        return 'The lines above say what was written at the site.';
    const named = schedulesIn(report).map(({ scheduleId, packageId }) => {
        const image = report.images.find((each) => each.packageId === packageId);
        const name = image?.scheduleName ?? undefined;
        const when = image?.startsAt ?? undefined;
        return `schedule ${scheduleId} (${name === undefined ? '' : `name "${name}", `}image ${packageId}${when === undefined ? '' : `, starts at ${when}`})`;
    });
    if (named.length === 0)
        return 'No schedule of this run is at the site.';
    return report.state === 'failed'
        ? `Left at the site, or running there: ${named.join(', ')}.`
        : `Started at the site, as asked for: ${named.join(', ')}.`;
}
//# sourceMappingURL=output-failure.js.map