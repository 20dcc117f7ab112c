import { LARGEST_SINT32, type CiId } from '../site/identifiers.js';
import {
  installedOnEveryIndex,
  listUpdatesNotRequired,
  updateOnIndexOf,
  type UpdateOnIndex,
} from '../site/image-update-status.js';
import type { SoftwareUpdate } from '../site/software-update.js';
import { listSupersedence, supersedenceRelationOf, type SupersedenceRelation } from '../site/supersedence.js';
import type { ReadDetails, ReadImage } from './read-details.js';
import type { ServicingRequest } from './servicing-request.js';
import { readAll, type SiteAccess } from './site-access.js';
import { supersedingUpdates } from './superseded-updates.js';
import { selectUpdates, type UpdateSelection } from './update-selection.js';

export interface ImageSelection {
  readonly image: ReadImage;
  readonly selection: UpdateSelection;
}

/** Selects for each image, after asking which of the updates supersede each other where that matters. */
export async function selectForImages(
  site: SiteAccess,
  request: ServicingRequest,
  { images, updates }: ReadDetails,
): Promise<readonly ImageSelection[]> {
  const current = [...updates.values()].filter(({ isExpired }) => !isExpired);
  const supersedence = await readSupersedence(site, request, current);
  const notRequired = await readNotRequired(site, images, supersedingUpdates(current, supersedence));
  return images.map((image) => {
    const { packageId } = image.image;
    const selection = selectUpdates({
      ciIds: image.ciIds,
      updates,
      installedOnEveryIndex:
        image.indexes === undefined ? new Set() : installedOnEveryIndex(image.indexes, image.installed),
      alreadyInstalled: request.alreadyInstalled,
      supersedence,
      notRequired: new Set(
        notRequired.filter((row) => row.packageId === packageId).map(({ updateId }) => updateId),
      ),
    });
    site.tell({ kind: 'selected', image: image.image, selection });
    return { image, selection };
  });
}

/** Asked only where the site calls one of them superseded: else none of them is made unneeded by another. */
async function readSupersedence(
  site: SiteAccess,
  { supersededUpdates }: ServicingRequest,
  current: readonly SoftwareUpdate[],
): Promise<readonly SupersedenceRelation[]> {
  const [first, ...others] = current.map(({ ciId }) => ciId);
  const matters = current.some(({ isSuperseded }) => isSuperseded) && others.length > 0;
  if (supersededUpdates === 'include' || !matters || first === undefined) return [];
  const [rows] = await readAll(site, [listSupersedence([first, ...others])]);
  return rows.map(supersedenceRelationOf);
}

async function readNotRequired(
  site: SiteAccess,
  images: readonly ReadImage[],
  superseding: readonly CiId[],
): Promise<readonly UpdateOnIndex[]> {
  const [image, ...otherImages] = images.map(({ image: { packageId } }) => packageId);
  const [update, ...otherUpdates] = superseding.filter((each) => each <= LARGEST_SINT32);
  if (image === undefined || update === undefined) return [];
  const [rows] = await readAll(site, [
    listUpdatesNotRequired([image, ...otherImages], [update, ...otherUpdates]),
  ]);
  return rows.map(updateOnIndexOf);
}
