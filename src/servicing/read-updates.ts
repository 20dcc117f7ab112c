import type { CiId, PackageId } from '../site/identifiers.js';
import { installedOnEveryIndex, listUpdatesInImages, updateOnIndexOf } from '../site/image-update-status.js';
import { listUpdates, softwareUpdateOf, type SoftwareUpdate } from '../site/software-update.js';
import { listSupersedence, supersedenceRelationOf, type SupersedenceRelation } from '../site/supersedence.js';
import type { NamedObjects } from './find-by-name.js';
import type { ReadImage, ReadObjects } from './read-named-objects.js';
import type { ServicingRequest } from './servicing-request.js';
import { readAll, readParts, type SiteAccess } from './site-access.js';
import { selectUpdates, type UpdateSelection } from './update-selection.js';

export interface ImageSelection {
  readonly image: ReadImage;
  readonly selection: UpdateSelection;
}

/** Reads each update that was asked for, what the images have of them, and selects for each image. */
export async function readUpdates(
  site: SiteAccess,
  request: ServicingRequest,
  named: NamedObjects,
  read: ReadObjects,
): Promise<readonly ImageSelection[]> {
  const ciIdsOf = ciIdsFor(request, named, read);
  const all = ascending(new Set(read.images.flatMap(ciIdsOf)));
  const known = new Map(named.articleUpdates.map((update) => [update.ciId, update]));
  const [first, ...others] = all.filter((ciId) => !known.has(ciId));
  // Without knowing all indexes nobody may say that an update is on every one: then the site decides itself.
  const judged = request.alreadyInstalled === 'skip' ? read.images.filter(({ indexes }) => indexes) : [];
  const answers = await readParts(site, {
    updates: first === undefined ? [] : [listUpdates([first, ...others])],
    statuses: statusQuery(judged, all),
  });
  const updates = new Map<CiId, SoftwareUpdate>([
    ...known,
    ...answers.updates
      .flatMap((rows) => rows.map(softwareUpdateOf))
      .map((update) => [update.ciId, update] as const),
  ]);
  const statuses = answers.statuses.flatMap((rows) => rows.map(updateOnIndexOf));
  const supersedence = await readSupersedence(site, request, [...updates.values()]);

  return read.images.map((image) => {
    const { packageId } = image.image;
    const own = judged.includes(image) ? statuses.filter((row) => row.packageId === packageId) : [];
    const selection = selectUpdates({
      ciIds: ciIdsOf(image),
      updates,
      installedOnEveryIndex: installedOnEveryIndex(image.indexes ?? new Set(), own),
      alreadyInstalled: request.alreadyInstalled,
      supersedence,
    });
    site.tell({ kind: 'selected', image: image.image, selection });
    return { image, selection };
  });
}

/** What is asked for an image: the same for all but for what is applicable to it alone. */
function ciIdsFor(
  request: ServicingRequest,
  named: NamedObjects,
  read: ReadObjects,
): (image: ReadImage) => readonly CiId[] {
  const shared = [
    ...read.groups.flatMap(({ ciIds }) => ciIds),
    ...named.articleUpdates.map(({ ciId }) => ciId),
    ...request.updates.flatMap((each) => (each.kind === 'ci-id' ? [each.ciId] : [])),
  ];
  return ({ applicable }) => ascending(new Set([...shared, ...applicable]));
}

function statusQuery(
  images: readonly ReadImage[],
  ciIds: readonly CiId[],
): readonly ReturnType<typeof listUpdatesInImages>[] {
  const [image, ...otherImages] = images.map(({ image: { packageId } }): PackageId => packageId);
  const [ciId, ...otherCiIds] = ciIds;
  if (image === undefined || ciId === undefined) return [];
  const indexes = images.reduce((sum, each) => sum + (each.indexes?.size ?? 0), 0);
  return [listUpdatesInImages([image, ...otherImages], [ciId, ...otherCiIds], indexes)];
}

/** Asked only where the site calls one of them superseded: else none of them is made unneeded by another. */
async function readSupersedence(
  site: SiteAccess,
  { supersededUpdates }: ServicingRequest,
  updates: readonly SoftwareUpdate[],
): Promise<readonly SupersedenceRelation[]> {
  const current = updates.filter(({ isExpired }) => !isExpired);
  const [first, ...others] = current.map(({ ciId }) => ciId);
  const isWanted =
    supersededUpdates === 'skip-if-newer-selected' && current.some(({ isSuperseded }) => isSuperseded);
  if (!isWanted || first === undefined || others.length === 0) return [];
  const [rows] = await readAll(site, [listSupersedence([first, ...others])]);
  return rows.map(supersedenceRelationOf);
}

function ascending(ciIds: ReadonlySet<CiId>): readonly CiId[] {
  return [...ciIds].sort((one, other) => one - other);
}
