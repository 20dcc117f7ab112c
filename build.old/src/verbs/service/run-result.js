const WORST_FIRST = ['scheduled', 'planned', 'nothing-to-do'];
export function worstOf(images) {
    return WORST_FIRST.find((state) => images.some((image) => image.state === state)) ?? 'nothing-to-do';
}
/** Ascending, each once. */
export function appliedCiIdsOf(images) {
    const scheduled = images.filter(({ state }) => state === 'scheduled');
    const all = new Set(scheduled.flatMap(({ selection }) => selection.used.map(({ ciId }) => ciId)));
    return [...all].sort((one, other) => one - other);
}
//# sourceMappingURL=run-result.js.map