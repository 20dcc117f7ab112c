import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdminServiceConnection } from '../../src/provider/admin-service/admin-service-connection.js';
import { environmentForCurl, findCurl } from '../../src/provider/admin-service/curl-executable.js';
import { serviceAddress } from '../../src/provider/admin-service/service-address.js';
import { systemClock } from '../../src/provider/clock.js';
import { makePrivateFolder } from '../../src/provider/private-folder.js';
import { startSimulator } from '../../src/simulator/index.js';
import { SITE_WITH_SMALL_GROUP } from '../servicing/site-afterwards.js';
import { startGate } from './kerberos-gate.js';
import { startRealm } from './kerberos-realm.js';
import { PROVIDER_NAME } from './programs.js';
/** `onRequest` is called for each request that the gate let through, before the site answers it. */
export async function siteBehindKerberos(context, onRequest = () => undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'kerberos-'));
    // Apache is another user where root runs the tests.
    chmodSync(folder, 0o711);
    const tokens = [];
    const simulator = await startSimulator({
        description: SITE_WITH_SMALL_GROUP,
        token: 'of no use here',
        invisibleMilliseconds: 0,
        trustNegotiate: (token) => {
            tokens.push(token.toString('base64'));
            onRequest(simulator);
            return true;
        },
    });
    context.after(async () => {
        await simulator.stop();
    });
    const realm = await startRealm(context, join(folder, 'realm'));
    const gate = await startGate(context, join(folder, 'gate'), realm, simulator);
    const caCertificate = join(folder, 'ca.pem');
    writeFileSync(caCertificate, gate.certificatePem);
    context.after(() => {
        rmSync(folder, { recursive: true });
    });
    const addressAt = (host) => `https://${host}:${gate.port}/AdminService`;
    return {
        simulator,
        realm,
        gate,
        tokens,
        caCertificate,
        addressAt,
        environment: (ticketCache) => ({
            KRB5_CONFIG: realm.configuration,
            KRB5CCNAME: `FILE:${ticketCache}`,
        }),
        connect: (environment, host = PROVIDER_NAME) => connectTo(context, { simulator, caCertificate, address: addressAt(host) }, environment),
    };
}
function connectTo(context, target, environment) {
    const address = serviceAddress(target.address, 'integrated');
    const curlExecutable = findCurl(process.env);
    if (curlExecutable === undefined || address === undefined)
        throw new Error('These tests need curl.');
    const folder = makePrivateFolder(process.env);
    const site = { retries: [], progress: [], simulator: target.simulator, folder: folder.path };
    const provider = new AdminServiceConnection({
        address,
        curlExecutable,
        environment: environmentForCurl(environment),
        settings: {
            login: { kind: 'integrated' },
            caCertificate: target.caCertificate,
            connectSeconds: 5,
            answerSeconds: 20,
            answerBytes: 32 * 1024 * 1024,
            parallel: 8,
            platform: process.platform,
        },
        folder,
        retry: { attempts: 3, firstDelayMilliseconds: 10, longestDelayMilliseconds: 40 },
        clock: systemClock,
        random: () => 0.5,
        onRetry: () => undefined,
    });
    context.after(async () => {
        await provider.close();
    });
    return {
        ...site,
        wmi: undefined,
        provider,
        access: (cancelled = new AbortController().signal) => ({
            provider,
            clock: systemClock,
            patience: {
                firstLookMilliseconds: 20,
                longestInvisibleMilliseconds: 250,
                undoAfterCancelMilliseconds: 3_000,
            },
            cancelled,
            timeIsUp: new AbortController().signal,
            tell: () => undefined,
        }),
    };
}
//# sourceMappingURL=site-behind-kerberos.js.map