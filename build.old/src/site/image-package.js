import { nonEmpty } from '../collections/non-empty.js';
import { packageId, siteCode } from './identifiers.js';
import { wimSystemsOf } from './image-indexes.js';
import { osVersionIn } from './os-version.js';
import { identified, numberOf, optionalTextOf, textOf } from './property-reading.js';
/** The two kinds of package that can be serviced offline (docs/configmgr.md, "Images"). */
export const IMAGE_CLASSES = ['SMS_ImagePackage', 'SMS_OperatingSystemInstallPackage'];
/** As RunOfflineServicingManager wants it. */
export const PACKAGE_TYPE = {
    SMS_ImagePackage: 257,
    SMS_OperatingSystemInstallPackage: 259,
};
export const IMAGE_KIND = {
    SMS_ImagePackage: 'OS image',
    SMS_OperatingSystemInstallPackage: 'OS upgrade package',
};
const LISTED = ['PackageID', 'Name', 'Version', 'PkgSourcePath', 'SourceSite'];
/** Queries for all packages that these names or package IDs can mean, with their lazy properties. */
export function findImages(references) {
    const ids = nonEmpty(references.flatMap((reference) => packageId(reference) ?? []));
    const conditions = [
        { property: 'Name', oneOf: references },
        ...(ids === undefined ? [] : [{ property: 'PackageID', oneOf: ids }]),
    ];
    return IMAGE_CLASSES.flatMap((imageClass) => conditions.map((condition) => ({
        ...listImages(imageClass, [condition], detailedImageOf),
        withLazyProperties: { key: 'PackageID', cim: 'string' },
    })));
}
/** Queries for every package that the account may see. */
export const listAllImages = IMAGE_CLASSES.map((imageClass) => listImages(imageClass, [], imagePackageOf));
function listImages(imageClass, where, rowOf) {
    const decode = (instance) => rowOf(imageClass, instance);
    return { verb: 'query', class: imageClass, where, key: ['PackageID'], properties: LISTED, decode };
}
function detailedImageOf(imageClass, instance) {
    return {
        image: imagePackageOf(imageClass, instance),
        systems: wimSystemsOf(instance, imageClass),
        packageVersion: osVersionIn(instance.get('imageosversion')),
        actionInProgress: numberOf(instance, imageClass, 'ActionInProgress'),
    };
}
export function imagePackageOf(imageClass, instance) {
    const id = packageId(textOf(instance, imageClass, 'PackageID'));
    const source = siteCode(textOf(instance, imageClass, 'SourceSite'));
    return {
        class: imageClass,
        packageId: identified(id, instance, imageClass, 'PackageID'),
        name: textOf(instance, imageClass, 'Name'),
        version: optionalTextOf(instance, imageClass, 'Version'),
        sourcePath: optionalTextOf(instance, imageClass, 'PkgSourcePath'),
        sourceSite: identified(source, instance, imageClass, 'SourceSite'),
    };
}
//# sourceMappingURL=image-package.js.map