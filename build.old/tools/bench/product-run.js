import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { openConnection } from '../../src/hosts/open-connection.js';
import { serviceAddress } from '../../src/provider/admin-service/service-address.js';
import { systemClock } from '../../src/provider/clock.js';
import { serviceImages } from '../../src/verbs/service/service-images.js';
import { USUAL_PATIENCE } from '../../src/plan/site-access.js';
import { GROUP, TOKEN } from './bench-site.js';
import { measure } from './cost.js';
const REQUEST = {
    siteCode: undefined,
    siteServer: undefined,
    updateGroups: [GROUP],
    updates: [],
    excludeUpdates: [],
    updateDistributionPoints: true,
    start: { kind: 'now' },
    continueOnUpdateError: false,
    removeSupersededUpdates: false,
    unusableUpdates: 'fail',
    alreadyInstalled: 'skip',
    supersededUpdates: 'skip-if-newer-selected',
    notRequiredUpdates: 'include',
    unsupportedImages: 'fail',
    ifScheduled: 'fail',
    writeOrder: 'draft-first',
    dryRun: false,
};
/** One whole run over the administration service, with the limits and the patience that a user gets. */
export async function runProduct(site) {
    const { clock, waited } = clockThatCounts();
    const provider = openConnection(connectionTo(site), {
        environment: process.env,
        clock,
        random: Math.random,
        onRetry: ({ label, why }) => {
            throw new Error(`Tried again: ${label}, because ${why}`);
        },
    });
    const cancelled = new AbortController().signal;
    const access = {
        provider,
        clock,
        patience: USUAL_PATIENCE,
        cancelled,
        timeIsUp: cancelled,
        tell: () => undefined,
    };
    const children = countChildren();
    try {
        return await measure(site.simulator.requests, async () => {
            const request = { ...REQUEST, images: site.images };
            const { state, images, appliedCiIds } = await serviceImages(access, request, 'benchmark');
            const areScheduled = images.every((image) => image.state === 'scheduled');
            if (!areScheduled || appliedCiIds.length !== site.size.group) {
                throw new Error(`The run ended as ${state} with ${appliedCiIds.length} updates.`);
            }
            return { processes: children.started(), waitedMilliseconds: waited() };
        });
    }
    finally {
        children.stop();
        await provider.close();
    }
}
/** As a user names it. */
function connectionTo({ simulator, caCertificate }) {
    const address = serviceAddress(simulator.tokenBaseUrl, 'token');
    if (address === undefined)
        throw new Error('The simulated site has no address that the product takes.');
    return { kind: 'admin-service', address, login: { kind: 'token', token: TOKEN }, caCertificate };
}
/** Node reports each child process on this channel. */
function countChildren() {
    let started = 0;
    const count = () => {
        started++;
    };
    subscribe('child_process', count);
    return {
        started: () => started,
        stop: () => {
            unsubscribe('child_process', count);
        },
    };
}
function clockThatCounts() {
    let waited = 0;
    return {
        waited: () => waited,
        clock: {
            now: () => systemClock.now(),
            sleep: async (milliseconds, cancelled) => {
                const begun = performance.now();
                await systemClock.sleep(milliseconds, cancelled);
                waited += performance.now() - begun;
            },
        },
    };
}
//# sourceMappingURL=product-run.js.map