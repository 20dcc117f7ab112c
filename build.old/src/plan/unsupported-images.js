import { inputSetTo } from '../diagnosis/input-mention.js';
import { allVersionsOf, tellVersions, } from '../site/image-versions.js';
import { vendorSupportOf } from '../site/os-version.js';
/** OS219 for each image that has an operating system whose offline servicing Microsoft no longer supports. */
export function refusalsOfUnsupported(images, { unsupportedImages: policy }) {
    if (policy === 'service')
        return [];
    return images.filter(isNotSupported).map(({ image, versions }) => ({
        code: 'OS219',
        what: `Microsoft no longer supports offline servicing of image "${image.name}" (${image.packageId}): its OS version is ${tellVersions(versions, has('not-supported'))}.`,
        cause: 'Windows 11 version 22H2 and later and Windows Server 2025 (build 22621 and later) get their updates through the Unified Update Platform (UUP), ' +
            'and the offline servicing of Configuration Manager is not made for updates of this form. The console lets you schedule them all the same.',
        next: `Import a newer WIM that is already patched: download the latest ISO file from the Microsoft 365 admin center, and import ${NEWER_CONTENT[image.class]}. To service this image in spite of that, use ${inputSetTo('unsupported-images', 'service')}.`,
    }));
}
const NEWER_CONTENT = {
    SMS_ImagePackage: 'its install.wim as an OS image',
    SMS_OperatingSystemInstallPackage: 'its whole content as an OS upgrade package',
};
/** What the run warns of for an image that it does not refuse. */
export function servicingDoubts({ versions }, { unsupportedImages: policy }) {
    const notSupported = tellVersions(versions, has('not-supported'));
    const unknown = tellVersions(versions, has('unknown'));
    const { unread } = versions;
    return [
        ...(notSupported === '' || policy === 'fail'
            ? []
            : [{ kind: 'not-supported', versions: notSupported }]),
        ...(unknown === '' ? [] : [{ kind: 'support-unknown', versions: unknown }]),
        ...(unread.kind === 'none' ? [] : [{ kind: 'version-unknown', unread }]),
    ];
}
function isNotSupported({ versions }) {
    return allVersionsOf(versions).some(has('not-supported'));
}
function has(wanted) {
    return (version) => vendorSupportOf(version) === wanted;
}
//# sourceMappingURL=unsupported-images.js.map