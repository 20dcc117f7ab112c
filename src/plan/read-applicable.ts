import { mapNonEmpty, type NonEmpty } from '../collections/non-empty.js';
import type { CiId, PackageId } from '../site/identifiers.js';
import { listApplicableUpdates, listOtherStatusRows } from '../site/image-update-status.js';
import type { DetailedImage } from '../site/image-package.js';
import type { ServicingRequest } from './servicing-request.js';
import { readAll, stopIfCancelled, type SiteAccess } from './site-access.js';

/** What the site holds as applicable to an image. */
export interface ApplicableUpdates {
  readonly ciIds: readonly CiId[];
  /** The site holds no status of any update for the image: then nobody knows what applies. */
  readonly isWithoutStatus: boolean;
}

/** Empty where nobody asked for what is applicable. */
export async function readApplicable(
  site: SiteAccess,
  { updates }: ServicingRequest,
  images: NonEmpty<DetailedImage>,
): Promise<ReadonlyMap<PackageId, ApplicableUpdates>> {
  if (!updates.some(({ kind }) => kind === 'applicable')) return new Map();
  const packageIds = mapNonEmpty(images, ({ image }) => image.packageId);
  const [rows] = await readAll(site, [listApplicableUpdates(packageIds)]);
  const found = new Map(
    images.map(({ image: { packageId } }) => [
      packageId,
      [...new Set(rows.filter((row) => row.packageId === packageId).map(({ updateId }) => updateId))],
    ]),
  );
  stopIfCancelled(site);
  // An image to which nothing applies may be up to date, or may never have been looked into.
  const silent = [...found].filter(([, ciIds]) => ciIds.length === 0).map(([packageId]) => packageId);
  const otherRows = silent.length === 0 ? [] : await readAll(site, silent.map(listOtherStatusRows));
  const withoutStatus = silent.filter((_, place) => otherRows[place]?.length === 0);
  for (const { image } of images) {
    site.tell({ kind: 'applicable-found', image, updates: found.get(image.packageId)?.length ?? 0 });
  }
  return new Map(
    [...found].map(([packageId, ciIds]) => [
      packageId,
      { ciIds, isWithoutStatus: withoutStatus.includes(packageId) },
    ]),
  );
}
