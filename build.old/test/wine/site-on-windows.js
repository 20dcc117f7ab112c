import { mkdirSync, writeFileSync } from 'node:fs';
import { startSimulator } from '../../src/simulator/index.js';
import { SITE_WITH_SMALL_GROUP } from '../servicing/site-afterwards.js';
import { POWERSHELLS } from '../simulated-wmi/powershells.js';
import { startSimulatedWmi } from '../simulated-wmi/simulated-wmi.js';
import { TOKEN } from '../site-under-test.js';
import { curlOfThisSystem, powerShellOfThisSystem } from './players.js';
/** A name that no code page of Windows has all characters of. */
export const IMAGE_NAME = 'Büro – 日本 ✓';
const DESCRIPTION = {
    ...SITE_WITH_SMALL_GROUP,
    images: SITE_WITH_SMALL_GROUP.images.map((image) => image.packageId === 'LAB00010' ? { ...image, name: IMAGE_NAME } : image),
};
const WORK = { image: IMAGE_NAME, 'update-group': 'Small', 'site-code': 'LAB' };
const CERTIFICATE = "C:\\files of a site\\the site's certificate.pem";
export async function siteOverAdminService(context, windows, options = {}) {
    const simulator = await startSite(context, options);
    mkdirSync(windows.pathHere('C:\\files of a site'), { recursive: true });
    writeFileSync(windows.pathHere(CERTIFICATE), simulator.certificatePem);
    windows.stage.play(curlOfThisSystem(windows));
    return {
        simulator,
        inputs: {
            ...WORK,
            connection: 'admin-service',
            authentication: 'token',
            token: TOKEN,
            'sms-provider': simulator.tokenBaseUrl,
            'ca-certificate': CERTIFICATE,
        },
    };
}
/** The SMS Provider on that Windows itself. */
export async function siteOverWmi(context, windows, options = {}) {
    const simulator = await startSite(context);
    const wmi = await startSimulatedWmi(simulator, options);
    context.after(async () => wmi.stop());
    const [powerShell] = POWERSHELLS;
    if (powerShell === undefined)
        throw new Error('These tests need PowerShell: skip them without it.');
    windows.stage.play(powerShellOfThisSystem(windows, powerShell, wmi));
    return { simulator: { ...simulator, requests: wmi.requests }, inputs: WORK };
}
async function startSite(context, options = {}) {
    const simulator = await startSimulator({
        description: DESCRIPTION,
        token: TOKEN,
        invisibleMilliseconds: 0,
        ...options,
    });
    context.after(async () => simulator.stop());
    return simulator;
}
//# sourceMappingURL=site-on-windows.js.map