import { DiagnosedError, type Diagnosis } from '../diagnosis/diagnosis.js';
import type { Clock } from '../provider/clock.js';
import type { Operation, Outcome, Outcomes, ResultOf, SmsProvider } from '../provider/port.js';
import type { Tell } from './progress.js';

/** How long things take at a site before their absence means something. */
export interface SitePatience {
  /** How long a new object may stay invisible to a query: 2 to 10 seconds were seen. */
  readonly longestInvisibleMilliseconds: number;
  /** When a first look at new objects is worth its while. */
  readonly firstLookMilliseconds: number;
  /**
   * How long an undo may take at most once the run was cancelled, counted from the cancel; Infinity where nobody ends the
   * process. One that has much to undo gets less, because its result also takes longer to publish (`timeToUndo`).
   */
  readonly undoAfterCancelMilliseconds: number;
}

/**
 * A pipeline's host sends SIGINT, 7.5 seconds later SIGTERM, and kills 2.5 seconds after that. The undo ends before the
 * second signal, so that the error, the outputs, the report and the summary are out before the kill.
 */
export const USUAL_PATIENCE: SitePatience = {
  longestInvisibleMilliseconds: 12_000,
  firstLookMilliseconds: 2_500,
  undoAfterCancelMilliseconds: 6_500,
};

/** At a shell nobody ends the process, so its undo waits for whatever has to be waited for. */
export const PATIENCE_OF_A_PERSON: SitePatience = {
  ...USUAL_PATIENCE,
  undoAfterCancelMilliseconds: Infinity,
};

/** Everything that the workflow acts through. */
export interface SiteAccess {
  readonly provider: SmsProvider;
  readonly clock: Clock;
  readonly patience: SitePatience;
  /** The run should end in order: it stops writing and takes back what it wrote. */
  readonly cancelled: AbortSignal;
  /** Whoever ends the run waits no longer: even an undo stops at once, and what is known by then is told. */
  readonly timeIsUp: AbortSignal;
  readonly tell: Tell;
}

/** All that a batch is sent through. */
export type SiteReach = Pick<SiteAccess, 'provider' | 'cancelled'>;

/** Operations of one batch under names of the caller's own, so that their answers are found by these again. */
type Parts = Readonly<Record<string, readonly Operation[]>>;

type PartOutcomes<Of extends Parts> = { readonly [Name in keyof Of]: Outcomes<Of[Name]> };

type Results<Batch extends readonly Operation[]> = {
  readonly [Index in keyof Batch]: ResultOf<Batch[Index]>;
};

type PartResults<Of extends Parts> = { readonly [Name in keyof Of]: Results<Of[Name]> };

/** Reads all at once. Throws the diagnosis of the first that was not answered. */
export async function readAll<const Batch extends readonly Operation[]>(
  site: SiteReach,
  batch: Batch,
): Promise<Results<Batch>> {
  const outcomes: readonly Outcome<unknown>[] = await attempt(site, batch);
  // Each result was made for the operation at its place.
  return outcomes.map(requireDone) as Results<Batch>;
}

/** Reads all parts in one batch. Throws the diagnosis of the first that was not answered. */
export async function readParts<const Of extends Parts>(
  site: SiteReach,
  parts: Of,
): Promise<PartResults<Of>> {
  const outcomes = await attemptParts(site, parts);
  const results: Record<string, unknown> = Object.fromEntries(
    Object.entries<readonly Outcome<unknown>[]>(outcomes).map(([name, part]) => [
      name,
      part.map(requireDone),
    ]),
  );
  return results as PartResults<Of>;
}

/** Sends a batch of which every answer is looked at. */
export async function attempt<const Batch extends readonly Operation[]>(
  { provider, cancelled }: SiteReach,
  batch: Batch,
  order: 'unordered' | 'in-order' = 'unordered',
): Promise<Outcomes<Batch>> {
  return provider.run(batch, order, cancelled);
}

/** Sends all parts in one batch, of which every answer is looked at. */
export async function attemptParts<const Of extends Parts>(
  site: SiteReach,
  parts: Of,
): Promise<PartOutcomes<Of>> {
  const outcomes: readonly Outcome<unknown>[] = await attempt(site, Object.values(parts).flat());
  let from = 0;
  const byName: Record<string, unknown> = Object.fromEntries(
    Object.entries(parts).map(([name, part]) => {
      const own = outcomes.slice(from, from + part.length);
      from += part.length;
      return [name, own];
    }),
  );
  return byName as PartOutcomes<Of>;
}

export function requireDone<Result>(outcome: Outcome<Result>): Result {
  if (outcome.state === 'done') return outcome.result;
  throw new DiagnosedError(diagnosisOf(outcome.diagnosis));
}

/** The result, or undefined where the site did not give it. Throws for one that it gave and that cannot be read. */
export function resultIfShown<Result>(outcome: Outcome<Result>): Result | undefined {
  if (outcome.state === 'unreadable') return requireDone(outcome);
  return outcome.state === 'done' ? outcome.result : undefined;
}

export function diagnosisOf(diagnosis: Diagnosis | undefined): Diagnosis {
  return (
    diagnosis ?? {
      code: 'OS305',
      what: 'An operation was not attempted.',
      cause: 'An earlier one of the same sequence failed.',
      next: 'Mend the earlier failure and run the step again.',
    }
  );
}

/** Ends the run between two steps once it was cancelled. */
export function stopIfCancelled({ cancelled }: Pick<SiteAccess, 'cancelled'>): void {
  if (cancelled.aborted) throw new DiagnosedError(CANCELLED);
}

export const CANCELLED: Diagnosis = {
  code: 'OS501',
  what: 'The run was cancelled.',
  cause: 'The pipeline or a person ended the step.',
  next: 'Run the step again when wanted.',
};
