import { parseSiteDescription } from '../../src/simulator/parse-site-description.js';
/** The IDs of the small site. */
export const SMALL = {
    image: 'LAB00001',
    otherImage: 'LAB00002',
    upgrade: 'LAB00003',
    remoteImage: 'REM00001',
    usable: 101,
    second: 102,
    notDownloaded: 103,
    notServiceable: 104,
    failing: 105,
    group: 201,
};
export const NOW_TOKEN = '0001200000080001';
/** Once, 2033-01-01 00:00 UTC. */
export const FAR_TOKEN = '00011FC000080001';
/** A site that fits on a page; `more` replaces parts of it. */
export function smallSite(more = {}) {
    return parseSiteDescription(JSON.stringify({
        site: {
            code: 'LAB',
            serverName: 'cm01.lab.example',
            providerName: 'sms01.lab.example',
            utcOffsetMinutes: 120,
        },
        otherSites: [{ code: 'REM', serverName: 'cm02.remote.example' }],
        distributionPoints: [
            { name: 'dp01.lab.example', siteCode: 'LAB' },
            { name: 'dp02.lab.example', siteCode: 'LAB', fails: true },
        ],
        images: [
            { packageId: SMALL.image, name: "O'Brien & Söhne 100%", sourceSite: 'LAB', indexes: ['One', 'Two'] },
            { packageId: SMALL.otherImage, name: 'Plain', sourceSite: 'LAB', scopes: ['Default', 'Berlin'] },
            { packageId: SMALL.upgrade, kind: 'upgrade-package', name: 'Upgrade', sourceSite: 'LAB' },
            { packageId: SMALL.remoteImage, name: 'Remote', sourceSite: 'REM' },
        ],
        updates: [
            { ciId: SMALL.usable, articleId: '5000101', title: 'First 教室 update', bulletinId: 'MS16-001' },
            { ciId: SMALL.second, articleId: '5000102', title: 'Second update', size: 5_000_000_000 },
            { ciId: SMALL.notDownloaded, articleId: '5000103', title: 'Third', contentProvisioned: false },
            { ciId: SMALL.notServiceable, articleId: '5000104', title: 'Fourth', offlineServiceable: false },
            {
                ciId: SMALL.failing,
                articleId: '5000105',
                title: 'Fifth',
                servicingError: 0x80004001,
                expired: true,
            },
        ],
        groups: [{ ciId: SMALL.group, name: 'All', updates: [101, 102, 103, 104, 105, 999] }],
        relations: [{ from: SMALL.second, to: SMALL.usable }],
        imageUpdates: [{ packageId: SMALL.image, index: 1, ciId: SMALL.usable, status: 3 }],
        ...more,
    }));
}
//# sourceMappingURL=small-site.js.map