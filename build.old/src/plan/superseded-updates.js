/**
 * For each update that one of `covering` makes unneeded: that one, the newest where there are several. `known` are all
 * updates that a chain can lead across, whether they are wanted and usable or not.
 */
export function supersededBy(known, covering, relations) {
    const updates = [...known];
    const newerOf = newerOfEach(updates, relations);
    const found = new Map();
    for (const update of newestFirst(updates, newerOf)) {
        const [cover, ...others] = (newerOf.get(update.ciId) ?? []).flatMap((newer) => {
            // What makes the newer one unneeded makes this one unneeded too.
            const own = covering.has(newer.ciId) ? newer : undefined;
            return found.get(newer.ciId) ?? own ?? [];
        });
        if (cover !== undefined)
            found.set(update.ciId, others.reduce(newerOfTwo, cover));
    }
    return found;
}
/** The order in which the site gives its rows must not decide which update is named. */
function newerOfTwo(one, other) {
    const isNewer = (other.datePosted ?? 0) - (one.datePosted ?? 0) || other.ciId - one.ciId;
    return isNewer > 0 ? other : one;
}
/** These updates, and all that a chain leads to from them. */
export function newerThanAnyOf(from, newerOf) {
    const reached = new Set(from);
    // A set hands out what is added to it on the way.
    for (const ciId of reached)
        for (const newer of newerOf.get(ciId) ?? [])
            reached.add(newer.ciId);
    return reached;
}
export function newerOfEach(known, relations) {
    const byId = new Map([...known].map((update) => [update.ciId, update]));
    const newerOf = new Map();
    for (const { from, to } of relations) {
        const directed = olderAndNewer(byId.get(from), byId.get(to));
        if (directed === undefined)
            continue;
        const others = newerOf.get(directed.older.ciId);
        if (others === undefined)
            newerOf.set(directed.older.ciId, [directed.newer]);
        else
            others.push(directed.newer);
    }
    return newerOf;
}
/**
 * The one that the site calls superseded is the older one, when its date does not contradict. Where both are called
 * so, the dates alone decide. Undefined when unsure: an update too many does no harm, one too few does.
 */
function olderAndNewer(one, other) {
    if (one?.datePosted === undefined || other?.datePosted === undefined || one.ciId === other.ciId)
        return undefined;
    const [older, newer] = isOlder(one, other) ? [one, other] : [other, one];
    return isOlder(older, newer) ? { older, newer } : undefined;
}
function isOlder(one, other) {
    if (!one.isSuperseded || one.datePosted === undefined || other.datePosted === undefined)
        return false;
    return other.isSuperseded ? one.datePosted < other.datePosted : one.datePosted <= other.datePosted;
}
/** Every update after those that are newer than it; the directions leave no circle. */
function newestFirst(updates, newerOf) {
    const isEnd = ({ ciId }) => !newerOf.has(ciId);
    return [...updates].sort((one, other) => (other.datePosted ?? 0) - (one.datePosted ?? 0) || Number(isEnd(other)) - Number(isEnd(one)));
}
//# sourceMappingURL=superseded-updates.js.map