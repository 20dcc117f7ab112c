/**
 * Looks again and again, at first when it may be of use and for the last time when a new object cannot be invisible
 * any more. Returns what it saw last.
 */
export async function lookUntil({ clock, cancelled, patience, tell }, what, longest, look) {
    const begun = clock.now();
    let pause = patience.firstLookMilliseconds;
    for (;;) {
        if (pause >= 1_000)
            tell({ kind: 'looking-up', what, seconds: Math.round(pause / 1_000) });
        await clock.sleep(pause, cancelled);
        const { value, isEnough } = await look();
        const remaining = longest - (clock.now() - begun);
        if (isEnough || remaining <= 0 || cancelled.aborted)
            return value;
        pause = Math.min(pause * 1.5, remaining);
    }
}
//# sourceMappingURL=look-until.js.map