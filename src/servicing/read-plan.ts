import { DiagnosedError } from '../diagnosis/diagnosis.js';
import { LARGEST_SINT32, type CiId } from '../site/identifiers.js';
import {
  indexesOf,
  indexOfImageInformation,
  listImageInformation,
  type ImageIndexes,
} from '../site/image-indexes.js';
import { findImages, readImage, type ImagePackage } from '../site/image-package.js';
import { installedOnEveryIndex, listUpdatesInImage, updateOnIndexOf } from '../site/image-update-status.js';
import {
  identifySite,
  readSite,
  readSiteIdentification,
  siteServerOf,
  type SiteIdentification,
} from '../site/site-server.js';
import { listUpdates, softwareUpdateOf, type SoftwareUpdate } from '../site/software-update.js';
import { findUpdateGroups, readUpdateGroup, updatesOf, type UpdateGroup } from '../site/update-group.js';
import { groupsIn, imagesIn, requireOneGroup, requireOneImage } from './find-by-name.js';
import type { ServicingRequest } from './servicing-request.js';
import { attempt, readAll, requireDone, stopIfCancelled, type SiteAccess } from './site-access.js';
import {
  isNothingToDo,
  selectUpdates,
  unusableUpdates,
  type LeftOutUpdate,
  type UpdateSelection,
} from './update-selection.js';

/** Everything that a run has to know before it writes. */
export interface ServicingPlan {
  readonly site: SiteIdentification;
  readonly image: ImagePackage;
  /** FQDN. */
  readonly siteServer: string;
  readonly group: UpdateGroup;
  readonly selection: UpdateSelection;
}

/**
 * Reads all that the run needs, in three batches, each of which needs what the one before told.
 * Throws for whatever would make the run fail later: nothing is written before this has returned.
 */
export async function readPlan(site: SiteAccess, request: ServicingRequest): Promise<ServicingPlan> {
  const { identification, image, group } = await findNamedObjects(site, request);
  stopIfCancelled(site);
  const { siteServer, indexes, ciIds } = await readNamedObjects(site, request, image, group);
  stopIfCancelled(site);
  const selection = await selectFor(site, request, image, ciIds, indexes);
  refuseWhatCannotBeDone(selection, group, request);
  stopIfCancelled(site);
  return { site: identification, image, siteServer, group, selection };
}

async function findNamedObjects(
  site: SiteAccess,
  request: ServicingRequest,
): Promise<{ identification: SiteIdentification; image: ImagePackage; group: UpdateGroup }> {
  const imageQueries = findImages(request.image);
  const groupQueries = findUpdateGroups(request.updateGroup);
  const [[identity, ...otherIdentities], ...answers] = await readAll(site, [
    identifySite,
    ...imageQueries,
    ...groupQueries,
  ]);
  if (identity === undefined || otherIdentities.length > 0) {
    throw new DiagnosedError({
      code: 'OS210',
      what: `SMS_Identification should have one instance; the site gave ${identity === undefined ? 'none' : otherIdentities.length + 1}.`,
      cause: 'The account may not see the site, or this is not the provider of a site.',
      next: 'Check that the account is an administrative user of the site.',
    });
  }
  const identification = readSiteIdentification(identity);
  if (request.siteCode !== undefined && request.siteCode !== identification.siteCode) {
    throw new DiagnosedError({
      code: 'OS201',
      what: `The provider serves site ${identification.siteCode}; asked for is site ${request.siteCode}.`,
      cause: 'sms-provider names a server of another site, or site-code is wrong.',
      next: 'Correct one of the two inputs.',
    });
  }
  site.tell({ kind: 'site-found', site: identification });
  const image = await requireOneImage(
    site,
    request.image,
    imagesIn(request.image, answers.slice(0, imageQueries.length)),
  );
  const group = await requireOneGroup(
    site,
    request.updateGroup,
    groupsIn(answers.slice(imageQueries.length)),
  );
  return { identification, image, group };
}

async function readNamedObjects(
  site: SiteAccess,
  request: ServicingRequest,
  image: ImagePackage,
  group: UpdateGroup,
): Promise<{ siteServer: string; indexes: ImageIndexes | undefined; ciIds: readonly [CiId, ...CiId[]] }> {
  const [imageOutcome, groupOutcome, informationOutcome, siteOutcome] = await attempt(site, [
    readImage(image.class, image.packageId),
    readUpdateGroup(group.ciId),
    listImageInformation(image.packageId),
    readSite(image.sourceSite),
  ]);
  stopIfCancelled(site);
  const toldServer = siteOutcome.state === 'done' ? siteServerOf(siteOutcome.result) : undefined;
  const siteServer = request.siteServer ?? toldServer;
  // The method wants the fully qualified name; what it does with a short one is not known.
  if (siteServer?.includes('.') !== true) {
    const told =
      siteServer === undefined ? '' : ` The site calls it "${siteServer}", which is not fully qualified.`;
    const words = siteOutcome.state === 'done' ? told : ` ${siteOutcome.refusal?.diagnosis.what ?? ''}`;
    throw new DiagnosedError({
      code: 'OS211',
      what: `The server of site ${image.sourceSite}, the source site of image ${image.packageId}, is not known.${words}`,
      cause:
        'This provider does not show that site to the account, or the image comes from another hierarchy.',
      next: "Give the FQDN of the image's site server in the input site-server.",
    });
  }
  site.tell({ kind: 'image-found', image, siteServer });

  const ciIds = updatesOf(requireDone(groupOutcome));
  site.tell({ kind: 'group-found', group, updates: ciIds.length });
  const named = indexesOf(requireDone(imageOutcome), image.class);
  // The view only adds to what the image tells, so a site that does not show it loses nothing.
  const seen =
    informationOutcome.state === 'done' ? informationOutcome.result.map(indexOfImageInformation) : [];
  const indexes = named === undefined ? undefined : new Set([...named, ...seen]);
  site.tell({ kind: 'indexes-found', indexes });
  return { siteServer, indexes, ciIds: requireUpdates(ciIds, group) };
}

function requireUpdates(ciIds: readonly CiId[], group: UpdateGroup): readonly [CiId, ...CiId[]] {
  const [first, ...others] = ciIds;
  if (first === undefined) {
    throw new DiagnosedError({
      code: 'OS206',
      what: `Update group "${group.name}" (CI_ID ${group.ciId}) holds no update.`,
      cause: 'The step that made the group found no updates, or the group was emptied since.',
      next: 'Look at the group in the console (Software Library, Software Update Groups) and at the step that fills it.',
    });
  }
  const tooLarge = ciIds.filter((id) => id > LARGEST_SINT32);
  if (tooLarge.length > 0) {
    throw new DiagnosedError({
      code: 'OS209',
      what: `CI_ID ${tooLarge.join(', ')} of update group "${group.name}" is larger than a servicing schedule can hold (${LARGEST_SINT32}).`,
      cause: 'An update has an unsigned CI_ID, a schedule links to it by a signed one.',
      next: 'Take the update out of the group; it cannot be serviced offline.',
    });
  }
  return [first, ...others];
}

async function selectFor(
  site: SiteAccess,
  request: ServicingRequest,
  image: ImagePackage,
  ciIds: readonly [CiId, ...CiId[]],
  indexes: ImageIndexes | undefined,
): Promise<UpdateSelection> {
  // Without knowing all indexes nobody may say that an update is on every one: then the site decides itself.
  const known = request.alreadyInstalled === 'skip' ? indexes : undefined;
  const [updateRows, statusRows = []] = await readAll(site, [
    listUpdates(ciIds),
    ...(known === undefined ? [] : [listUpdatesInImage(image.packageId, ciIds, known)]),
  ]);
  const updates = new Map(
    updateRows.map(softwareUpdateOf).map((update): [CiId, SoftwareUpdate] => [update.ciId, update]),
  );
  const installed = installedOnEveryIndex(known ?? new Set(), statusRows.map(updateOnIndexOf));
  const { alreadyInstalled } = request;
  const selection = selectUpdates({ ciIds, updates, installedOnEveryIndex: installed, alreadyInstalled });
  site.tell({ kind: 'selected', selection });
  return selection;
}

function refuseWhatCannotBeDone(
  selection: UpdateSelection,
  group: UpdateGroup,
  request: ServicingRequest,
): void {
  const unusable = unusableUpdates(selection);
  if (unusable.length > 0 && request.unusableUpdates === 'fail') {
    throw new DiagnosedError({
      code: 'OS207',
      what: `${unusable.length} of the updates of group "${group.name}" cannot be used: ${listLeftOut(unusable)}.`,
      cause:
        'Content must be downloaded before an update can be serviced. An update that the site does not show was deleted, ' +
        'or is outside the security scopes of the account.',
      next: 'Download the content or take these updates out of the group, or set unusable-updates to skip to go on without them.',
    });
  }
  if (selection.used.length === 0 && !isNothingToDo(selection)) {
    throw new DiagnosedError({
      code: 'OS208',
      what: `No update of group "${group.name}" can be used: ${listLeftOut(selection.leftOut)}.`,
      cause: 'Every update was left out, and at least one of them is still needed.',
      next: 'Look at the reasons above; offline servicing applies only downloaded updates that are serviceable offline.',
    });
  }
}

const MOST_LISTED = 20;

function listLeftOut(updates: readonly LeftOutUpdate[]): string {
  const named = updates.slice(0, MOST_LISTED).map(({ ciId, update, reason }) => {
    const article = update?.article === undefined ? '' : `${update.article}, `;
    return `${article}CI_ID ${ciId} (${reason.why.replaceAll('-', ' ')})`;
  });
  const more = updates.length - named.length;
  return named.join('; ') + (more > 0 ? `; and ${more} more` : '');
}
