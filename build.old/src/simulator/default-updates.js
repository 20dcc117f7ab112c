import { isoSeconds } from './clock.js';
/** What an update is like that nothing speaks against. */
export const USABLE = {
    expired: false,
    superseded: false,
    latest: true,
    contentProvisioned: true,
    offlineServiceable: true,
    metadataOnly: false,
    deployed: true,
};
/** An update with plausible details; `title` gets the article's number. */
export function newUpdate(random, numbers, what) {
    numbers.ciId += random.between(1, 3);
    if (what.articleId === undefined) {
        numbers.article += random.between(1, 7);
    }
    const { title, posted, ...details } = what;
    const articleId = what.articleId ?? String(numbers.article);
    const [year = '2024'] = posted.split('-', 1);
    return {
        ciId: numbers.ciId,
        bulletinId: Number(year) < 2017 ? `MS${year.slice(2)}-${bulletinNumber(random)}` : '',
        title: title(articleId),
        posted,
        revised: posted,
        size: random.between(200_000, 900_000_000),
        severity: random.pick([0, 2, 6, 8, 8, 10, 10]),
        expired: false,
        superseded: false,
        latest: true,
        contentProvisioned: false,
        offlineServiceable: true,
        deployed: false,
        metadataOnly: false,
        bundle: false,
        hidden: false,
        enabled: true,
        eulaExists: false,
        eulaAccepted: true,
        locales: NEUTRAL,
        categories: SECURITY_UPDATES,
        servicingError: 0,
        ...details,
        articleId,
    };
}
const UNSET = '1970-01-01T00:00:00Z';
export const imageUpdate = (packageId, index, ciId, status) => ({
    packageId,
    index,
    ciId,
    status,
    installationStatus: 0,
    appliedDate: status === 2 || status === 5 ? '2024-02-14T03:10:00Z' : UNSET,
});
/** The classifications *Security Updates* and *Upgrades*, the second of which nothing can be serviced of. */
export const SECURITY_UPDATES = [
    'UpdateClassification:0fa1201d-4330-4fa8-8ae9-b877473b6441',
];
export const UPGRADES = ['UpdateClassification:3689bdc8-b205-4af4-8d4a-a63924c5e9d5'];
/** One list for all updates: a hundred thousand copies of it would only cost memory. */
const NEUTRAL = ['Locale:0'];
const bulletinNumber = (random) => String(random.between(1, 99)).padStart(3, '0');
const X64_X86 = ['x64-based Systems', 'x86-based Systems'];
const THREE = [...X64_X86, 'ARM64-based Systems'];
const windows = (product, variants, from, to, { framework, hasServicingStackUpdates = false }) => [
    'Cumulative Update',
    ...(hasServicingStackUpdates ? ['Servicing Stack Update'] : []),
    `Cumulative Update for .NET Framework ${framework}`,
    'Update',
].map((what) => ({
    title: `{date} ${what} for ${product} for {variant} (KB{kb})`,
    variants,
    from,
    to,
    serviceable: true,
}));
const SERIES = [
    {
        title: 'Security Update for Windows 7 for {variant} (KB{kb})',
        variants: X64_X86,
        from: 2010,
        to: 2020,
        serviceable: true,
    },
    {
        title: '{date} Security Monthly Quality Rollup for Windows 8.1 for {variant} (KB{kb})',
        variants: X64_X86,
        from: 2014,
        to: 2023,
        serviceable: true,
    },
    ...windows('Windows 10 Version 1809', THREE, 2018, 2024, {
        framework: '3.5, 4.7.2 and 4.8',
        hasServicingStackUpdates: true,
    }),
    ...windows('Windows 10 Version 22H2', THREE, 2022, 2026, { framework: '3.5, 4.8 and 4.8.1' }),
    ...windows('Windows 11 Version 22H2', ['x64-based Systems', 'ARM64-based Systems'], 2022, 2025, {
        framework: '3.5 and 4.8.1',
    }),
    ...windows('Windows 11 Version 23H2', ['x64-based Systems', 'ARM64-based Systems'], 2023, 2026, {
        framework: '3.5 and 4.8.1',
    }),
    ...windows('Windows 11 Version 24H2', ['x64-based Systems', 'ARM64-based Systems'], 2024, 2026, {
        framework: '3.5 and 4.8.1',
    }),
    ...windows('Windows Server 2016', ['x64-based Systems'], 2016, 2026, {
        framework: '4.8',
        hasServicingStackUpdates: true,
    }),
    ...windows('Windows Server 2019', ['x64-based Systems'], 2018, 2026, {
        framework: '3.5, 4.7.2 and 4.8',
        hasServicingStackUpdates: true,
    }),
    ...windows('Microsoft server operating system version 21H2', ['x64-based Systems'], 2021, 2026, {
        framework: '3.5, 4.8 and 4.8.1',
    }),
    {
        title: 'Security Update for Microsoft Office 2016 (KB{kb}) {variant}',
        variants: ['32-Bit Edition', '64-Bit Edition'],
        from: 2015,
        to: 2025,
        serviceable: false,
    },
    {
        title: 'Microsoft 365 Apps Update - Monthly Enterprise Channel for {variant} (Build {kb})',
        variants: ['x64 based Edition', 'x86 based Edition'],
        from: 2019,
        to: 2026,
        serviceable: false,
    },
    {
        title: 'Security Intelligence Update for Microsoft Defender Antivirus - KB{kb} ({date}, {variant})',
        variants: ['Current Channel (Broad)'],
        from: 2015,
        to: 2026,
        serviceable: false,
        article: '2267602',
    },
];
/**
 * Adds updates until there are `count` more: series of releases, each with a variant for each architecture (one
 * article, several CI_IDs), of which the newer replaces the older.
 */
export function fillWithUpdates(random, numbers, count, updates, relations) {
    const perRound = SERIES.reduce((sum, series) => sum + series.variants.length, 0);
    const rounds = Math.ceil(Math.max(0, count) / perRound);
    const end = updates.length + Math.max(0, count);
    // The last release of each variant of each series, where the next one replaces it.
    const replaceable = new Map();
    for (let round = 0; round < rounds; round += 1) {
        for (const series of SERIES) {
            const posted = releaseDate(random, series, round, rounds);
            const latest = round === rounds - 1;
            numbers.article += random.between(1, 7);
            const articleId = series.article ?? String(numbers.article);
            for (const variant of series.variants) {
                if (updates.length >= end) {
                    return;
                }
                const superseded = !latest && random.chance(0.85);
                const update = newUpdate(random, numbers, {
                    articleId,
                    posted,
                    title: (article) => series.title
                        .replace('{date}', posted.slice(0, 7))
                        .replace('{variant}', variant)
                        .replace('{kb}', article),
                    superseded,
                    latest: !superseded,
                    expired: superseded && random.chance(0.35),
                    contentProvisioned: random.chance(superseded ? 0.3 : 0.7),
                    offlineServiceable: series.serviceable || random.chance(0.5),
                    deployed: random.chance(0.3),
                });
                const place = `${series.title}|${variant}`;
                const older = replaceable.get(place);
                if (older !== undefined) {
                    relations.push({ from: update.ciId, to: older, type: 6 });
                    replaceable.delete(place);
                }
                if (superseded) {
                    replaceable.set(place, update.ciId);
                }
                updates.push(update);
            }
        }
    }
}
/** Always later than the release before: which of two updates is the newer one is told by their dates. */
function releaseDate(random, series, round, rounds) {
    const [from, to] = [Date.UTC(series.from, 0, 1), Date.UTC(series.to, 0, 1)];
    return isoSeconds(from + ((to - from) * (round + random.fraction() * 0.9)) / rounds);
}
//# sourceMappingURL=default-updates.js.map