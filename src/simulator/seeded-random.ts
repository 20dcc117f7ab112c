/** A stream of numbers that one seed fixes for ever: the same seed gives the same site on every machine. */
export interface SeededRandom {
  /** A fraction, 0 included, 1 excluded. */
  fraction(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly [T, ...T[]]): T;
  /** As many different elements as asked for (or as there are), in the order of the list. */
  sample<T>(from: readonly T[], count: number): T[];
}

/** Mulberry32: 32 bits of state, no dependence on the platform's own generator. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number): number =>
    least + Math.floor(fraction() * (most - least + 1));
  return {
    fraction,
    between,
    chance: (probability) => fraction() < probability,
    pick: (choices) => choices[between(0, choices.length - 1)] ?? choices[0],
    sample: (from, count) => {
      const chosen: (typeof from)[number][] = [];
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
