import type { ImageIndexes } from './image-indexes.js';
import { highestVersion, type OsVersion, type VersionOnIndex } from './os-version.js';

/** The OS versions of an image, as far as the site tells them. */
export interface ImageVersions {
  /** For every index that is known, ascending; undefined where its version cannot be read. */
  readonly byIndex: ReadonlyMap<number, OsVersion | undefined>;
  /** Those that the site gives without a usable index, or for the package as a whole. */
  readonly withoutIndex: readonly OsVersion[];
  readonly unread: UnreadVersions;
}

/** Where an operating system might be in the image whose version nobody knows. */
export type UnreadVersions =
  | { readonly kind: 'none' }
  | { readonly kind: 'on-indexes'; readonly indexes: readonly number[] }
  /** The image has no readable list of its indexes. */
  | { readonly kind: 'indexes-unknown' };

/**
 * Puts together what the sources say. They can contradict each other (an index and its package, a file that was
 * replaced), and the highest version counts then: it is the one that might be impossible to service.
 */
export function imageVersions(
  indexes: ImageIndexes | undefined,
  statements: readonly VersionOnIndex[],
  ofPackage: OsVersion | undefined,
): ImageVersions {
  const known = [...new Set([...(indexes ?? []), ...statements.flatMap(({ index }) => index ?? [])])].sort(
    (one, other) => one - other,
  );
  const versionsAt = byPlace(statements);
  const unplaced = versionsAt.get(undefined) ?? [];
  const withoutIndex = [...unplaced, ...(ofPackage === undefined ? [] : [ofPackage])];
  const byIndex = new Map(
    known.map((index) => {
      const own = versionsAt.get(index) ?? [];
      // With one operating system only, the version of the package is its version.
      return [index, highestVersion(own.length === 0 && known.length === 1 ? withoutIndex : own)];
    }),
  );
  return { byIndex, withoutIndex, unread: unreadVersions(indexes, byIndex, unplaced.length) };
}

function unreadVersions(
  indexes: ImageIndexes | undefined,
  byIndex: ImageVersions['byIndex'],
  unplaced: number,
): UnreadVersions {
  if (indexes === undefined) return { kind: 'indexes-unknown' };
  const unread = [...byIndex].filter(([, version]) => version === undefined).map(([index]) => index);
  // As many versions without an index as there are indexes: each of them has one, whichever it is.
  if (unread.length === 0 || unplaced >= byIndex.size) return { kind: 'none' };
  return { kind: 'on-indexes', indexes: unread };
}

function byPlace(statements: readonly VersionOnIndex[]): ReadonlyMap<number | undefined, OsVersion[]> {
  const versions = new Map<number | undefined, OsVersion[]>();
  for (const { index, version } of statements) {
    if (version === undefined) continue;
    const sofar = versions.get(index);
    if (sofar === undefined) versions.set(index, [version]);
    else sofar.push(version);
  }
  return versions;
}

/** Each once, by its index where that is known. */
export function allVersionsOf({ byIndex, withoutIndex }: ImageVersions): readonly OsVersion[] {
  const all = [...[...byIndex.values()].flatMap((version) => version ?? []), ...withoutIndex];
  return [...new Map(all.map((version) => [version.text, version])).values()];
}

/** `10.0.20348.587 (index 1, 2); 10.0.22631.2428 (index 3)`; empty where none is meant. */
export function tellVersions(
  { byIndex, withoutIndex }: ImageVersions,
  isMeant: (version: OsVersion) => boolean = () => true,
): string {
  const indexes = new Map<string, number[]>();
  for (const [index, version] of byIndex) {
    if (version === undefined || !isMeant(version)) continue;
    const sofar = indexes.get(version.text);
    if (sofar === undefined) indexes.set(version.text, [index]);
    else sofar.push(index);
  }
  for (const version of withoutIndex.filter(isMeant))
    if (!indexes.has(version.text)) indexes.set(version.text, []);
  return [...indexes]
    .map(([text, own]) => (own.length === 0 ? text : `${text} (index ${tellIndexes(own)})`))
    .join('; ');
}

/** A file with more than these is made to be read by nobody. */
const MOST_INDEXES_TOLD = 20;

export function tellIndexes(indexes: readonly number[]): string {
  const more = indexes.length - MOST_INDEXES_TOLD;
  return indexes.slice(0, MOST_INDEXES_TOLD).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
