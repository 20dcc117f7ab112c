import { inputSetTo } from '../../diagnosis/input-mention.js';
import { tellIndexes } from '../../site/image-versions.js';
/** Why the site might not be able to service an image, as one line of a warning. */
export function servicingDoubtText({ name, packageId }, doubt) {
    const image = `image "${name}" (${packageId})`;
    switch (doubt.kind) {
        case 'not-supported':
            return `Microsoft no longer supports offline servicing of ${image}: its OS version is ${doubt.versions}. It is serviced all the same because of ${inputSetTo('unsupported-images', 'service')}; import a newer, patched WIM instead`;
        case 'support-unknown':
            return `It is not known whether Microsoft supports offline servicing of ${image}: its OS version is ${doubt.versions}, Windows Server version 23H2. Check the result before you deploy it`;
        case 'version-unknown':
            return doubt.unread.kind === 'indexes-unknown'
                ? `The indexes of ${image} can't be read, so it might hold an OS version whose offline servicing Microsoft no longer supports. Check that it is none of Windows 11 22H2 or later or Windows Server 2025`
                : `The OS version of ${image}, index ${tellIndexes(doubt.unread.indexes)}, can't be read. Check that it is none of Windows 11 22H2 or later or Windows Server 2025, whose offline servicing Microsoft no longer supports`;
    }
}
//# sourceMappingURL=servicing-doubt.js.map