/** A clock that stands still until it is moved. */
export class ManualClock {
    #now;
    #timers = [];
    constructor(start = '2024-06-10T09:00:00Z') {
        this.#now = Date.parse(start);
    }
    now() {
        return this.#now;
    }
    after(milliseconds, act) {
        const timer = { at: this.#now + milliseconds, act };
        this.#timers.push(timer);
        return {
            cancel: () => {
                this.#timers = this.#timers.filter((one) => one !== timer);
            },
        };
    }
    /** Timers that wait, for a test that has to know that something was started. */
    get waiting() {
        return this.#timers.length;
    }
    /** Moves on, and lets each timer act at its own moment. */
    advance(milliseconds) {
        const end = this.#now + milliseconds;
        for (;;) {
            const [next] = this.#timers.filter((timer) => timer.at <= end).sort((one, other) => one.at - other.at);
            if (next === undefined) {
                break;
            }
            this.#timers = this.#timers.filter((timer) => timer !== next);
            this.#now = Math.max(this.#now, next.at);
            next.act();
        }
        this.#now = end;
    }
}
//# sourceMappingURL=manual-clock.js.map