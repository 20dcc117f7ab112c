import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { Instance } from '../provider/instance.js';
import type { ClassDefinition, Outcome } from '../provider/port.js';
import type { CiId, PackageId, SiteCode } from '../site/identifiers.js';
import {
  imageInformationOf,
  indexesOf,
  listImageInformation,
  type ImageIndexes,
} from '../site/image-indexes.js';
import { actionInProgressOf, readImage, type ImagePackage } from '../site/image-package.js';
import {
  listApplicableUpdates,
  listOtherStatusRows,
  updateOnIndexOf,
  type UpdateOnIndex,
} from '../site/image-update-status.js';
import { cleanupPropertiesOf, describeSchedule } from '../site/servicing-schedule.js';
import { readSite, siteServerOf } from '../site/site-server.js';
import { timeZoneOf } from '../site/site-time-zone.js';
import { readUpdateGroup, updatesOf, type UpdateGroup } from '../site/update-group.js';
import type { NamedObjects } from './find-by-name.js';
import type { ServicingRequest } from './servicing-request.js';
import { attemptParts, readAll, requireDone, stopIfCancelled, type SiteAccess } from './site-access.js';
import { planStart } from './start-time.js';

/** One image as the site tells it when it is read by its key, and what follows for its servicing. */
export interface ReadImage {
  readonly image: ImagePackage;
  /** FQDN; undefined where nobody tells it, with the words of the site about it. */
  readonly siteServer: string | undefined;
  readonly wordsOfServer: string;
  /** Undefined where they cannot be read. */
  readonly indexes: ImageIndexes | undefined;
  /** 0: nothing is being done to the image. */
  readonly actionInProgress: number;
  readonly start: ReturnType<typeof planStart>;
  /** What the site holds as applicable to it; empty where that was not asked for. */
  readonly applicable: readonly CiId[];
  /** Applicable updates were asked for, and the site holds no status of any update for the image. */
  readonly isWithoutStatus: boolean;
}

export interface ReadGroup {
  readonly group: UpdateGroup;
  /** Each once, ascending. */
  readonly ciIds: readonly CiId[];
}

export interface ReadObjects {
  readonly images: readonly ReadImage[];
  readonly groups: readonly ReadGroup[];
  readonly cleanupProperty: string | undefined;
  /** Why superseded updates cannot be removed at this site, where that was asked for. */
  readonly cleanupRefusal: Diagnosis | undefined;
}

/** Reads images, groups and sites by their keys, which alone fills their lazy properties, all in one batch. */
export async function readNamedObjects(
  site: SiteAccess,
  request: ServicingRequest,
  { site: identification, images, groups }: NamedObjects,
): Promise<ReadObjects> {
  const [first, ...others] = images;
  const ids = [first.packageId, ...others.map(({ packageId }) => packageId)] as const;
  const sites = [...new Set(images.map(({ sourceSite }) => sourceSite))];
  const wantsApplicable = request.updates.some(({ kind }) => kind === 'applicable');
  const answers = await attemptParts(site, {
    images: images.map((image) => readImage(image.class, image.packageId)),
    groups: groups.map(({ ciId }) => readUpdateGroup(ciId)),
    information: [listImageInformation(ids)],
    sites: sites.map(readSite),
    applicable: wantsApplicable ? [listApplicableUpdates(ids)] : [],
    description: request.removeSupersededUpdates ? [describeSchedule] : [],
  });
  stopIfCancelled(site);

  const siteAnswers = new Map(sites.map((code, place) => [code, answers.sites[place]]));
  const seenIndexes = seenIn(answers.information[0]);
  const applicable = answers.applicable.flatMap((outcome) => requireDone(outcome).map(updateOnIndexOf));
  const withoutStatus = wantsApplicable ? await imagesWithoutStatus(site, images, applicable) : [];
  const read = images.map((image, place): ReadImage => {
    const object = requireDone(answers.images[place] ?? NEVER_ASKED);
    const { siteServer, words, zone } = serverOf(siteAnswers.get(image.sourceSite), request);
    return {
      image,
      siteServer,
      wordsOfServer: words,
      indexes: allIndexesOf(image, object, seenIndexes),
      actionInProgress: actionInProgressOf(image.class, object),
      start: planStart(request.start, image.sourceSite, zone, site.clock.now()),
      applicable: [
        ...new Set(
          applicable.filter((row) => row.packageId === image.packageId).map(({ updateId }) => updateId),
        ),
      ],
      isWithoutStatus: withoutStatus.includes(image.packageId),
    };
  });
  const readGroups = groups.map((group, place) => ({
    group,
    ciIds: updatesOf(requireDone(answers.groups[place] ?? NEVER_ASKED)),
  }));
  const cleanup = answers.description.map((outcome) => cleanupIn(requireDone(outcome)))[0];
  tellWhatWasRead(site, identification.siteCode, read, readGroups, wantsApplicable);
  if (cleanup?.property !== undefined) site.tell({ kind: 'cleanup-found', property: cleanup.property });
  return {
    images: read,
    groups: readGroups,
    cleanupProperty: cleanup?.property,
    cleanupRefusal: cleanup?.refusal,
  };
}

/** An image to which nothing applies may be up to date, or may never have been looked into. */
async function imagesWithoutStatus(
  site: SiteAccess,
  images: readonly ImagePackage[],
  applicable: readonly UpdateOnIndex[],
): Promise<readonly PackageId[]> {
  const silent = images
    .map(({ packageId }) => packageId)
    .filter((id) => !applicable.some(({ packageId }) => packageId === id));
  const rows = silent.length === 0 ? [] : await readAll(site, silent.map(listOtherStatusRows));
  return silent.filter((_, place) => rows[place]?.length === 0);
}

const NEVER_ASKED: Outcome<never> = { state: 'not-attempted', refusal: undefined };

function tellWhatWasRead(
  { tell }: SiteAccess,
  providerSite: SiteCode,
  images: readonly ReadImage[],
  groups: readonly ReadGroup[],
  wantsApplicable: boolean,
): void {
  for (const { image, siteServer, indexes, applicable } of images) {
    if (siteServer === undefined) continue;
    const otherSite = image.sourceSite === providerSite ? undefined : providerSite;
    tell({ kind: 'image-found', image, siteServer, indexes, otherSite });
    if (wantsApplicable) tell({ kind: 'applicable-found', image, updates: applicable.length });
  }
  for (const { group, ciIds } of groups) tell({ kind: 'group-found', group, updates: ciIds.length });
}

/** The view only adds to what the image tells, so a site that does not show it loses nothing. */
function seenIn(outcome: Outcome<readonly Instance[]>): ReturnType<typeof imageInformationOf>[] {
  return outcome.state === 'done' ? outcome.result.map(imageInformationOf) : [];
}

function allIndexesOf(
  image: ImagePackage,
  object: Instance,
  seen: readonly { readonly packageId: PackageId; readonly index: number }[],
): ImageIndexes | undefined {
  const named = indexesOf(object, image.class);
  if (named === undefined) return undefined;
  return new Set([
    ...named,
    ...seen.filter(({ packageId }) => packageId === image.packageId).map(({ index }) => index),
  ]);
}

function serverOf(
  outcome: Outcome<Instance> | undefined,
  request: ServicingRequest,
): {
  readonly siteServer: string | undefined;
  readonly words: string;
  readonly zone: ReturnType<typeof timeZoneOf>;
} {
  // That the site is not shown is one thing; a login that was lost, or a provider that is gone, another.
  if (outcome?.state === 'refused' && outcome.refusal.diagnosis.code !== 'OS305') requireDone(outcome);
  const object = outcome?.state === 'done' ? outcome.result : undefined;
  const told = object && siteServerOf(object);
  const server = request.siteServer ?? told;
  // The method wants the fully qualified name; what it does with a short one is not known.
  const isQualified = server?.includes('.') === true;
  const refused =
    outcome === undefined || outcome.state === 'done' ? '' : (outcome.refusal?.diagnosis.what ?? '');
  return {
    siteServer: isQualified ? server : undefined,
    words: server === undefined ? refused : `The site calls it "${server}", which is not fully qualified.`,
    zone: object && timeZoneOf(object),
  };
}

/** One property, or why there is not just one. */
function cleanupIn(definition: ClassDefinition | undefined): {
  readonly property?: string;
  readonly refusal?: Diagnosis;
} {
  const found = definition === undefined ? [] : cleanupPropertiesOf(definition);
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return { property: only };
  const booleans = (definition?.properties ?? [])
    .filter(({ kind }) => kind === 'boolean')
    .map(({ name }) => name);
  return {
    refusal: {
      code: 'OS216',
      what:
        only === undefined
          ? `SMS_ImageServicingSchedule of this site has no property for removing superseded updates. Its booleans are: ${booleans.length === 0 ? 'none' : booleans.join(', ')}.`
          : `SMS_ImageServicingSchedule of this site has several properties that may be the one for removing superseded updates: ${found.join(', ')}.`,
      cause:
        'No public source names the property, so it is looked for in the class of the site; nothing is guessed. Sites before version 1902 have none.',
      next: 'Set remove-superseded-updates to false, and report the names above with the version of the site.',
    },
  };
}
