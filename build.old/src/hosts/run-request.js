import { randomBytes } from 'node:crypto';
import { systemClock } from '../provider/clock.js';
import { serviceImages } from '../verbs/service/service-images.js';
import { PATIENCE_OF_A_PERSON, USUAL_PATIENCE } from '../plan/site-access.js';
import { openConnection } from './open-connection.js';
import { reachDirectly } from './run-step.js';
/** Opens the connection, runs the workflow and tidies up. Throws what the workflow throws. */
export async function runRequest(request, context) {
    const { environment, listenForCancel, endedBy, tell, reach = reachDirectly } = context;
    const { requested, timeIsUp } = listenForCancel();
    const { connection, stop } = await reach(request.connection);
    try {
        const provider = openConnection(connection, {
            environment,
            clock: systemClock,
            random: Math.random,
            onRetry: (notice) => {
                tell({ kind: 'retry', notice });
            },
        });
        try {
            const site = {
                provider,
                clock: systemClock,
                patience: endedBy === 'pipeline' ? USUAL_PATIENCE : PATIENCE_OF_A_PERSON,
                cancelled: requested,
                timeIsUp,
                tell,
            };
            return await serviceImages(site, request.servicing, randomBytes(6).toString('hex'));
        }
        finally {
            await tidyUp(async () => provider.close(), requested, tell);
        }
    }
    finally {
        await tidyUp(stop, requested, tell);
    }
}
/** A cancelled step is killed soon, and its result comes before its temporary folder, which goes with the process. */
const LONGEST_TIDYING_MILLISECONDS = 500;
/** What cannot be tidied up is told; it does not change how the run ended. */
async function tidyUp(tidy, cancelled, tell) {
    const enough = new AbortController();
    try {
        const limit = cancelled.aborted ? systemClock.sleep(LONGEST_TIDYING_MILLISECONDS, enough.signal) : NEVER;
        await Promise.race([tidy(), limit]);
    }
    catch (error) {
        tell({ kind: 'not-tidied-up', why: error instanceof Error ? error.message : String(error) });
    }
    finally {
        enough.abort();
    }
}
const NEVER = new Promise(() => undefined);
//# sourceMappingURL=run-request.js.map