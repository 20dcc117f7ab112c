import { listApplicableUpdates, listOtherStatusRows } from '../site/image-update-status.js';
import { readAll, stopIfCancelled } from './site-access.js';
/** Empty where nobody asked for what is applicable. */
export async function readApplicable(site, { updates }, images) {
    if (!updates.some(({ kind }) => kind === 'applicable'))
        return new Map();
    const [first, ...others] = images.map(({ image }) => image.packageId);
    if (first === undefined)
        return new Map();
    const [rows] = await readAll(site, [listApplicableUpdates([first, ...others])]);
    const found = new Map(images.map(({ image: { packageId } }) => [
        packageId,
        [...new Set(rows.filter((row) => row.packageId === packageId).map(({ updateId }) => updateId))],
    ]));
    stopIfCancelled(site);
    // An image to which nothing applies may be up to date, or may never have been looked into.
    const silent = [...found].filter(([, ciIds]) => ciIds.length === 0).map(([packageId]) => packageId);
    const otherRows = silent.length === 0 ? [] : await readAll(site, silent.map(listOtherStatusRows));
    const withoutStatus = silent.filter((_, place) => otherRows[place]?.length === 0);
    for (const { image } of images) {
        site.tell({ kind: 'applicable-found', image, updates: found.get(image.packageId)?.length ?? 0 });
    }
    return new Map([...found].map(([packageId, ciIds]) => [
        packageId,
        { ciIds, isWithoutStatus: withoutStatus.includes(packageId) },
    ]));
}
//# sourceMappingURL=read-applicable.js.map