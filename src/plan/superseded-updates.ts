import type { CiId } from '../site/identifiers.js';
import type { SoftwareUpdate } from '../site/software-update.js';
import type { SupersedenceRelation } from '../site/supersedence.js';

/** For each update, those that supersede it for certain. */
export type NewerUpdates = ReadonlyMap<CiId, readonly SoftwareUpdate[]>;

/**
 * For each update that one of `covering` makes unneeded: that one, the newest where there are several. `known` are all
 * updates that a chain can lead across, whether they are wanted and usable or not.
 */
export function supersededBy(
  known: Iterable<SoftwareUpdate>,
  covering: ReadonlySet<CiId>,
  relations: readonly SupersedenceRelation[],
): ReadonlyMap<CiId, SoftwareUpdate> {
  const updates = [...known];
  const newerOf = newerOfEach(updates, relations);
  const found = new Map<CiId, SoftwareUpdate>();
  for (const update of newestFirst(updates)) {
    const [cover, ...others] = (newerOf.get(update.ciId) ?? []).flatMap((newer) => {
      // What makes the newer one unneeded makes this one unneeded too.
      const own = covering.has(newer.ciId) ? newer : undefined;
      return found.get(newer.ciId) ?? own ?? [];
    });
    if (cover !== undefined) found.set(update.ciId, others.reduce(newerOfTwo, cover));
  }
  return found;
}

/** The order in which the site gives its rows must not decide which update is named. */
function newerOfTwo(one: SoftwareUpdate, other: SoftwareUpdate): SoftwareUpdate {
  const isNewer = (other.datePosted ?? 0) - (one.datePosted ?? 0) || other.ciId - one.ciId;
  return isNewer > 0 ? other : one;
}

/** These updates, and all that a chain leads to from them. */
export function newerThanAnyOf(from: Iterable<CiId>, newerOf: NewerUpdates): ReadonlySet<CiId> {
  const reached = new Set(from);
  // A set hands out what is added to it on the way.
  for (const ciId of reached) for (const newer of newerOf.get(ciId) ?? []) reached.add(newer.ciId);
  return reached;
}

export function newerOfEach(
  known: Iterable<SoftwareUpdate>,
  relations: readonly SupersedenceRelation[],
): NewerUpdates {
  const byId = new Map([...known].map((update) => [update.ciId, update]));
  const newerOf = new Map<CiId, SoftwareUpdate[]>();
  for (const { from, to } of relations) {
    const directed = olderAndNewer(byId.get(from), byId.get(to));
    if (directed === undefined) continue;
    const others = newerOf.get(directed.older.ciId);
    if (others === undefined) newerOf.set(directed.older.ciId, [directed.newer]);
    else others.push(directed.newer);
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
  if (one?.datePosted === undefined || other?.datePosted === undefined) return undefined;
  const [older, newer] = isOlder(one, other) ? [one, other] : [other, one];
  return isOlder(older, newer) ? { older, newer } : undefined;
}

function isOlder(one: SoftwareUpdate, other: SoftwareUpdate): boolean {
  if (!one.isSuperseded || one.datePosted === undefined || other.datePosted === undefined) return false;
  return other.isSuperseded ? one.datePosted < other.datePosted : one.datePosted <= other.datePosted;
}

/**
 * Every update after those that could be covered in its place. Of two of one date the newer one is not superseded, so
 * that nothing covers it, and their order does not matter.
 */
function newestFirst(updates: readonly SoftwareUpdate[]): readonly SoftwareUpdate[] {
  return [...updates].sort((one, other) => (other.datePosted ?? 0) - (one.datePosted ?? 0));
}
