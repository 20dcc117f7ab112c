import type { NonEmpty } from '../collections/non-empty.js';
import type { DiagnosisCode, InputCode } from './codes.js';

/**
 * One thing that went wrong, told to the person who has to mend it.
 * Every text may hold words of the site or of the user: a host neutralises it before printing.
 */
export interface Diagnosis {
  /** Stable; docs/troubleshooting.md is indexed by it. */
  readonly code: DiagnosisCode;
  /** What failed: the verb, the object, the site's own words. */
  readonly what: string;
  /** The probable cause. Empty for a wrong input: `what` says all that there is to say. */
  readonly cause: string;
  /** The next step. */
  readonly next: string;
  /** What the run failed with before its undo began: the code of the undo alone would hide it. */
  readonly because?: Diagnosis;
  /** Where a defect was thrown; for debug output. */
  readonly stack?: string;
  /** What removes by hand what may be left at the site: lines that run as they are, and where they run. */
  readonly commands?: readonly DiagnosisCommands[];
}

/** Lines that do the same as those of another place in the same list: one of the places is enough. */
export interface DiagnosisCommands {
  readonly where: string;
  readonly lines: readonly string[];
}

/** What is wrong with an input, and what to write instead: together one line. */
export function wrongInput(code: InputCode, what: string, next: string): Diagnosis {
  return { code, what, cause: '', next };
}

/** Ends a run with one diagnosis or, for wrong inputs, with all of them at once. */
export class DiagnosedError extends Error {
  override readonly name = 'DiagnosedError';
  readonly diagnoses: NonEmpty<Diagnosis>;

  constructor(first: Diagnosis, ...others: readonly Diagnosis[]) {
    super([first, ...others].map(({ code, what }) => `${code}: ${what}`).join('\n'));
    this.diagnoses = [first, ...others];
  }

  /** Keeps the error that the diagnoses stand for. */
  causedBy(error: unknown): this {
    this.cause = error;
    return this;
  }
}

/** What a diagnosis came of, the nearest first; empty where it stands for itself. */
export function chainOf(because: Diagnosis | undefined): readonly Diagnosis[] {
  return because === undefined ? [] : [because, ...chainOf(because.because)];
}

/** For an error that nobody foresaw. */
export function defect(error: unknown): Diagnosis {
  return {
    code: 'OS599',
    what: `A defect of this product: ${error instanceof Error ? error.message : String(error)}.`,
    cause: 'A case that nobody thought of.',
    next: 'Report it with the lines that the step printed.',
    ...(error instanceof Error && error.stack !== undefined ? { stack: error.stack } : {}),
  };
}

/** The diagnoses of whatever was thrown. */
export function diagnosesIn(error: unknown): NonEmpty<Diagnosis> {
  return error instanceof DiagnosedError ? error.diagnoses : [defect(error)];
}

/** Whether a run failed only because it was cancelled: by itself, or by an undo that the cancel cut short. */
export function isCancelled(errors: readonly Diagnosis[]): boolean {
  return errors.length > 0 && errors.every((each) => chainOf(each).some(({ code }) => code === 'OS501'));
}
