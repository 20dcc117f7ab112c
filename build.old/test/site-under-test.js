import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AdminServiceConnection } from '../src/provider/admin-service/admin-service-connection.js';
import { environmentForCurl, findCurl } from '../src/provider/admin-service/curl-executable.js';
import { serviceAddress } from '../src/provider/admin-service/service-address.js';
import { systemClock } from '../src/provider/clock.js';
import { makePrivateFolder } from '../src/provider/private-folder.js';
import { WmiConnection } from '../src/provider/wmi/wmi-connection.js';
import { describeDefaultSite, startSimulator, } from '../src/simulator/index.js';
import { environmentOfTest, POWERSHELLS, SCRIPT, WITHOUT_POWERSHELL } from './simulated-wmi/powershells.js';
import { startSimulatedWmi, } from './simulated-wmi/simulated-wmi.js';
export const TOKEN = 'a-token-of-the-tests-0123456789';
/** Both connections, each with the reason why its tests are skipped here: `for (const { connection, skip } of CONNECTIONS)`. */
export const CONNECTIONS = [
    { connection: 'admin-service', skip: false },
    { connection: 'wmi', skip: WITHOUT_POWERSHELL },
];
/** Made once: the generator is fast, but thousands of tests ask for it. */
export const SMALL_SITE = describeDefaultSite({ updates: 400 });
/** Times are short here, and the client's are in proportion to the simulator's as the real ones are. */
const PATIENCE = {
    firstLookMilliseconds: 20,
    longestInvisibleMilliseconds: 250,
    undoAfterCancelMilliseconds: 6_500,
};
export async function siteUnderTest(
/** Of a test; or whatever else knows when the site is not needed any more. */
context, options = {}) {
    const served = await startSimulator({
        description: SMALL_SITE,
        token: TOKEN,
        invisibleMilliseconds: 0,
        ...options.simulator,
    });
    const wmi = options.connection === 'wmi'
        ? await startSimulatedWmi(served, { faults: options.simulator?.faults ?? [], ...options.wmi })
        : undefined;
    const simulator = wmi === undefined ? served : { ...served, requests: wmi.requests };
    const folder = makePrivateFolder(process.env);
    const retries = [];
    const progress = [];
    const common = {
        folder,
        retry: { attempts: 3, firstDelayMilliseconds: 10, longestDelayMilliseconds: 40 },
        clock: systemClock,
        random: () => 0.5,
        onRetry: (notice) => retries.push(notice),
    };
    const connect = (to, address = serviceAddress(served.tokenBaseUrl, 'token')) => wmi === undefined
        ? adminServiceConnection(served, options, to, address)
        : wmiConnection(wmi, options, to);
    const provider = connect(common);
    const opened = [provider];
    context.after(async () => {
        for (const each of opened)
            await each.close();
        await wmi?.stop();
        await served.stop();
    });
    return {
        simulator,
        wmi,
        provider,
        retries,
        progress,
        folder: folder.path,
        access: (cancelled = new AbortController().signal, timeIsUp = new AbortController().signal) => ({
            provider,
            clock: systemClock,
            patience: { ...PATIENCE, ...options.patience },
            cancelled,
            timeIsUp,
            tell: (step) => progress.push(step),
        }),
        connectAgain: (address) => {
            const another = connect({ ...common, folder: makePrivateFolder(process.env) }, address);
            opened.push(another);
            return another;
        },
    };
}
function adminServiceConnection(served, { settings }, common, address) {
    const caCertificate = join(common.folder.path, 'ca.pem');
    writeFileSync(caCertificate, served.certificatePem);
    const curlExecutable = findCurl(process.env);
    if (curlExecutable === undefined || address === undefined)
        throw new Error('These tests need curl.');
    return new AdminServiceConnection({
        ...common,
        address,
        curlExecutable,
        environment: environmentForCurl(process.env),
        settings: {
            login: { kind: 'token', token: TOKEN },
            caCertificate,
            connectSeconds: 5,
            answerSeconds: 10,
            answerBytes: 32 * 1024 * 1024,
            parallel: 8,
            platform: process.platform,
            ...settings,
        },
    });
}
function wmiConnection(wmi, { settings: ofBoth, wmiConnection: settings }, common) {
    const executable = settings?.executable ?? POWERSHELLS[0];
    if (executable === undefined)
        throw new Error('These tests need PowerShell: skip them without it.');
    return new WmiConnection({
        ...common,
        executable,
        scriptPath: settings?.scriptPath ?? SCRIPT,
        environment: { ...environmentOfTest(executable, wmi.environment), ...settings?.environment },
        place: {
            computer: undefined,
            protocol: 'auto',
            siteCode: undefined,
            credential: undefined,
            ...settings?.place,
        },
        limits: {
            operationSeconds: ofBoth?.answerSeconds ?? 10,
            startSeconds: 30,
            outputBytes: ofBoth?.answerBytes ?? 32 * 1024 * 1024,
            ...settings?.limits,
        },
    });
}
//# sourceMappingURL=site-under-test.js.map