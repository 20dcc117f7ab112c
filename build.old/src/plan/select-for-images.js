import { onEveryIndex } from '../site/image-update-status.js';
import { readRelatedUpdates } from './read-related-updates.js';
import { selectUpdates } from './update-selection.js';
/** Selects for each image, after asking what else there is to know of the updates where that matters. */
export async function selectForImages(site, request, details) {
    const excluded = excludedUpdates(site, request, details);
    const select = (related) => details.images.map((image) => ({ image, selection: selectFor(image, request, excluded, related) }));
    const selections = select(await readRelatedUpdates(site, request, details, select));
    for (const { image, selection } of selections)
        site.tell({ kind: 'selected', image: image.image, selection });
    return selections;
}
function selectFor(image, { alreadyInstalled, notRequiredUpdates }, excluded, { updates, relations, statuses }) {
    const rows = [...image.statuses, ...ofImage(statuses, image.image.packageId)];
    const inState = (state) => rows.filter((row) => row.state === state);
    const held = (state) => new Set(inState(state).map(({ updateId }) => updateId));
    // Without knowing all indexes nobody may say that an update is on every one: then the site decides itself.
    const heldEverywhere = (state) => image.indexes === undefined ? new Set() : onEveryIndex(state, image.indexes, inState(state));
    return selectUpdates({
        ciIds: image.ciIds,
        updates,
        excluded,
        installedOnEveryIndex: heldEverywhere('installed'),
        alreadyInstalled,
        supersedence: relations,
        notRequired: held('not-required'),
        notRequiredOnEveryIndex: heldEverywhere('not-required'),
        notRequiredUpdates,
        concerning: new Set([...held('applicable'), ...held('installed')]),
    });
}
function ofImage(statuses, packageId) {
    return statuses.filter((row) => row.packageId === packageId);
}
/** What is excluded of the updates that were asked for. An entry that means none of them may be a slip, and is told. */
function excludedUpdates({ tell }, { excludeUpdates }, { images, updates }) {
    const asked = [...new Set(images.flatMap(({ ciIds }) => ciIds))];
    const excluded = new Set();
    for (const entry of excludeUpdates) {
        const meant = asked.filter((ciId) => isMeantBy(entry, ciId, updates.get(ciId)));
        if (meant.length === 0)
            tell({ kind: 'exclusion-without-effect', excluded: textOf(entry) });
        for (const ciId of meant)
            excluded.add(ciId);
    }
    return excluded;
}
function isMeantBy(entry, ciId, update) {
    return entry.kind === 'ci-id' ? entry.ciId === ciId : update?.article === `KB${entry.article}`;
}
function textOf(entry) {
    return entry.kind === 'ci-id' ? `CI_ID ${entry.ciId}` : `KB${entry.article}`;
}
//# sourceMappingURL=select-for-images.js.map