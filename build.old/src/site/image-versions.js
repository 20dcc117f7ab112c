import { highestVersion } from './os-version.js';
/**
 * Puts together what the sources say. They can contradict each other (an index and its package, a file that was
 * replaced), and the highest version counts then: it is the one that might be impossible to service.
 */
export function imageVersions(indexes, statements, ofPackage) {
    const known = [...new Set([...(indexes ?? []), ...statements.flatMap(({ index }) => index ?? [])])].sort((one, other) => one - other);
    const versionsAt = byPlace(statements);
    const unplaced = versionsAt.get(undefined) ?? [];
    const withoutIndex = [...unplaced, ...(ofPackage === undefined ? [] : [ofPackage])];
    const byIndex = new Map(known.map((index) => {
        const own = versionsAt.get(index) ?? [];
        // With one operating system only, the version of the package is its version.
        return [index, highestVersion(own.length === 0 && known.length === 1 ? withoutIndex : own)];
    }));
    return { byIndex, withoutIndex, unread: unreadVersions(indexes, byIndex, unplaced.length) };
}
function unreadVersions(indexes, byIndex, unplaced) {
    if (indexes === undefined)
        return { kind: 'indexes-unknown' };
    const unread = [...byIndex].filter(([, version]) => version === undefined).map(([index]) => index);
    // As many versions without an index as there are indexes: each of them has one, whichever it is.
    if (unread.length === 0 || unplaced >= byIndex.size)
        return { kind: 'none' };
    return { kind: 'on-indexes', indexes: unread };
}
function byPlace(statements) {
    const versions = new Map();
    for (const { index, version } of statements) {
        if (version === undefined)
            continue;
        const sofar = versions.get(index);
        if (sofar === undefined)
            versions.set(index, [version]);
        else
            sofar.push(version);
    }
    return versions;
}
/** Each once, by its index where that is known. */
export function allVersionsOf({ byIndex, withoutIndex }) {
    const all = [...[...byIndex.values()].flatMap((version) => version ?? []), ...withoutIndex];
    return [...new Map(all.map((version) => [version.text, version])).values()];
}
/** `10.0.20348.587 (index 1, 2); 10.0.22631.2428 (index 3)`; empty where none is meant. */
export function tellVersions({ byIndex, withoutIndex }, isMeant = () => true) {
    const indexes = new Map();
    for (const [index, version] of byIndex) {
        if (version === undefined || !isMeant(version))
            continue;
        const sofar = indexes.get(version.text);
        if (sofar === undefined)
            indexes.set(version.text, [index]);
        else
            sofar.push(index);
    }
    for (const version of withoutIndex.filter(isMeant))
        if (!indexes.has(version.text))
            indexes.set(version.text, []);
    return [...indexes]
        .map(([text, own]) => (own.length === 0 ? text : `${text} (index ${tellIndexes(own)})`))
        .join('; ');
}
/** A file with more than these is made to be read by nobody. */
const MOST_INDEXES_TOLD = 20;
export function tellIndexes(indexes) {
    const more = indexes.length - MOST_INDEXES_TOLD;
    return indexes.slice(0, MOST_INDEXES_TOLD).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
//# sourceMappingURL=image-versions.js.map