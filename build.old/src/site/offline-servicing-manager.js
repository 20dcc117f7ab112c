import { PACKAGE_TYPE } from './image-package.js';
import { text, uint32 } from './typed-values.js';
const METHOD = 'RunOfflineServicingManager';
/**
 * Asks the site's component to look at its schedules soon. Upgrade packages have no such method of their own:
 * the one of SMS_ImagePackage is called for both (docs/configmgr.md, "The objects of one servicing run").
 */
export function runOfflineServicingManager(image, siteServer) {
    return {
        verb: 'invoke',
        class: 'SMS_ImagePackage',
        method: METHOD,
        arguments: {
            SiteCode: text(image.sourceSite),
            ServerName: text(siteServer),
            PackageID: text(image.packageId),
            PackageType: uint32(PACKAGE_TYPE[image.class]),
        },
        sinceCurrentBranch: ['PackageType'],
        decode: managerResponseOf,
    };
}
export const describeImagePackage = { verb: 'describe', class: 'SMS_ImagePackage' };
export function managerResponseOf(response) {
    const value = response.get('returnvalue') ?? null;
    return { isAccepted: (value ?? 0) === 0, returnValue: JSON.stringify(value) };
}
//# sourceMappingURL=offline-servicing-manager.js.map