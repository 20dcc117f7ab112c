import type { DiagnosisCode } from '../diagnosis/codes.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';

/** Gathers what is wrong with the inputs, so that a person hears of everything at once. */
export class InputErrors {
  readonly #found: Diagnosis[];

  constructor(foundBefore: readonly Diagnosis[]) {
    this.#found = [...foundBefore];
  }

  /** Returns undefined, to be given on in place of the value that there is not. */
  add(code: DiagnosisCode, what: string, cause: string, next: string): undefined {
    this.#found.push({ code, what, cause, next });
    return undefined;
  }

  get all(): readonly Diagnosis[] {
    return this.#found;
  }
}

/** A text of the user, cut so that a pasted file does not fill the log. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
