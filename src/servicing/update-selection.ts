import type { CiId } from '../site/identifiers.js';
import type { SoftwareUpdate } from '../site/software-update.js';
import type { SupersedenceRelation } from '../site/supersedence.js';
import { supersededBy } from './superseded-updates.js';

/** Why an update is left out. */
export type LeftOutReason =
  | { readonly need: 'not-needed'; readonly why: 'expired' | 'already-installed' }
  /** `by` is an update that is used for the same image. */
  | { readonly need: 'not-needed'; readonly why: 'superseded'; readonly by: SoftwareUpdate }
  | {
      readonly need: 'not-possible';
      readonly why: 'not-serviceable-offline' | 'content-not-downloaded' | 'not-readable';
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
}

/** What is asked for one image, whose order is kept, and what is known of it. */
export interface SelectionInput {
  readonly ciIds: readonly CiId[];
  /** As the site showed them. An update that is missing here is not readable: deleted, or outside the account's scope. */
  readonly updates: ReadonlyMap<CiId, SoftwareUpdate>;
  readonly installedOnEveryIndex: ReadonlySet<CiId>;
  readonly alreadyInstalled: 'skip' | 'include';
  /** None, where superseded updates are wanted all the same. */
  readonly supersedence: readonly SupersedenceRelation[];
  /**
   * Those that the site last held as not required for the image. Something else may only have been missing then, so they
   * are used; but where they could not be applied after all, the older ones would be needed, and are used too.
   */
  readonly notRequired: ReadonlySet<CiId>;
}

export function selectUpdates(input: SelectionInput): UpdateSelection {
  const { ciIds, updates, supersedence, notRequired } = input;
  const first = new Map(
    ciIds.map((ciId) => [ciId, reasonToLeaveOut(updates.get(ciId), isInImage(input, ciId))]),
  );
  // What makes an update unneeded comes before what makes it impossible: it must not fail a run.
  const candidates = ciIds.flatMap((ciId) => {
    const update = updates.get(ciId);
    return update === undefined || first.get(ciId)?.need === 'not-needed' ? [] : [update];
  });
  const covering = ciIds.filter((ciId) => first.get(ciId) === undefined && !notRequired.has(ciId));
  const covers = supersededBy(candidates, new Set(covering), supersedence);

  const used: SoftwareUpdate[] = [];
  const leftOut: LeftOutUpdate[] = [];
  for (const ciId of ciIds) {
    const update = updates.get(ciId);
    const by = covers.get(ciId);
    const reason: LeftOutReason | undefined =
      by === undefined ? first.get(ciId) : { need: 'not-needed', why: 'superseded', by };
    if (reason !== undefined) leftOut.push({ ciId, update, reason });
    else if (update !== undefined) used.push(update);
  }
  return { used, leftOut };
}

function isInImage({ alreadyInstalled, installedOnEveryIndex }: SelectionInput, ciId: CiId): boolean {
  return alreadyInstalled === 'skip' && installedOnEveryIndex.has(ciId);
}

function reasonToLeaveOut(update: SoftwareUpdate | undefined, inImage: boolean): LeftOutReason | undefined {
  if (update === undefined) return { need: 'not-possible', why: 'not-readable' };
  if (update.isExpired) return { need: 'not-needed', why: 'expired' };
  if (inImage) return { need: 'not-needed', why: 'already-installed' };
  if (!update.isOfflineServiceable) return { need: 'not-possible', why: 'not-serviceable-offline' };
  if (!update.isContentProvisioned) return { need: 'not-possible', why: 'content-not-downloaded' };
  return undefined;
}

/** The updates that fail a run unless the user lets them be skipped: an administrator can mend what is wrong with them. */
export function unusableUpdates(selection: UpdateSelection): readonly LeftOutUpdate[] {
  return selection.leftOut.filter(
    ({ reason }) => reason.why === 'content-not-downloaded' || reason.why === 'not-readable',
  );
}

/** Whether the image lacks nothing that the updates asked for could give it. */
export function isNothingToDo(selection: UpdateSelection): boolean {
  return selection.used.length === 0 && selection.leftOut.every(({ reason }) => reason.need === 'not-needed');
}
