/** What is wrong with an input, and what to write instead: together one line. */
export function wrongInput(code, what, next) {
    return { code, what, cause: '', next };
}
/** Ends a run with one diagnosis or, for wrong inputs, with all of them at once. */
export class DiagnosedError extends Error {
    name = 'DiagnosedError';
    diagnoses;
    constructor(first, ...others) {
        super([first, ...others].map(({ code, what }) => `${code}: ${what}`).join('\n'));
        this.diagnoses = [first, ...others];
    }
    /** Keeps the error that the diagnoses stand for. */
    causedBy(error) {
        this.cause = error;
        return this;
    }
}
/** What a diagnosis came of, the nearest first; empty where it stands for itself. */
export function chainOf(because) {
    return because === undefined ? [] : [because, ...chainOf(because.because)];
}
/** For an error that nobody foresaw. */
export function defect(error) {
    return {
        code: 'OS599',
        what: `A defect of this product: ${error instanceof Error ? error.message : String(error)}.`,
        cause: 'A case that nobody thought of.',
        next: 'Report it with the lines that the step printed.',
        ...(error instanceof Error && error.stack !== undefined ? { stack: error.stack } : {}),
    };
}
//# sourceMappingURL=diagnosis.js.map