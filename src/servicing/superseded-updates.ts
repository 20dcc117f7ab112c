import type { CiId } from '../site/identifiers.js';
import type { SoftwareUpdate } from '../site/software-update.js';
import type { SupersedenceRelation } from '../site/supersedence.js';

/** The updates among these that are the newer one of two of them: any of them could make another one unneeded. */
export function supersedingUpdates(
  candidates: readonly SoftwareUpdate[],
  relations: readonly SupersedenceRelation[],
): readonly CiId[] {
  const newer = [...newerOfEach(candidates, relations).values()].flat();
  return [...new Set(newer.map(({ ciId }) => ciId))];
}

/**
 * For each update that another one of `covering` makes unneeded: that other one. `candidates` are the updates that could
 * be left out so; an update between the two may itself be one that cannot be used.
 */
export function supersededBy(
  candidates: readonly SoftwareUpdate[],
  covering: ReadonlySet<CiId>,
  relations: readonly SupersedenceRelation[],
): ReadonlyMap<CiId, SoftwareUpdate> {
  const newerOf = newerOfEach(candidates, relations);
  const found = new Map<CiId, SoftwareUpdate>();
  for (const update of newestFirst(candidates, newerOf)) {
    for (const newer of newerOf.get(update.ciId) ?? []) {
      // What makes the newer one unneeded makes this one unneeded too.
      const cover = found.get(newer.ciId) ?? (covering.has(newer.ciId) ? newer : undefined);
      if (cover === undefined) continue;
      found.set(update.ciId, cover);
      break;
    }
  }
  return found;
}

function newerOfEach(
  candidates: readonly SoftwareUpdate[],
  relations: readonly SupersedenceRelation[],
): ReadonlyMap<CiId, readonly SoftwareUpdate[]> {
  const byId = new Map(candidates.map((update) => [update.ciId, update]));
  const newerOf = new Map<CiId, SoftwareUpdate[]>();
  for (const { from, to } of relations) {
    const directed = olderAndNewer(byId.get(from), byId.get(to));
    if (directed === undefined) continue;
    const known = newerOf.get(directed.older.ciId);
    if (known === undefined) newerOf.set(directed.older.ciId, [directed.newer]);
    else known.push(directed.newer);
  }
  return newerOf;
}

/**
 * The one that the site calls superseded is the older one, when its date does not contradict. Where both are called
 * so, the dates alone decide. Undefined when unsure: an update too many does no harm, one too few does.
 */
function olderAndNewer(
  one: SoftwareUpdate | undefined,
  other: SoftwareUpdate | undefined,
): { readonly older: SoftwareUpdate; readonly newer: SoftwareUpdate } | undefined {
  if (one?.datePosted === undefined || other?.datePosted === undefined || one.ciId === other.ciId)
    return undefined;
  const [older, newer] = isOlder(one, other) ? [one, other] : [other, one];
  return isOlder(older, newer) ? { older, newer } : undefined;
}

function isOlder(one: SoftwareUpdate, other: SoftwareUpdate): boolean {
  if (!one.isSuperseded || one.datePosted === undefined || other.datePosted === undefined) return false;
  return other.isSuperseded ? one.datePosted < other.datePosted : one.datePosted <= other.datePosted;
}

/** Every update after those that are newer than it; the directions leave no circle. */
function newestFirst(
  updates: readonly SoftwareUpdate[],
  newerOf: ReadonlyMap<CiId, readonly SoftwareUpdate[]>,
): readonly SoftwareUpdate[] {
  const isEnd = ({ ciId }: SoftwareUpdate): boolean => !newerOf.has(ciId);
  return [...updates].sort(
    (one, other) =>
      (other.datePosted ?? 0) - (one.datePosted ?? 0) || Number(isEnd(other)) - Number(isEnd(one)),
  );
}
