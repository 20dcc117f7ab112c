import type { InputDefinition } from '../../parameters/input-definition.js';
import { nearestNames } from '../../plan/nearest-names.js';

/** Options of every verb. */
const COMMON = ['json', 'report', 'verbose', 'help'];

export interface MeantOption {
  readonly name: string;
  /** Only case, dashes and underscores differ: `SiteCode`, `site_code`. */
  readonly isSure: boolean;
}

/** The option that somebody meant, in whatever spelling; undefined where none is near. */
export function meantOption(inputs: readonly InputDefinition[], written: string): MeantOption | undefined {
  const names = [...inputs.map(({ name }) => name), ...COMMON];
  const same = names.find((name) => squashed(name) === squashed(written));
  if (same !== undefined) return { name: same, isSure: true };
  const [nearest] = nearestNames(
    written,
    names.map((name) => ({ name, id: name })),
  );
  return nearest === undefined ? undefined : { name: nearest.name, isSure: false };
}

function squashed(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}
