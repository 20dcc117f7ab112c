const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'];
/** Windows ends a process some ten seconds after its console was closed, whatever the process does. */
const AFTER_CLOSED_CONSOLE_MILLISECONDS = 4_000;
/** A command in a step of a pipeline is ended as the step is. */
export function endedBy(environment) {
    const isTrue = (name) => environment[name]?.toLowerCase() === 'true';
    return isTrue('GITHUB_ACTIONS') || isTrue('TF_BUILD') ? 'pipeline' : 'person';
}
/**
 * The first signal lets the run end in order. `onFirst` hears of it before anything else happens. A second one says that
 * the time is up: the run stops where it is and tells what it knows. Only a third ends the process without a word.
 */
export function cancelOnSignal(by, onFirst = () => undefined) {
    const requested = new AbortController();
    const timeIsUp = new AbortController();
    let isByKey = false;
    const onSignal = (signal) => {
        if (!requested.signal.aborted) {
            isByKey = signal === 'SIGINT' || signal === 'SIGBREAK';
            onFirst(signal);
            requested.abort();
            if (by === 'person' && signal === 'SIGHUP' && process.platform === 'win32') {
                setTimeout(() => {
                    timeIsUp.abort();
                }, AFTER_CLOSED_CONSOLE_MILLISECONDS).unref();
            }
        }
        else if (!saysThatTimeIsUp(by, signal))
            return;
        else if (!timeIsUp.signal.aborted)
            timeIsUp.abort();
        // The exit handlers still end children and remove temporary folders.
        else if (by === 'person')
            process.exit(isByKey ? EXIT_BY_KEY : 1);
    };
    for (const signal of SIGNALS) {
        process.on(signal, () => {
            onSignal(signal);
        });
    }
    return { requested: requested.signal, timeIsUp: timeIsUp.signal, byKey: () => isByKey };
}
/** As a shell has it for a command that Ctrl+C ended: 128 and the number of SIGINT. */
export const EXIT_BY_KEY = 130;
/**
 * A host sends SIGINT first and SIGTERM, on Windows Ctrl+Break, when it is about to kill; a second SIGINT is only the
 * same one on another way, as where a runner and its step share a terminal. A person asks again by any of them. A
 * terminal that is closed asks for nothing more than the end in order, which has begun.
 */
function saysThatTimeIsUp(by, signal) {
    switch (signal) {
        case 'SIGTERM':
        case 'SIGBREAK':
            return true;
        case 'SIGINT':
            return by === 'person';
        case 'SIGHUP':
            return false;
    }
}
//# sourceMappingURL=cancel-on-signal.js.map