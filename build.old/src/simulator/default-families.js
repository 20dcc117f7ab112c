import { SERVER_2022_IMAGE, UPGRADE_PACKAGE, WINDOWS_10_IMAGES, WINDOWS_11_IMAGE } from './default-images.js';
import { imageUpdate, newUpdate, USABLE } from './default-updates.js';
/** One article with a CI_ID for each product, architecture and revision; invented, like all numbers here. */
export const FAMILY_ARTICLE = '5934441';
const [FIRST_PILOT, SECOND_PILOT] = WINDOWS_10_IMAGES;
/** Windows Server 2022, as the titles of its updates call it. */
export const SERVER_2022 = 'Microsoft server operating system version 21H2 for x64-based Systems';
const OUTDATED = { superseded: true, latest: false };
/** The third is an earlier revision of the last, which supersedes it. */
const MEMBERS = [
    {
        product: 'Windows 10 Version 22H2 for x64-based Systems',
        statuses: [
            [FIRST_PILOT, [3]],
            [SECOND_PILOT, [3]],
        ],
    },
    { product: 'Windows 10 Version 22H2 for x86-based Systems', differences: { expired: true, latest: false } },
    {
        product: SERVER_2022,
        differences: { ...OUTDATED, posted: '2024-02-13T17:00:00Z' },
        statuses: [[SERVER_2022_IMAGE, [3, 3, 3]]],
    },
    {
        product: 'Microsoft server operating system, version 22H2 for x64-based Systems',
        statuses: [[SERVER_2022_IMAGE, [1, 1, 1]]],
    },
    { product: 'Windows 10 Version 22H2 for ARM64-based Systems', differences: { contentProvisioned: false } },
    { product: SERVER_2022, statuses: [[SERVER_2022_IMAGE, [3, 3, 3]]] },
];
/**
 * Updates that belong together by more than a group: one article that stands for many CI_IDs, and what the upgrade
 * package can have.
 * @returns the updates of the upgrade package's group: one supersedes another, one the site never looked for in it;
 * and those of the image whose release the vendor no longer supports
 */
export function makeFamilies(random, make) {
    const family = MEMBERS.map((member) => {
        const ciId = add(random, make, {
            articleId: FAMILY_ARTICLE,
            posted: '2024-02-27T17:00:00Z',
            title: (article) => `2024-02 Security Update for ${member.product} (KB${article})`,
            ...member.differences,
        });
        for (const [packageId, statuses] of member.statuses ?? []) {
            note(make, packageId, ciId, statuses);
        }
        return ciId;
    });
    const [, , earlier = 0, , , later = 0] = family;
    make.relations.push({ from: later, to: earlier, type: 6 });
    const upgradeUpdates = ['09', '10', '11', '12'].flatMap((month) => ['Cumulative Update', 'Cumulative Update for .NET Framework 3.5, 4.8 and 4.8.1'].map((what) => add(random, make, {
        posted: `2024-${month}-1${random.between(0, 6)}T17:00:00Z`,
        title: (article) => `2024-${month} ${what} for Windows 10 Version 22H2 for x64-based Systems (KB${article})`,
        ...(month === '09' && what === 'Cumulative Update' ? OUTDATED : {}),
    })));
    const [september = 0, , october = 0] = upgradeUpdates;
    make.relations.push({ from: october, to: september, type: 6 });
    for (const ciId of upgradeUpdates.slice(0, -1)) {
        note(make, UPGRADE_PACKAGE, ciId, [3, 3]);
    }
    const windows11Updates = ['10', '11'].map((month) => add(random, make, {
        posted: `2024-${month}-1${random.between(0, 6)}T17:00:00Z`,
        title: (article) => `2024-${month} Cumulative Update for Windows 11 Version 24H2 for x64-based Systems (KB${article})`,
    }));
    for (const ciId of windows11Updates) {
        note(make, WINDOWS_11_IMAGE, ciId, [3]);
    }
    return { upgradeUpdates, windows11Updates };
}
function add(random, make, what) {
    const update = newUpdate(random, make.numbers, { ...USABLE, ...what });
    make.updates.push(update);
    return update.ciId;
}
function note(make, packageId, ciId, statuses) {
    for (const [at, status] of statuses.entries()) {
        make.imageUpdates.push(imageUpdate(packageId, at + 1, ciId, status));
    }
}
//# sourceMappingURL=default-families.js.map