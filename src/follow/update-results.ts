import type { CiId, PackageId } from '../site/identifiers.js';
import type { UpdateResult } from '../site/update-result.js';
import { servicingCode, type ServicingCode } from './servicing-codes.js';

/** What a run made of one update in one operating system of an image. */
export type UpdateVerdict =
  | { readonly kind: 'installed'; readonly appliedDate: number | undefined }
  | { readonly kind: 'not-required' }
  | {
      readonly kind: 'failed';
      /** Undefined where the site holds none, as for an update of a form that is passed over. */
      readonly code: ServicingCode | undefined;
      readonly reason: 'not-applied' | 'check-not-supported' | 'status-unknown';
    }
  /** The site holds nothing new. `held`: what it has held since before the run; undefined for no row at all. */
  | { readonly kind: 'not-reported'; readonly held: HeldVerdict | undefined };

/** What a row says by itself, whichever run wrote it. */
export type HeldVerdict = Exclude<UpdateVerdict, { readonly kind: 'not-reported' }>;

/** One update on one index of one image. */
export interface JudgedUpdate {
  readonly packageId: PackageId;
  readonly updateId: CiId;
  readonly imageIndex: number;
  readonly verdict: UpdateVerdict;
}

/** What was scheduled for an image. */
export interface ServicedImage {
  readonly packageId: PackageId;
  /** The numbers of its operating systems; undefined where nobody knows them: then those that have rows count. */
  readonly indexes: ReadonlySet<number> | undefined;
  readonly updateIds: readonly CiId[];
}

/**
 * What tells a row of this run from one of an earlier run. `reading`: the rows from before the first write. `run-date`:
 * there is no such reading, as for a schedule of somebody else; then only the date of an installed update tells.
 */
export type Baseline =
  | { readonly kind: 'reading'; readonly rows: readonly UpdateResult[] }
  | { readonly kind: 'run-date'; readonly startedAt: number | undefined };

/** Judges every update on every index of one image, by CI_ID and index in the given order. */
export function judgeUpdates(
  { packageId, indexes, updateIds }: ServicedImage,
  rows: readonly UpdateResult[],
  baseline: Baseline,
): readonly JudgedUpdate[] {
  const own = rows.filter((row) => row.packageId === packageId);
  const before = baseline.kind === 'reading' ? baseline.rows : [];
  const seen = new Map(own.map((row) => [keyOf(row), row]));
  const earlier = new Map(
    before.filter((row) => row.packageId === packageId).map((row) => [keyOf(row), row]),
  );
  const every = ascending([...(indexes ?? []), ...own.map(({ imageIndex }) => imageIndex)]);
  // An image of unknown indexes without rows has one operating system at least.
  const places = every.length === 0 ? [1] : every;
  return [...new Set(updateIds)].flatMap((updateId) =>
    places.map((imageIndex) => {
      const key = keyOf({ updateId, imageIndex });
      return {
        packageId,
        updateId,
        imageIndex,
        verdict: verdictOf(seen.get(key), earlier.get(key), baseline),
      };
    }),
  );
}

function verdictOf(
  row: UpdateResult | undefined,
  before: UpdateResult | undefined,
  baseline: Baseline,
): UpdateVerdict {
  if (row === undefined) return { kind: 'not-reported', held: undefined };
  const held = heldBy(row);
  return isOfThisRun(row, before, baseline) ? held : { kind: 'not-reported', held };
}

function isOfThisRun(row: UpdateResult, before: UpdateResult | undefined, baseline: Baseline): boolean {
  switch (baseline.kind) {
    case 'reading':
      return before === undefined || !isSameResult(row, before);
    case 'run-date': {
      const { startedAt } = baseline;
      // A row without a date proves nothing against itself.
      return startedAt === undefined || row.appliedDate === undefined || row.appliedDate >= startedAt;
    }
  }
}

function isSameResult(one: UpdateResult, other: UpdateResult): boolean {
  return (
    one.status === other.status && one.errorCode === other.errorCode && one.appliedDate === other.appliedDate
  );
}

function heldBy({ status, errorCode, appliedDate }: UpdateResult): HeldVerdict {
  const code = servicingCode(errorCode);
  switch (status) {
    case 'installed':
    case 'installedCheckNotSupported':
      return { kind: 'installed', appliedDate };
    case 'notRequired':
      return { kind: 'not-required' };
    case 'applicable':
      return { kind: 'failed', code, reason: 'not-applied' };
    case 'checkNotSupported':
      return { kind: 'failed', code, reason: 'check-not-supported' };
    case 'unknown':
    case 'undocumented':
      return { kind: 'failed', code, reason: 'status-unknown' };
  }
}

/**
 * Whether nothing is amiss with an update on an index: it is installed or not required there, since this run or before.
 * A site that finds what it held before writes the same row again, so such a row must not count as a failure.
 */
export function isSettled(verdict: UpdateVerdict): boolean {
  const held = verdict.kind === 'not-reported' ? verdict.held : verdict;
  return held?.kind === 'installed' || held?.kind === 'not-required';
}

/** What an image got, and whether all that was scheduled for it is settled. */
export interface ImageResults {
  /** Each update once: installed by this run on one index at least. */
  readonly installed: readonly CiId[];
  /** Each update once: neither installed nor not required on one index at least. */
  readonly notSettled: readonly CiId[];
  readonly isComplete: boolean;
}

export function imageResults(judged: readonly JudgedUpdate[]): ImageResults {
  const idsOf = (isMeant: (verdict: UpdateVerdict) => boolean): readonly CiId[] => [
    ...new Set(judged.filter(({ verdict }) => isMeant(verdict)).map(({ updateId }) => updateId)),
  ];
  const notSettled = idsOf((verdict) => !isSettled(verdict));
  return {
    installed: idsOf(({ kind }) => kind === 'installed'),
    notSettled,
    isComplete: notSettled.length === 0,
  };
}

/** `installed`; `failed with 0x800f081e (CBS_E_NOT_APPLICABLE): …`; `not reported in this run`. */
export function verdictText(verdict: UpdateVerdict): string {
  switch (verdict.kind) {
    case 'installed':
      return 'installed';
    case 'not-required':
      return 'not required';
    case 'failed':
      return failureText(verdict);
    case 'not-reported':
      return verdict.held === undefined
        ? 'not reported in this run'
        : `not reported in this run; before it: ${verdictText(verdict.held)}`;
  }
}

function failureText({ code, reason }: Extract<UpdateVerdict, { readonly kind: 'failed' }>): string {
  switch (reason) {
    case 'not-applied':
      return code === undefined ? 'not applied; the site tells no code' : `failed with ${code.text}`;
    case 'check-not-supported':
      return withCode('not applied: the site cannot check whether the update applies', code);
    case 'status-unknown':
      return withCode('the site does not know the status', code);
  }
}

function withCode(words: string, code: ServicingCode | undefined): string {
  return code === undefined ? words : `${words}; ${code.text}`;
}

function ascending(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((one, other) => one - other);
}

function keyOf({ updateId, imageIndex }: Pick<UpdateResult, 'updateId' | 'imageIndex'>): string {
  return `${updateId} ${imageIndex}`;
}
