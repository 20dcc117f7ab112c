const IMAGE_CLASSES = ['SMS_ImagePackage', 'SMS_OperatingSystemInstallPackage'];
/** The rows of a class that only shows what other classes hold; undefined for a class with objects of its own. */
export function viewRows(className, site) {
    switch (className) {
        case 'SMS_ImageInformation':
            return IMAGE_CLASSES.flatMap((name) => site.objects(name).flatMap(imageInformation));
        case 'SMS_ImageUpdateStatusView':
            return site.objects('SMS_ImageUpdateStatus').map((row) => statusView(row, site));
        case 'SMS_FailedImageUpdateView':
            return failedUpdates(site.objects('SMS_ImageUpdateStatus'));
        default:
            return undefined;
    }
}
/** The values that differ from row to row of a package, kept with the package. */
export const INFORMATION_ROWS = ' rows of SMS_ImageInformation';
/** The key of the class is the package alone, and yet a package can have a row for each index of its WIM. */
function imageInformation(image) {
    const isImage = image['PackageType'] === 257;
    const rows = image[INFORMATION_ROWS];
    if (!Array.isArray(rows))
        return [];
    return rows.map((row) => ({
        PackageID: image['PackageID'] ?? '',
        Index: row['Index'] ?? null,
        ObjectType: isImage ? 18 : 14,
        PackageType: image['PackageType'] ?? 0,
        ImageOSVersion: row['ImageOSVersion'] ?? '',
        OSVersion: row['OSVersion'] ?? '',
        Architecture: 'X64',
        Name: image['Name'] ?? '',
        Language: image['Language'] ?? '',
        Size: '5141317',
        ImagePath: image['PkgSourcePath'] ?? '',
    }));
}
function statusView(row, site) {
    const key = { PackageID: row['ImagePackageID'] ?? '' };
    const image = IMAGE_CLASSES.map((name) => site.object(name, key)).find((found) => found !== undefined);
    return {
        ImagePackageID: row['ImagePackageID'] ?? '',
        ImageIndex: row['ImageIndex'] ?? 0,
        UpdateID: row['UpdateID'] ?? 0,
        UpdateStatus: row['UpdateStatus'] ?? 0,
        ErrorCode: row['UpdateInstallationStatus'] ?? 0,
        AppliedDateTime: row['AppliedDateTime'] ?? '',
        UpdateTitle: row['UpdateTitle'] ?? '',
        PackageName: image?.['Name'] ?? '',
        PackageDescription: image?.['Description'] ?? '',
    };
}
function failedUpdates(rows) {
    const failed = new Map();
    for (const row of rows) {
        const [id, image, title] = [row['UpdateID'], row['ImagePackageID'], row['UpdateTitle']];
        if (row['UpdateInstallationStatus'] === 0 || typeof id !== 'number' || typeof image !== 'string') {
            continue;
        }
        const found = failed.get(id) ?? { title: typeof title === 'string' ? title : '', images: new Set() };
        found.images.add(image);
        failed.set(id, found);
    }
    return [...failed].map(([id, { title, images }]) => ({
        UpdateID: id,
        Title: title,
        FailedImageCount: images.size,
    }));
}
//# sourceMappingURL=site-views.js.map