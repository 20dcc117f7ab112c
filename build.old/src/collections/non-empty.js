/** The list as one that is not empty; undefined for an empty one. */
export function nonEmpty(items) {
    return isNonEmpty(items) ? items : undefined;
}
export function isNonEmpty(items) {
    return items.length > 0;
}
/** `Array.map` that keeps what the type knows. */
export function mapNonEmpty([first, ...others], map) {
    return [map(first), ...others.map(map)];
}
/** `Array.flatMap` that keeps what the type knows: each element becomes one or more. */
export function flatMapNonEmpty([first, ...others], map) {
    const [firstMapped, ...rest] = map(first);
    return [firstMapped, ...rest, ...others.flatMap((item) => map(item))];
}
/** Each element once, by its key; of two with one key the later one, at the place of the first. */
export function uniqueBy(items, keyOf) {
    const [first, ...others] = new Map(items.map((item) => [keyOf(item), item])).values();
    return [first ?? items[0], ...others];
}
//# sourceMappingURL=non-empty.js.map