/** A longer time overflows the timer of the platform, which would then fire at once. */
const LONGEST_TIMER = 2_147_000_000;
/** The machine's own clock. Its timers do not keep a process alive. */
export const systemClock = {
    now: () => Date.now(),
    after: (milliseconds, act) => {
        const timer = setTimeout(act, Math.min(milliseconds, LONGEST_TIMER));
        timer.unref();
        return {
            cancel: () => {
                clearTimeout(timer);
            },
        };
    },
};
/** An instant as the service writes it: whole seconds, UTC. */
export const isoSeconds = (instant) => `${new Date(Math.floor(instant / 1000) * 1000).toISOString().slice(0, 19)}Z`;
//# sourceMappingURL=clock.js.map