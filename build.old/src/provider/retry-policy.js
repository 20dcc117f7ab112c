/**
 * The pause before an attempt: twice the one before, and half of it by chance, so that runners that failed together
 * do not come back together. `random` gives a number from 0 up to 1.
 */
export function delayBefore(attempt, policy, random) {
    const full = Math.min(policy.firstDelayMilliseconds * 2 ** (attempt - 2), policy.longestDelayMilliseconds);
    return Math.round(full / 2 + (full / 2) * random());
}
//# sourceMappingURL=retry-policy.js.map