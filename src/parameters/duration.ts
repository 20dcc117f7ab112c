const MILLISECONDS_OF = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Longer than any servicing, and short enough for every timer. */
export const LONGEST_DURATION = 20 * MILLISECONDS_OF.d;

/** Milliseconds of `90s`, `30m`, `8h` or `7d`; undefined for any other text, for zero, and for more than 20 days. */
export function readDuration(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,9})\s?([smhd])$/i.exec(text) ?? [];
  const scale = Object.entries(MILLISECONDS_OF).find(([name]) => name === unit?.toLowerCase());
  if (count === undefined || scale === undefined) return undefined;
  const milliseconds = Number(count) * scale[1];
  return milliseconds > 0 && milliseconds <= LONGEST_DURATION ? milliseconds : undefined;
}

/** `90s`, `30m`, `8h`: in the largest unit that divides it. For people: `1h 30m` is not written, `90m` is. */
export function durationText(milliseconds: number): string {
  const [unit, scale] = (['d', 'h', 'm'] as const)
    .map((name) => [name, MILLISECONDS_OF[name]] as const)
    .find(([, each]) => milliseconds >= each && milliseconds % each === 0) ?? ['s', MILLISECONDS_OF.s];
  return `${Math.round(milliseconds / scale)}${unit}`;
}
