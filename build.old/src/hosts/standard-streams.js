/** The reason of a signal by which nobody cancelled the run. */
export const LINES_ARE_LOST = Symbol('lines are lost');
/**
 * A run whose lines are lost (a full disk) stops as long as it has only read. One that has begun to write goes on to its
 * end: an undo is not what its user asked for. A reader that went away (`… | head`) stops nothing: it has seen what it
 * wanted to see.
 */
export function stopWhenLinesAreLost(cancelled, state) {
    const stopped = new AbortController();
    for (const stream of [process.stdout, process.stderr]) {
        // Without a listener such an error ends the process where it is.
        stream.on('error', (error) => {
            if (!isReaderGone(error) && !state.hasBegunToWrite)
                stopped.abort(LINES_ARE_LOST);
        });
    }
    return AbortSignal.any([cancelled, stopped.signal]);
}
/** Once a stream has failed, Node destroys it and refuses what comes next. */
export function isReaderGone({ code }) {
    return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
}
//# sourceMappingURL=standard-streams.js.map