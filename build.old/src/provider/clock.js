import { setTimeout as wait } from 'node:timers/promises';
export const systemClock = {
    now: () => Date.now(),
    sleep: async (milliseconds, cancelled) => {
        try {
            await wait(milliseconds, undefined, { signal: cancelled });
        }
        catch (error) {
            if (!cancelled.aborted)
                throw error;
        }
    },
};
//# sourceMappingURL=clock.js.map