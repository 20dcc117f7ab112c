import { LARGEST_SINT32 } from '../site/identifiers.js';
import { listImageInformation } from '../site/image-indexes.js';
import { imageVersions } from '../site/image-versions.js';
import { listUpdatesInImages } from '../site/image-update-status.js';
import { listSchedulesOfImages } from '../site/schedules-of-images.js';
import { describeSchedule } from '../site/servicing-schedule.js';
import { readSite } from '../site/site-server.js';
import { listUpdates } from '../site/software-update.js';
import { cleanupPropertyIn } from './cleanup-property.js';
import { attemptParts, requireDone, resultIfShown, stopIfCancelled } from './site-access.js';
import { planStart } from './start-time.js';
import { servicingDoubts } from './unsupported-images.js';
/** Reads all that the names led to, in one batch. */
export async function readDetails(site, request, named, applicable) {
    const [firstImage, ...otherImages] = named.images.map(({ image }) => image.packageId);
    if (firstImage === undefined)
        throw new TypeError('A run without an image.');
    const images = [firstImage, ...otherImages];
    const indexes = new Map(named.images.map(({ image, systems }) => [image.packageId, systems.indexes]));
    const shared = sharedCiIds(request, named);
    const all = ascending([...shared, ...[...applicable.values()].flatMap(({ ciIds }) => ciIds)]);
    const known = new Map(named.articleUpdates.map((update) => [update.ciId, update]));
    const [firstUpdate, ...otherUpdates] = all.filter((ciId) => !known.has(ciId));
    const sites = [...new Set(named.images.map(({ image }) => image.sourceSite))];
    const answers = await attemptParts(site, {
        sites: sites.map(readSite),
        information: [listImageInformation(images)],
        updates: firstUpdate === undefined ? [] : [listUpdates([firstUpdate, ...otherUpdates])],
        statuses: statusQuery(request, indexes, all),
        description: request.removeSupersededUpdates ? [describeSchedule] : [],
        scheduleLinks: [listSchedulesOfImages(images)],
    });
    stopIfCancelled(site);
    const updates = answers.updates.flatMap(requireDone);
    const statuses = answers.statuses.flatMap(requireDone);
    const siteAnswers = new Map(sites.map((code, place) => [code, answers.sites[place]]));
    const seenIndexes = seenIn(answers.information[0]);
    const read = named.images.map(({ image, systems, packageVersion, actionInProgress }) => {
        const { packageId, sourceSite } = image;
        const own = applicable.get(packageId);
        const { siteServer, words, zone } = serverOf(siteAnswers.get(sourceSite), request);
        const seen = seenIndexes.filter((row) => row.packageId === packageId);
        const allIndexes = withSeen(indexes.get(packageId), seen);
        const versions = [...systems.versions, ...seen];
        return {
            image,
            siteServer,
            wordsOfServer: words,
            indexes: allIndexes,
            versions: imageVersions(allIndexes, versions, packageVersion),
            actionInProgress,
            start: planStart(request.start, sourceSite, zone, site.clock.now()),
            zone,
            ciIds: ascending([...shared, ...(own?.ciIds ?? [])]),
            statuses: statuses.filter((row) => row.packageId === packageId),
            isWithoutStatus: own?.isWithoutStatus === true,
        };
    });
    const [cleanup] = answers.description.map((outcome) => cleanupPropertyIn(requireDone(outcome)));
    tellWhatWasRead(site, named, read);
    tellServicingDoubts(site, read, request);
    if (cleanup?.kind === 'found')
        site.tell({ kind: 'cleanup-found', property: cleanup.property });
    return {
        images: read,
        updates: new Map([...known, ...updates.map((update) => [update.ciId, update])]),
        cleanup,
        scheduleLinks: requireDone(answers.scheduleLinks[0]),
    };
}
/** What is asked for every image. */
function sharedCiIds({ updates }, { groups, articleUpdates }) {
    return [
        ...groups.flatMap(({ ciIds }) => ciIds),
        ...articleUpdates.map(({ ciId }) => ciId),
        ...updates.flatMap((each) => (each.kind === 'ci-id' ? [each.ciId] : [])),
    ];
}
function statusQuery({ alreadyInstalled }, indexes, ciIds) {
    const [image, ...otherImages] = indexes.keys();
    // UpdateID is signed there: one that does not fit cannot be asked for, and is refused with the rest.
    const [ciId, ...otherCiIds] = ciIds.filter((each) => each <= LARGEST_SINT32);
    if (image === undefined || ciId === undefined)
        return [];
    const sizes = [...indexes.values()].map((known) => known?.size);
    const isKnown = sizes.every((size) => size !== undefined);
    return [
        listUpdatesInImages([image, ...otherImages], [ciId, ...otherCiIds], alreadyInstalled === 'skip' ? ['not-required', 'installed'] : ['not-required'], isKnown ? sizes.reduce((sum, size) => sum + size, 0) : undefined),
    ];
}
function tellWhatWasRead({ tell }, { site: { siteCode }, groups }, images) {
    for (const { image, siteServer, indexes, versions } of images) {
        if (siteServer === undefined)
            continue;
        tell({ kind: 'image-found', image, siteServer, indexes, versions });
        if (image.sourceSite !== siteCode)
            tell({ kind: 'image-of-other-site', image, siteServer, providerSite: siteCode });
    }
    for (const { group, ciIds } of groups)
        tell({ kind: 'group-found', group, updates: ciIds.length });
}
function tellServicingDoubts({ tell }, images, request) {
    for (const each of images)
        for (const doubt of servicingDoubts(each, request))
            tell({ kind: 'servicing-doubtful', image: each.image, doubt });
}
/** The view only adds to what the image tells, so a site that does not show it loses nothing. */
function seenIn(outcome) {
    return resultIfShown(outcome) ?? [];
}
function withSeen(named, seen) {
    if (named === undefined)
        return undefined;
    return new Set([...named, ...seen.flatMap(({ index }) => index ?? [])]);
}
function serverOf(outcome, request) {
    // That the site is not shown is one thing; a login that was lost, or a provider that is gone, another.
    if (outcome?.state === 'refused' && outcome.diagnosis.code !== 'OS305')
        requireDone(outcome);
    const found = outcome && resultIfShown(outcome);
    const server = request.siteServer ?? found?.siteServer;
    // The method wants the fully qualified name; what it does with a short one is not known.
    const isQualified = server?.includes('.') === true;
    const refused = outcome === undefined || outcome.state === 'done' ? '' : (outcome.diagnosis?.what ?? '');
    return {
        siteServer: isQualified ? server : undefined,
        words: server === undefined ? refused : `The site calls it "${server}", which is not fully qualified.`,
        zone: found?.zone,
    };
}
function ascending(ciIds) {
    return [...new Set(ciIds)].sort((one, other) => one - other);
}
//# sourceMappingURL=read-details.js.map