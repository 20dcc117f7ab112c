import type { CiId } from '../site/identifiers.js';
import type { SoftwareUpdate } from '../site/software-update.js';

/** Why an update is left out. */
export type LeftOutReason =
  | { readonly need: 'not-needed'; readonly why: 'expired' | 'already-installed' }
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

/** What becomes of each CI_ID of a group for one image. */
export interface UpdateSelection {
  readonly used: readonly SoftwareUpdate[];
  readonly leftOut: readonly LeftOutUpdate[];
}

/** The rows of a group, whose order is kept. */
export interface SelectionInput {
  readonly ciIds: readonly CiId[];
  /** As the site showed them. An update that is missing here is not readable: deleted, or outside the account's scope. */
  readonly updates: ReadonlyMap<CiId, SoftwareUpdate>;
  readonly installedOnEveryIndex: ReadonlySet<CiId>;
  readonly alreadyInstalled: 'skip' | 'include';
}

export function selectUpdates({
  ciIds,
  updates,
  installedOnEveryIndex,
  alreadyInstalled,
}: SelectionInput): UpdateSelection {
  const used: SoftwareUpdate[] = [];
  const leftOut: LeftOutUpdate[] = [];
  for (const ciId of ciIds) {
    const update = updates.get(ciId);
    const isInImage = alreadyInstalled === 'skip' && installedOnEveryIndex.has(ciId);
    const reason = reasonToLeaveOut(update, isInImage);
    if (reason !== undefined) leftOut.push({ ciId, update, reason });
    else if (update !== undefined) used.push(update);
  }
  return { used, leftOut };
}

/** What makes an update unneeded comes before what makes it impossible: it must not fail a run. */
function reasonToLeaveOut(update: SoftwareUpdate | undefined, isInImage: boolean): LeftOutReason | undefined {
  if (update === undefined) return { need: 'not-possible', why: 'not-readable' };
  if (update.isExpired) return { need: 'not-needed', why: 'expired' };
  if (isInImage) return { need: 'not-needed', why: 'already-installed' };
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

/** Whether the image lacks nothing that the group could give it. */
export function isNothingToDo(selection: UpdateSelection): boolean {
  return selection.used.length === 0 && selection.leftOut.every(({ reason }) => reason.need === 'not-needed');
}
