import { jsonImage } from './json-image.js';
import { jsonRequest } from './json-request.js';
import { warningsOf } from './warnings.js';
/** The report of a run that has just ended. `file`: where it is written to, or empty. */
export function jsonReport(record, end, version, file) {
    const { request, site, groups, articles, retries, warnings } = record;
    return {
        reportVersion: 1,
        ...(end.kind === 'done' ? outputsOfResult(end.result) : outputsOfFailure(record, end.errors)),
        report: file,
        product: { name: 'configmgr-offline-servicing', version },
        startedAt: new Date(record.startedAt).toISOString(),
        endedAt: new Date(record.now()).toISOString(),
        request: request === undefined ? null : jsonRequest(request),
        site: site === undefined
            ? null
            : { code: site.siteCode, name: site.siteName ?? null, version: site.version ?? null },
        updateGroups: groups.map(({ group: { ciId, name }, updates }) => ({ ciId, name, updates })),
        articles: articles.map(({ article, updates }) => ({ article, updates })),
        images: end.kind === 'done' ? imagesOfResult(record, end.result) : imagesOfFailure(record, end.errors),
        retries: retries.map(({ label, why, attempt, attempts, delayMilliseconds }) => ({
            label,
            why,
            attempt,
            attempts,
            delayMilliseconds,
        })),
        warnings: [...warnings, ...(end.kind === 'done' ? warningsOf(end.result) : [])],
        errors: end.kind === 'done' ? [] : end.errors.map(jsonError),
    };
}
/** The same run, which then failed to tell its result. What it did at the site stays as it is told. */
export function withError(report, error) {
    return { ...report, errors: [...report.errors, jsonError(error)] };
}
function outputsOfResult({ state, images, appliedCiIds }) {
    const [first] = images;
    return {
        state,
        scheduleId: first?.schedule === undefined ? '' : String(first.schedule.scheduleId),
        scheduleIds: Object.fromEntries(images.flatMap(({ image, schedule }) => schedule === undefined ? [] : [[image.packageId, schedule.scheduleId]])),
        appliedCiCount: appliedCiIds.length,
        ciIds: appliedCiIds,
        skippedCiCount: leftOutOfEveryImage(images),
        imagePackageIds: images.map(({ image }) => image.packageId),
    };
}
/** Names the schedules that run, or may be left, so that a later step can find them. */
function outputsOfFailure({ images }, errors) {
    const left = schedulesLeft(errors);
    // An image that was asked for but never found stands in no list; what is left belongs to one that was.
    const first = [...images.keys()][0] ?? left.keys().next().value ?? '';
    return {
        state: 'failed',
        scheduleId: String(left.get(first) ?? ''),
        scheduleIds: Object.fromEntries(left),
        appliedCiCount: 0,
        ciIds: [],
        skippedCiCount: leftOutOfEveryImage([...images.values()]),
        imagePackageIds: [...images.keys()],
    };
}
function schedulesLeft(errors) {
    return new Map(errors.flatMap(({ schedules = [] }) => schedules.map(({ packageId, scheduleId }) => [packageId, scheduleId])));
}
function leftOutOfEveryImage(images) {
    const used = new Set(images.flatMap(({ selection }) => selection?.used.map(({ ciId }) => ciId) ?? []));
    const leftOut = images.flatMap(({ selection }) => selection?.leftOut.map(({ ciId }) => ciId) ?? []);
    return new Set(leftOut.filter((ciId) => !used.has(ciId))).size;
}
function imagesOfResult({ images }, result) {
    return result.images.map((each) => jsonImage({
        ...each,
        applicable: images.get(each.image.packageId)?.applicable,
        scheduleId: each.schedule?.scheduleId,
        scheduleName: each.schedule?.name,
    }));
}
function imagesOfFailure(record, errors) {
    const left = schedulesLeft(errors);
    return [...record.images.values()].map((found) => {
        const scheduleId = left.get(found.image.packageId);
        const seen = scheduleId === undefined ? undefined : record.schedules.get(scheduleId);
        return jsonImage({
            ...found,
            state: 'failed',
            scheduleId,
            scheduleName: seen?.name,
            startsAt: seen?.startsAt,
        });
    });
}
function jsonError({ code, what, cause, next, schedules = [], commands = [], because, }) {
    return {
        code,
        what,
        cause,
        next,
        schedules: schedules.map(({ scheduleId, packageId }) => ({ scheduleId, packageId })),
        commands: commands.map(({ where, lines }) => ({ where, lines: [...lines] })),
        because: because === undefined ? null : jsonError(because),
    };
}
//# sourceMappingURL=json-report.js.map