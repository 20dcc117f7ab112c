import { selectUpdates, type SelectionInput, type UpdateSelection } from '../../src/plan/update-selection.js';
import type { CiId } from '../../src/site/identifiers.js';
import type { SoftwareUpdate } from '../../src/site/software-update.js';

/** An update that nothing speaks against. */
export function usableUpdate(ciId: number, change: Partial<SoftwareUpdate> = {}): SoftwareUpdate {
  return {
    ciId: ciId as CiId,
    article: `KB${ciId}`,
    title: undefined,
    isExpired: false,
    isOfflineServiceable: true,
    isContentProvisioned: true,
    obstacle: undefined,
    isSuperseded: false,
    datePosted: undefined,
    ...change,
  };
}

export interface SelectionCase extends Partial<
  Omit<
    SelectionInput,
    | 'ciIds'
    | 'updates'
    | 'supersedence'
    | 'excluded'
    | 'installedOnEveryIndex'
    | 'notRequired'
    | 'notRequiredOnEveryIndex'
    | 'concerning'
  >
> {
  /** Asked for, and readable. */
  readonly updates: readonly SoftwareUpdate[];
  /** Not asked for, and known. */
  readonly others?: readonly SoftwareUpdate[];
  /** Asked for, and not readable. */
  readonly missing?: readonly number[];
  readonly relations?: readonly (readonly [from: number, to: number])[];
  readonly excluded?: readonly number[];
  /** On every index. */
  readonly installed?: readonly number[];
  /** On an index; on every one: `notRequiredOnEveryIndex`. */
  readonly notRequired?: readonly number[];
  readonly notRequiredOnEveryIndex?: readonly number[];
  readonly applicable?: readonly number[];
}

export function select(one: SelectionCase): UpdateSelection {
  const ids = (numbers: readonly number[] = []): readonly CiId[] => numbers.map((ciId) => ciId as CiId);
  const { updates, others = [], relations = [], notRequiredOnEveryIndex } = one;
  return selectUpdates({
    alreadyInstalled: one.alreadyInstalled ?? 'skip',
    notRequiredUpdates: one.notRequiredUpdates ?? 'include',
    ciIds: [...updates.map(({ ciId }) => ciId), ...ids(one.missing)],
    updates: new Map([...updates, ...others].map((update) => [update.ciId, update])),
    supersedence: relations.map(([from, to]) => ({ from: from as CiId, to: to as CiId })),
    excluded: new Set(ids(one.excluded)),
    installedOnEveryIndex: new Set(ids(one.installed)),
    notRequired: new Set(ids([...(one.notRequired ?? []), ...(notRequiredOnEveryIndex ?? [])])),
    notRequiredOnEveryIndex: new Set(ids(notRequiredOnEveryIndex)),
    concerning: new Set(ids([...(one.applicable ?? []), ...(one.installed ?? [])])),
  });
}

/** What becomes of each update: `used`, or the reason, with the update that is the reason where there is one. */
export function fatesOf({ used, leftOut }: UpdateSelection): Readonly<Record<number, string>> {
  return Object.fromEntries([
    ...used.map(({ ciId }) => [ciId, 'used']),
    ...leftOut.map(({ ciId, reason }) => [
      ciId,
      'by' in reason ? `${reason.why} ${reason.by.ciId}` : reason.why,
    ]),
  ]) as Record<number, string>;
}
