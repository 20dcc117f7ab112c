import { distance } from 'fastest-levenshtein';
import { skeletonOf } from './look-alikes.js';
const MOST_SUGGESTIONS = 3;
/** How sure a suggestion is; the first is the surest. */
const RANKS = ['looks-the-same', 'begins-or-has-words', 'few-edits', 'is-a-part', 'shares-a-word'];
/**
 * What may have been meant, at most three: first what begins with the reference or has its words, then what takes few
 * edits. What is far is not suggested. For an ID the nearest IDs.
 */
export function nearestNames(reference, all) {
    const wanted = skeletonOf(reference);
    if (wanted === '')
        return [];
    const common = commonWords(all);
    return all
        .flatMap((item) => {
        const near = nearest(nearnessOfName(wanted, skeletonOf(item.name), common), nearnessOfId(wanted, item));
        return near === undefined ? [] : [{ item, near }];
    })
        .sort((one, other) => compare(one.near, other.near) || one.item.name.localeCompare(other.item.name, 'en'))
        .slice(0, MOST_SUGGESTIONS)
        .map(({ item }) => item);
}
function nearnessOfName(wanted, name, common) {
    const edits = distance(wanted, name);
    const near = (rank) => ({ rank, edits, gap: 0 });
    if (wanted === name)
        return near('looks-the-same');
    const [wantedWords, nameWords] = [wordsOf(wanted), wordsOf(name)];
    const hasThem = wantedWords.length > 0 && wantedWords.every((word) => nameWords.includes(word));
    if ((wanted.length > 1 && name.startsWith(wanted)) || hasThem)
        return near('begins-or-has-words');
    if (edits <= mostEdits(wanted))
        return near('few-edits');
    const isPart = nameWords.length > 0 && nameWords.every((word) => wantedWords.includes(word));
    if ((name.length > 2 && wanted.startsWith(name)) || isPart)
        return near('is-a-part');
    // A word that most names have says nothing.
    const shared = wantedWords.filter((word) => isTelling(word) && !common.has(word));
    return shared.some((word) => nameWords.some((other) => isNearWord(word, other)))
        ? near('shares-a-word')
        : undefined;
}
/** An ID is near with few other characters or, where both are numbers, with few numbers between. */
function nearnessOfId(wanted, { id }) {
    const other = id.toLowerCase();
    const edits = distance(wanted, other);
    const areNumbers = /^\d{1,15}$/.test(wanted) && /^\d{1,15}$/.test(other);
    const gap = gapBetween(wanted, other);
    const isNear = wanted.length === other.length && edits <= (areNumbers ? 2 : 3) && edits * 2 < wanted.length;
    const isOneOff = edits === 1 && wanted.length > 4;
    const isNextTo = areNumbers && gap <= 100 && wanted.length > 4;
    return isNear || isOneOff || isNextTo
        ? { rank: 'few-edits', edits: isNextTo ? Math.min(edits, 2) : edits, gap }
        : undefined;
}
/** Between two CI_IDs, or two package IDs of one site; 0 where nothing can be counted. */
function gapBetween(wanted, other) {
    const areNumbers = /^\d{1,15}$/.test(wanted) && /^\d{1,15}$/.test(other);
    if (areNumbers)
        return Math.abs(Number(wanted) - Number(other));
    const [one, two] = [wanted, other].map((id) => /^([a-z0-9]{3})([0-9a-f]{5})$/.exec(id));
    if (one?.[1] === undefined || one[1] !== two?.[1])
        return 0;
    return Math.abs(Number.parseInt(one[2] ?? '', 16) - Number.parseInt(two[2] ?? '', 16));
}
/** A quarter of the letters, and at least one where there are three. */
function mostEdits(wanted) {
    return wanted.length < 3 ? 0 : Math.max(1, Math.floor(wanted.length / 4));
}
function wordsOf(text) {
    return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
function isTelling(word) {
    return word.length > 2 && /\p{L}/u.test(word);
}
function isNearWord(wanted, other) {
    return wanted === other || (wanted.length > 4 && distance(wanted, other) === 1);
}
/** Words in at least half of the names, where there are several. */
function commonWords(all) {
    const counts = new Map();
    for (const { name } of all)
        for (const word of new Set(wordsOf(skeletonOf(name))))
            counts.set(word, (counts.get(word) ?? 0) + 1);
    return new Set([...counts].filter(([, count]) => count > 1 && count * 2 >= all.length).map(([word]) => word));
}
function nearest(one, other) {
    if (one === undefined || other === undefined)
        return one ?? other;
    return compare(one, other) <= 0 ? one : other;
}
function compare(one, other) {
    return (RANKS.indexOf(one.rank) - RANKS.indexOf(other.rank) || one.edits - other.edits || one.gap - other.gap);
}
//# sourceMappingURL=nearest-names.js.map