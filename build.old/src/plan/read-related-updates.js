import { LARGEST_SINT32 } from '../site/identifiers.js';
import { listInstalledUpdates, listUpdatesInImages, } from '../site/image-update-status.js';
import { listUpdates } from '../site/software-update.js';
import { listSupersedence } from '../site/supersedence.js';
import { readParts } from './site-access.js';
import { newerOfEach, newerThanAnyOf } from './superseded-updates.js';
/** A chain of months that nobody asked for is followed so far, and no further: the rest of it would cost more than it saves. */
const MOST_STEPS = 16;
const MOST_UPDATES = 1_000;
/**
 * Asks what makes updates unneeded, and no more of it than what changes the selection: nothing where the site calls none
 * of them superseded and none has a sibling that is not required.
 */
export async function readRelatedUpdates(site, request, details, select) {
    const asked = { updates: details.updates, relations: [], statuses: [] };
    const isWanted = request.supersededUpdates === 'include';
    const matters = !isWanted && supersededAmong(select(asked)).length > 0;
    const superseded = [...details.updates.values()].flatMap(({ ciId, isSuperseded }) => matters && isSuperseded ? [ciId] : []);
    const answers = await readParts(site, {
        relations: relationsOf(superseded),
        siblings: siblingQuery(details),
    });
    const related = {
        ...asked,
        relations: answers.relations.flat(),
        statuses: answers.siblings.flat(),
    };
    if (isWanted || request.alreadyInstalled === 'include')
        return related;
    return readInstalled(site, related, new Set(superseded), select);
}
/** Those that are used, or that the image cannot get, although the site calls them superseded. */
function supersededAmong(selections) {
    const all = selections.flatMap(({ selection: { used, leftOut } }) => [
        ...used,
        ...leftOut.flatMap(({ update, reason }) => (reason.need === 'not-possible' ? (update ?? []) : [])),
    ]);
    return [...new Map(all.map((update) => [update.ciId, update])).values()].filter(({ isSuperseded }) => isSuperseded);
}
/** What the images have that could supersede an update, and the chains that lead there. */
async function readInstalled(site, first, read, select) {
    let related = first;
    let images;
    for (let step = 0; step < MOST_STEPS && related.updates.size < first.updates.size + MOST_UPDATES; step++) {
        const open = select(related).filter(({ image }) => image.indexes !== undefined && (images === undefined || images.includes(image)));
        const unread = unreadAbove(supersededAmong(open), related, read).slice(0, MOST_UPDATES);
        if (unread.length === 0)
            break;
        const unknown = unread.filter((ciId) => !related.updates.has(ciId));
        const answers = await readParts(site, {
            updates: nonEmpty(unknown, listUpdates),
            relations: relationsOf(unread),
            installed: images === undefined
                ? nonEmpty(open.map(({ image }) => image.image.packageId), listInstalledUpdates)
                : [],
        });
        for (const ciId of unread)
            read.add(ciId);
        const installed = answers.installed.flat();
        images ??= withOthersInstalled(open, installed);
        const found = answers.updates.flat();
        related = {
            updates: new Map([...related.updates, ...found.map((update) => [update.ciId, update])]),
            relations: [...related.relations, ...answers.relations.flat()],
            statuses: [...related.statuses, ...installed],
        };
    }
    return related;
}
/** What is newer than one of these updates, or might be, and whose own relations were not asked for. */
function unreadAbove(open, { updates, relations }, read) {
    const above = newerThanAnyOf(open.map(({ ciId }) => ciId), newerOfEach(updates.values(), relations));
    const unknown = relations.flatMap(({ from, to }) => [
        ...(above.has(from) && !updates.has(to) ? [to] : []),
        ...(above.has(to) && !updates.has(from) ? [from] : []),
    ]);
    return [...new Set([...above, ...unknown])].filter((ciId) => !read.has(ciId));
}
/** The images that have updates beside those that were asked for: of the others there is nothing more to learn. */
function withOthersInstalled(open, installed) {
    return open
        .map(({ image }) => image)
        .filter(({ image, ciIds }) => installed.some(({ packageId, updateId }) => packageId === image.packageId && !ciIds.includes(updateId)));
}
function relationsOf(ciIds) {
    return nonEmpty(ciIds, listSupersedence).flat();
}
/**
 * Which of the updates of one article concern the images: asked only where the site holds one of several as not required.
 */
function siblingQuery({ images, updates }) {
    const concerned = images.flatMap(({ image, ciIds, statuses }) => {
        const notRequired = new Set(statuses.flatMap(({ state, updateId }) => (state === 'not-required' ? [updateId] : [])));
        const articles = new Set([...notRequired].flatMap((ciId) => updates.get(ciId)?.article ?? []));
        const siblings = ciIds.filter((ciId) => {
            const article = updates.get(ciId)?.article;
            return article !== undefined && articles.has(article) && !notRequired.has(ciId);
        });
        return siblings.length === 0 ? [] : [{ packageId: image.packageId, siblings }];
    });
    const [image, ...otherImages] = concerned.map(({ packageId }) => packageId);
    const all = [...new Set(concerned.flatMap(({ siblings }) => siblings))];
    const [sibling, ...otherSiblings] = all.filter((each) => each <= LARGEST_SINT32);
    if (image === undefined || sibling === undefined)
        return [];
    return [
        listUpdatesInImages([image, ...otherImages], [sibling, ...otherSiblings], ['applicable', 'installed'], undefined),
    ];
}
/** What is made of a list with something in it; nothing of an empty one. */
function nonEmpty(items, make) {
    const [first, ...others] = items;
    return first === undefined ? [] : [make([first, ...others])];
}
//# sourceMappingURL=read-related-updates.js.map