/** Mulberry32: 32 bits of state, no dependence on the platform's own generator. */
export function seededRandom(seed) {
    let state = seed >>> 0;
    const fraction = () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
    const between = (least, most) => least + Math.floor(fraction() * (most - least + 1));
    return {
        fraction,
        between,
        chance: (probability) => fraction() < probability,
        pick: (choices) => choices[between(0, choices.length - 1)] ?? choices[0],
        sample: (from, count) => {
            const chosen = [];
            let wanted = Math.min(count, from.length);
            for (const [index, element] of from.entries()) {
                if (wanted > 0 && fraction() * (from.length - index) < wanted) {
                    chosen.push(element);
                    wanted -= 1;
                }
            }
            return chosen;
        },
    };
}
//# sourceMappingURL=seeded-random.js.map