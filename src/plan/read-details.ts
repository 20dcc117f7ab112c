import { mapNonEmpty, nonEmpty } from '../collections/non-empty.js';
import type { Outcome } from '../provider/port.js';
import { LARGEST_SINT32, type CiId, type PackageId } from '../site/identifiers.js';
import { listImageInformation, type ImageIndexes, type SeenIndex } from '../site/image-indexes.js';
import type { ImagePackage } from '../site/image-package.js';
import { imageVersions, type ImageVersions } from '../site/image-versions.js';
import { listUpdatesInImages, type UpdateOnIndex } from '../site/image-update-status.js';
import { listSchedulesOfImages } from '../site/schedules-of-images.js';
import { describeSchedule, type LinkedImage } from '../site/servicing-schedule.js';
import { readSite, type Site } from '../site/site-server.js';
import type { SiteTimeZone } from '../site/site-time-zone.js';
import { listUpdates, type SoftwareUpdate } from '../site/software-update.js';
import { cleanupPropertyIn, type CleanupProperty } from './cleanup-property.js';
import type { NamedObjects } from './find-by-name.js';
import type { ApplicableUpdates } from './read-applicable.js';
import type { ServicingRequest } from './servicing-request.js';
import { attemptParts, requireDone, resultIfShown, stopIfCancelled, type SiteAccess } from './site-access.js';
import { planStart } from './start-time.js';
import { servicingDoubts } from './unsupported-images.js';

/** One image, and all that its servicing depends on. */
export interface ReadImage {
  readonly image: ImagePackage;
  /** FQDN; undefined where nobody tells it, with the words of the site about it. */
  readonly siteServer: string | undefined;
  readonly wordsOfServer: string;
  /** Undefined where they cannot be read. */
  readonly indexes: ImageIndexes | undefined;
  readonly versions: ImageVersions;
  /** 0: nothing is being done to the image. */
  readonly actionInProgress: number;
  readonly start: ReturnType<typeof planStart>;
  /** Of its source site; undefined where the site does not tell it. */
  readonly zone: SiteTimeZone | undefined;
  /** What is asked for it, each once, ascending. */
  readonly ciIds: readonly CiId[];
  /** What of that the site last held as not required or, unless it is scheduled all the same, as installed. */
  readonly statuses: readonly UpdateOnIndex[];
  /** How many updates the site holds as applicable; undefined where that was not asked for. */
  readonly applicable: number | undefined;
  /** What is applicable was asked for, and the site knows nothing about the image. */
  readonly isWithoutStatus: boolean;
}

export interface ReadDetails {
  readonly images: readonly ReadImage[];
  /** An update that is missing here is not readable. */
  readonly updates: ReadonlyMap<CiId, SoftwareUpdate>;
  /** Undefined where nobody asked for superseded updates to be removed. */
  readonly cleanup: CleanupProperty | undefined;
  /** Of all schedules, whoever made them, to the images. */
  readonly scheduleLinks: readonly LinkedImage[];
}

/** Reads all that the names led to, in one batch. */
export async function readDetails(
  site: SiteAccess,
  request: ServicingRequest,
  named: NamedObjects,
  applicable: ReadonlyMap<PackageId, ApplicableUpdates>,
): Promise<ReadDetails> {
  const images = mapNonEmpty(named.images, ({ image }) => image.packageId);
  const indexes = new Map(named.images.map(({ image, systems }) => [image.packageId, systems.indexes]));
  const shared = sharedCiIds(request, named);
  const all = ascending([...shared, ...[...applicable.values()].flatMap(({ ciIds }) => ciIds)]);
  const known = new Map(named.articleUpdates.map((update) => [update.ciId, update]));
  const unknown = nonEmpty(all.filter((ciId) => !known.has(ciId)));
  const sites = [...new Set(named.images.map(({ image }) => image.sourceSite))];
  const answers = await attemptParts(site, {
    sites: sites.map(readSite),
    information: [listImageInformation(images)],
    updates: unknown === undefined ? [] : [listUpdates(unknown)],
    statuses: statusQuery(request, indexes, all),
    description: request.removeSupersededUpdates ? [describeSchedule] : [],
    scheduleLinks: [listSchedulesOfImages(images)],
  });
  stopIfCancelled(site);

  const updates = answers.updates.flatMap(requireDone);
  const statuses = answers.statuses.flatMap(requireDone);
  const siteAnswers = new Map(sites.map((code, place) => [code, answers.sites[place]]));
  const seenIndexes = seenIn(answers.information[0]);
  const read = named.images.map(({ image, systems, packageVersion, actionInProgress }): ReadImage => {
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
      applicable: own?.ciIds.length,
      isWithoutStatus: own?.isWithoutStatus === true,
    };
  });
  const [cleanup] = answers.description.map((outcome) => cleanupPropertyIn(requireDone(outcome)));
  tellWhatWasRead(site, named, read);
  tellServicingDoubts(site, read, request);
  if (cleanup?.kind === 'found') site.tell({ kind: 'cleanup-found', property: cleanup.property });
  return {
    images: read,
    updates: new Map([...known, ...updates.map((update) => [update.ciId, update] as const)]),
    cleanup,
    scheduleLinks: requireDone(answers.scheduleLinks[0]),
  };
}

/** What is asked for every image. */
function sharedCiIds(
  { updates }: ServicingRequest,
  { groups, articleUpdates }: NamedObjects,
): readonly CiId[] {
  return [
    ...groups.flatMap(({ ciIds }) => ciIds),
    ...articleUpdates.map(({ ciId }) => ciId),
    ...updates.flatMap((each) => (each.kind === 'ci-id' ? [each.ciId] : [])),
  ];
}

function statusQuery(
  { alreadyInstalled }: ServicingRequest,
  indexes: ReadonlyMap<PackageId, ImageIndexes | undefined>,
  ciIds: readonly CiId[],
): readonly ReturnType<typeof listUpdatesInImages>[] {
  const images = nonEmpty([...indexes.keys()]);
  // UpdateID is signed there: one that does not fit cannot be asked for, and is refused with the rest.
  const updates = nonEmpty(ciIds.filter((each) => each <= LARGEST_SINT32));
  if (images === undefined || updates === undefined) return [];
  const sizes = [...indexes.values()].map((known) => known?.size);
  const isKnown = sizes.every((size) => size !== undefined);
  return [
    listUpdatesInImages(
      images,
      updates,
      alreadyInstalled === 'skip' ? ['not-required', 'installed'] : ['not-required'],
      isKnown ? sizes.reduce((sum, size) => sum + size, 0) : undefined,
    ),
  ];
}

function tellWhatWasRead(
  { tell }: SiteAccess,
  { site: { siteCode }, groups }: NamedObjects,
  images: readonly ReadImage[],
): void {
  for (const { image, siteServer, indexes, versions } of images) {
    if (siteServer === undefined) continue;
    tell({ kind: 'image-found', image, siteServer, indexes, versions });
    if (image.sourceSite !== siteCode)
      tell({ kind: 'image-of-other-site', image, siteServer, providerSite: siteCode });
  }
  for (const { group, ciIds } of groups) tell({ kind: 'group-found', group, updates: ciIds.length });
}

function tellServicingDoubts(
  { tell }: SiteAccess,
  images: readonly ReadImage[],
  request: ServicingRequest,
): void {
  for (const each of images)
    for (const doubt of servicingDoubts(each, request))
      tell({ kind: 'servicing-doubtful', image: each.image, doubt });
}

/** The view only adds to what the image tells, so a site that does not show it loses nothing. */
function seenIn(outcome: Outcome<readonly SeenIndex[]>): readonly SeenIndex[] {
  return resultIfShown(outcome) ?? [];
}

function withSeen(named: ImageIndexes | undefined, seen: readonly SeenIndex[]): ImageIndexes | undefined {
  if (named === undefined) return undefined;
  return new Set([...named, ...seen.flatMap(({ index }) => index ?? [])]);
}

function serverOf(
  outcome: Outcome<Site> | undefined,
  request: ServicingRequest,
): {
  readonly siteServer: string | undefined;
  readonly words: string;
  readonly zone: SiteTimeZone | undefined;
} {
  // That the site is not shown is one thing; a login that was lost, or a provider that is gone, another.
  if (outcome?.state === 'refused' && outcome.diagnosis.code !== 'OS305') requireDone(outcome);
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

function ascending(ciIds: readonly CiId[]): readonly CiId[] {
  return [...new Set(ciIds)].sort((one, other) => one - other);
}
