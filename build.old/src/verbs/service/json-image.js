import { allVersionsOf } from '../../site/image-versions.js';
import { highestVersion } from '../../site/os-version.js';
export function jsonImage({ image, selection, indexes, versions, ...known }) {
    return {
        packageId: image.packageId,
        name: image.name,
        class: image.class,
        version: image.version ?? null,
        sourcePath: image.sourcePath ?? null,
        sourceSite: image.sourceSite,
        siteServer: known.siteServer,
        indexes: indexes === undefined ? null : [...indexes].sort((one, other) => one - other),
        osVersion: highestVersion(allVersionsOf(versions))?.text ?? null,
        osVersions: [...versions.byIndex].map(([index, version]) => ({
            index,
            osVersion: version?.text ?? null,
        })),
        state: known.state,
        scheduleId: known.scheduleId ?? null,
        scheduleName: known.scheduleName ?? null,
        startsAt: known.startsAt ?? null,
        applicable: known.applicable ?? null,
        used: selection?.used.map(jsonUpdate) ?? null,
        leftOut: selection?.leftOut.map(jsonLeftOut) ?? null,
    };
}
function jsonUpdate({ ciId, article, title }) {
    return { ciId, article: article ?? null, title: title ?? null };
}
function jsonLeftOut({ ciId, update, reason }) {
    return {
        ciId,
        article: update?.article ?? null,
        title: update?.title ?? null,
        need: reason.need,
        reason: reason.why,
        supersededBy: reason.why === 'superseded' || reason.why === 'superseded-by-installed' ? jsonUpdate(reason.by) : null,
        sibling: reason.why === 'not-required-sibling' ? jsonUpdate(reason.by) : null,
    };
}
//# sourceMappingURL=json-image.js.map