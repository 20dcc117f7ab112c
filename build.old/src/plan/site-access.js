import { DiagnosedError } from '../diagnosis/diagnosis.js';
/**
 * A pipeline's host sends SIGINT, 7.5 seconds later SIGTERM, and kills 2.5 seconds after that. The undo ends before the
 * second signal, so that the error, the outputs, the report and the summary are out before the kill.
 */
export const USUAL_PATIENCE = {
    longestInvisibleMilliseconds: 12_000,
    firstLookMilliseconds: 2_500,
    undoAfterCancelMilliseconds: 6_500,
};
/** At a shell nobody ends the process, so its undo waits for whatever has to be waited for. */
export const PATIENCE_OF_A_PERSON = {
    ...USUAL_PATIENCE,
    undoAfterCancelMilliseconds: Infinity,
};
/** Reads all at once. Throws the diagnosis of the first that was not answered. */
export async function readAll(site, batch) {
    const outcomes = await attempt(site, batch);
    // Each result was made for the operation at its place.
    return outcomes.map(requireDone);
}
/** Reads all parts in one batch. Throws the diagnosis of the first that was not answered. */
export async function readParts(site, parts) {
    const outcomes = await attemptParts(site, parts);
    const results = Object.fromEntries(Object.entries(outcomes).map(([name, part]) => [
        name,
        part.map(requireDone),
    ]));
    return results;
}
/** Sends a batch of which every answer is looked at. */
export async function attempt({ provider, cancelled }, batch, order = 'unordered') {
    return provider.run(batch, order, cancelled);
}
/** Sends all parts in one batch, of which every answer is looked at. */
export async function attemptParts(site, parts) {
    const outcomes = await attempt(site, Object.values(parts).flat());
    let from = 0;
    const byName = Object.fromEntries(Object.entries(parts).map(([name, part]) => {
        const own = outcomes.slice(from, from + part.length);
        from += part.length;
        return [name, own];
    }));
    return byName;
}
export function requireDone(outcome) {
    if (outcome.state === 'done')
        return outcome.result;
    throw new DiagnosedError(diagnosisOf(outcome.diagnosis));
}
/** The result, or undefined where the site did not give it. Throws for one that it gave and that cannot be read. */
export function resultIfShown(outcome) {
    if (outcome.state === 'unreadable')
        return requireDone(outcome);
    return outcome.state === 'done' ? outcome.result : undefined;
}
export function diagnosisOf(diagnosis) {
    return (diagnosis ?? {
        code: 'OS305',
        what: 'An operation was not attempted.',
        cause: 'An earlier one of the same sequence failed.',
        next: 'Mend the earlier failure and run the step again.',
    });
}
/** Ends the run between two steps once it was cancelled. */
export function stopIfCancelled({ cancelled }) {
    if (cancelled.aborted)
        throw new DiagnosedError(CANCELLED);
}
export const CANCELLED = {
    code: 'OS501',
    what: 'The run was cancelled.',
    cause: 'The pipeline or a person ended the step.',
    next: 'Run the step again when wanted.',
};
//# sourceMappingURL=site-access.js.map