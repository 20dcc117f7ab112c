import { supersededBy } from './superseded-updates.js';
/** What an administrator can mend. */
const MENDABLE = [
    'content-not-downloaded',
    'not-readable',
    'license-terms-not-accepted',
];
export function selectUpdates(input) {
    const { ciIds, updates, notRequiredOnEveryIndex } = input;
    // What makes an update unneeded comes before what makes it impossible: it must not fail a run.
    const siblings = siblingsThatConcern(input);
    const unneeded = new Map(ciIds.map((ciId) => [ciId, reasonNotToNeed(input, ciId, siblings)]));
    const covers = coversOf(input, unneeded);
    const used = [];
    const leftOut = [];
    for (const ciId of ciIds) {
        const update = updates.get(ciId);
        const reason = unneeded.get(ciId) ?? covers.get(ciId) ?? reasonNotToBeAble(update);
        if (reason !== undefined)
            leftOut.push({ ciId, update, reason });
        else if (update !== undefined)
            used.push(update);
    }
    const usedThoughNotRequired = used.flatMap(({ ciId }) => (notRequiredOnEveryIndex.has(ciId) ? [ciId] : []));
    return { used, leftOut, usedThoughNotRequired };
}
/** For each update that another one supersedes which is used, or is in the image already: the reason to leave it out. */
function coversOf(input, unneeded) {
    const { ciIds, updates, notRequired, installedOnEveryIndex, alreadyInstalled, supersedence } = input;
    const usable = ciIds.filter((ciId) => unneeded.get(ciId) === undefined &&
        !notRequired.has(ciId) &&
        reasonNotToBeAble(updates.get(ciId)) === undefined);
    // Where these are scheduled again, the user does not trust what the site holds of them.
    const installed = alreadyInstalled === 'skip' ? installedOnEveryIndex : new Set();
    const covers = supersededBy(updates.values(), new Set([...usable, ...installed]), supersedence);
    return new Map([...covers].map(([ciId, by]) => [
        ciId,
        { need: 'not-needed', why: installed.has(by.ciId) ? 'superseded-by-installed' : 'superseded', by },
    ]));
}
function reasonNotToNeed({ updates, excluded, installedOnEveryIndex, alreadyInstalled, ...input }, ciId, siblings) {
    const update = updates.get(ciId);
    if (excluded.has(ciId))
        return { need: 'not-wanted', why: 'excluded' };
    if (update?.isExpired === true)
        return { need: 'not-needed', why: 'expired' };
    if (alreadyInstalled === 'skip' && installedOnEveryIndex.has(ciId)) {
        return { need: 'not-needed', why: 'already-installed' };
    }
    if (!input.notRequiredOnEveryIndex.has(ciId))
        return undefined;
    const by = update?.article === undefined ? undefined : siblings.get(update.article);
    if (by !== undefined)
        return { need: 'not-needed', why: 'not-required-sibling', by };
    return input.notRequiredUpdates === 'skip' ? { need: 'not-needed', why: 'not-required' } : undefined;
}
/**
 * For each article the update of it that concerns the image. One that is expired, or that can never be serviced, says
 * nothing about the others: the image would end with none of them.
 */
function siblingsThatConcern({ ciIds, updates, concerning, notRequiredOnEveryIndex, }) {
    const found = new Map();
    for (const ciId of [...ciIds].sort((one, other) => one - other)) {
        const update = updates.get(ciId);
        if (update?.article === undefined || found.has(update.article))
            continue;
        const isSomewhere = concerning.has(ciId) && !notRequiredOnEveryIndex.has(ciId);
        const hindrance = reasonNotToBeAble(update);
        const canBecomeUsable = hindrance === undefined || MENDABLE.includes(hindrance.why);
        if (isSomewhere && canBecomeUsable && !update.isExpired)
            found.set(update.article, update);
    }
    return found;
}
function reasonNotToBeAble(update) {
    if (update === undefined)
        return { need: 'not-possible', why: 'not-readable' };
    if (update.obstacle !== undefined)
        return { need: 'not-possible', why: update.obstacle };
    if (!update.isOfflineServiceable)
        return { need: 'not-possible', why: 'not-serviceable-offline' };
    if (!update.isContentProvisioned)
        return { need: 'not-possible', why: 'content-not-downloaded' };
    return undefined;
}
/** The updates that fail a run unless the user lets them be skipped: an administrator can mend what is wrong with them. */
export function unusableUpdates({ leftOut }) {
    return leftOut.filter(({ reason }) => MENDABLE.includes(reason.why));
}
/** The updates that the image may still need, and cannot get. */
export function impossibleUpdates({ leftOut }) {
    return leftOut.filter(({ reason }) => reason.need === 'not-possible');
}
/** Whether there is no update that a schedule could be made for. */
export function isNothingToDo({ used }) {
    return used.length === 0;
}
//# sourceMappingURL=update-selection.js.map