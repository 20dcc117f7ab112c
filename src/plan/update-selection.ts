import type { CiId } from '../site/identifiers.js';
import type { Obstacle, SoftwareUpdate } from '../site/software-update.js';
import type { SupersedenceRelation } from '../site/supersedence.js';
import { supersededBy } from './superseded-updates.js';

/** Why an update is left out. */
export type LeftOutReason =
  | { readonly need: 'not-wanted'; readonly why: 'excluded' }
  | { readonly need: 'not-needed'; readonly why: 'expired' | 'already-installed' | 'not-required' }
  /** `by` is an update that is used for the same image. */
  | { readonly need: 'not-needed'; readonly why: 'superseded'; readonly by: SoftwareUpdate }
  /** `by` is an update that every index of the image has already, whether it was asked for or not. */
  | { readonly need: 'not-needed'; readonly why: 'superseded-by-installed'; readonly by: SoftwareUpdate }
  /** `by` is another update of the same article, which applies to the image or is in it. */
  | { readonly need: 'not-needed'; readonly why: 'not-required-sibling'; readonly by: SoftwareUpdate }
  | {
      readonly need: 'not-possible';
      readonly why: 'not-serviceable-offline' | 'content-not-downloaded' | 'not-readable' | Obstacle;
    };

export interface LeftOutUpdate {
  readonly ciId: CiId;
  /** Undefined for an update that the site does not show. */
  readonly update: SoftwareUpdate | undefined;
  readonly reason: LeftOutReason;
}

/** What becomes of each CI_ID that was asked for, for one image. */
export interface UpdateSelection {
  readonly used: readonly SoftwareUpdate[];
  readonly leftOut: readonly LeftOutUpdate[];
  /** Those of `used` that the site holds as not required on every index of the image. */
  readonly usedThoughNotRequired: readonly CiId[];
}

/** What is asked for one image, whose order is kept, and what is known of it. */
export interface SelectionInput {
  readonly ciIds: readonly CiId[];
  /**
   * As the site showed them: those that were asked for, and others that supersede them. One that was asked for and is
   * missing here is not readable: deleted, or outside the account's scope.
   */
  readonly updates: ReadonlyMap<CiId, SoftwareUpdate>;
  readonly excluded: ReadonlySet<CiId>;
  /** Also of updates that were not asked for. */
  readonly installedOnEveryIndex: ReadonlySet<CiId>;
  readonly alreadyInstalled: 'skip' | 'include';
  /** None, where superseded updates are wanted all the same. */
  readonly supersedence: readonly SupersedenceRelation[];
  /**
   * Those that the site last held as not required for the image. Something else may only have been missing then, so they
   * are used; but where they could not be applied after all, the older ones would be needed, and are used too.
   */
  readonly notRequired: ReadonlySet<CiId>;
  readonly notRequiredOnEveryIndex: ReadonlySet<CiId>;
  readonly notRequiredUpdates: 'include' | 'skip';
  /** Those that the site holds as applicable to an index of the image, or as installed there. */
  readonly concerning: ReadonlySet<CiId>;
}

/** What an administrator can mend. */
const MENDABLE: readonly LeftOutReason['why'][] = [
  'content-not-downloaded',
  'not-readable',
  'license-terms-not-accepted',
];

export function selectUpdates(input: SelectionInput): UpdateSelection {
  const { ciIds, updates, notRequiredOnEveryIndex } = input;
  // What makes an update unneeded comes before what makes it impossible: it must not fail a run.
  const siblings = siblingsThatConcern(input);
  const unneeded = new Map(ciIds.map((ciId) => [ciId, reasonNotToNeed(input, ciId, siblings)]));
  const covers = coversOf(input, unneeded);

  const used: SoftwareUpdate[] = [];
  const leftOut: LeftOutUpdate[] = [];
  for (const ciId of ciIds) {
    const update = updates.get(ciId);
    const reason = unneeded.get(ciId) ?? covers.get(ciId) ?? reasonNotToBeAble(update);
    if (reason !== undefined) leftOut.push({ ciId, update, reason });
    else if (update !== undefined) used.push(update);
  }
  const usedThoughNotRequired = used.flatMap(({ ciId }) => (notRequiredOnEveryIndex.has(ciId) ? [ciId] : []));
  return { used, leftOut, usedThoughNotRequired };
}

/** For each update that another one supersedes which is used, or is in the image already: the reason to leave it out. */
function coversOf(
  input: SelectionInput,
  unneeded: ReadonlyMap<CiId, LeftOutReason | undefined>,
): ReadonlyMap<CiId, LeftOutReason> {
  const { ciIds, updates, notRequired, installedOnEveryIndex, alreadyInstalled, supersedence } = input;
  const usable = ciIds.filter(
    (ciId) =>
      unneeded.get(ciId) === undefined &&
      !notRequired.has(ciId) &&
      reasonNotToBeAble(updates.get(ciId)) === undefined,
  );
  // Where these are scheduled again, the user does not trust what the site holds of them.
  const installed = alreadyInstalled === 'skip' ? installedOnEveryIndex : new Set<CiId>();
  const covers = supersededBy(updates.values(), new Set([...usable, ...installed]), supersedence);
  return new Map(
    [...covers].map(([ciId, by]) => [
      ciId,
      { need: 'not-needed', why: installed.has(by.ciId) ? 'superseded-by-installed' : 'superseded', by },
    ]),
  );
}

function reasonNotToNeed(
  { updates, excluded, installedOnEveryIndex, alreadyInstalled, ...input }: SelectionInput,
  ciId: CiId,
  siblings: ReadonlyMap<string, SoftwareUpdate>,
): LeftOutReason | undefined {
  const update = updates.get(ciId);
  if (excluded.has(ciId)) return { need: 'not-wanted', why: 'excluded' };
  if (update?.isExpired === true) return { need: 'not-needed', why: 'expired' };
  if (alreadyInstalled === 'skip' && installedOnEveryIndex.has(ciId)) {
    return { need: 'not-needed', why: 'already-installed' };
  }
  if (!input.notRequiredOnEveryIndex.has(ciId)) return undefined;
  const by = update?.article === undefined ? undefined : siblings.get(update.article);
  if (by !== undefined) return { need: 'not-needed', why: 'not-required-sibling', by };
  return input.notRequiredUpdates === 'skip' ? { need: 'not-needed', why: 'not-required' } : undefined;
}

/**
 * For each article the update of it that concerns the image. One that is expired, or that can never be serviced, says
 * nothing about the others: the image would end with none of them.
 */
function siblingsThatConcern({
  ciIds,
  updates,
  concerning,
  notRequiredOnEveryIndex,
}: SelectionInput): ReadonlyMap<string, SoftwareUpdate> {
  const found = new Map<string, SoftwareUpdate>();
  for (const ciId of [...ciIds].sort((one, other) => one - other)) {
    const update = updates.get(ciId);
    if (update?.article === undefined || found.has(update.article)) continue;
    const isSomewhere = concerning.has(ciId) && !notRequiredOnEveryIndex.has(ciId);
    const hindrance = reasonNotToBeAble(update);
    const canBecomeUsable = hindrance === undefined || MENDABLE.includes(hindrance.why);
    if (isSomewhere && canBecomeUsable && !update.isExpired) found.set(update.article, update);
  }
  return found;
}

function reasonNotToBeAble(update: SoftwareUpdate | undefined): LeftOutReason | undefined {
  if (update === undefined) return { need: 'not-possible', why: 'not-readable' };
  if (update.obstacle !== undefined) return { need: 'not-possible', why: update.obstacle };
  if (!update.isOfflineServiceable) return { need: 'not-possible', why: 'not-serviceable-offline' };
  if (!update.isContentProvisioned) return { need: 'not-possible', why: 'content-not-downloaded' };
  return undefined;
}

/** The updates that fail a run unless the user lets them be skipped: an administrator can mend what is wrong with them. */
export function unusableUpdates({ leftOut }: UpdateSelection): readonly LeftOutUpdate[] {
  return leftOut.filter(({ reason }) => MENDABLE.includes(reason.why));
}

/** The updates that the image may still need, and cannot get. */
export function impossibleUpdates({ leftOut }: UpdateSelection): readonly LeftOutUpdate[] {
  return leftOut.filter(({ reason }) => reason.need === 'not-possible');
}

/** Whether there is no update that a schedule could be made for. */
export function isNothingToDo({ used }: UpdateSelection): boolean {
  return used.length === 0;
}
