import type { ImageSelection } from './image-selection.js';
import type { CiId, PackageId } from '../site/identifiers.js';
import { onEveryIndex, type UpdateOnIndex } from '../site/image-update-status.js';
import type { SoftwareUpdate } from '../site/software-update.js';
import type { ReadDetails, ReadImage } from './read-details.js';
import { readRelatedUpdates, type RelatedUpdates } from './read-related-updates.js';
import type { ExcludedUpdate, ServicingRequest } from './servicing-request.js';
import type { SiteAccess } from './site-access.js';
import { selectUpdates, type UpdateSelection } from './update-selection.js';

/** Selects for each image, after asking what else there is to know of the updates where that matters. */
export async function selectForImages(
  site: SiteAccess,
  request: ServicingRequest,
  details: ReadDetails,
): Promise<readonly ImageSelection[]> {
  const excluded = excludedUpdates(site, request, details);
  const select = (related: RelatedUpdates): readonly ImageSelection[] =>
    details.images.map((image) => ({ image, selection: selectFor(image, request, excluded, related) }));

  const selections = select(await readRelatedUpdates(site, request, details, select));
  for (const { image, selection } of selections)
    site.tell({ kind: 'selected', image: image.image, selection });
  return selections;
}

function selectFor(
  image: ReadImage,
  { alreadyInstalled, notRequiredUpdates }: ServicingRequest,
  excluded: ReadonlySet<CiId>,
  { updates, relations, statuses }: RelatedUpdates,
): UpdateSelection {
  const rows = [...image.statuses, ...ofImage(statuses, image.image.packageId)];
  const inState = (state: UpdateOnIndex['state']): readonly UpdateOnIndex[] =>
    rows.filter((row) => row.state === state);
  const held = (state: UpdateOnIndex['state']): ReadonlySet<CiId> =>
    new Set(inState(state).map(({ updateId }) => updateId));
  // Without knowing all indexes nobody may say that an update is on every one: then the site decides itself.
  const heldEverywhere = (state: UpdateOnIndex['state']): ReadonlySet<CiId> =>
    image.indexes === undefined ? new Set() : onEveryIndex(state, image.indexes, inState(state));
  return selectUpdates({
    ciIds: image.ciIds,
    updates,
    excluded,
    installedOnEveryIndex: heldEverywhere('installed'),
    alreadyInstalled,
    supersedence: relations,
    notRequired: held('not-required'),
    notRequiredOnEveryIndex: heldEverywhere('not-required'),
    notRequiredUpdates,
    concerning: new Set([...held('applicable'), ...held('installed')]),
  });
}

function ofImage(statuses: readonly UpdateOnIndex[], packageId: PackageId): readonly UpdateOnIndex[] {
  return statuses.filter((row) => row.packageId === packageId);
}

/** What is excluded of the updates that were asked for. An entry that means none of them may be a slip, and is told. */
function excludedUpdates(
  { tell }: SiteAccess,
  { excludeUpdates }: ServicingRequest,
  { images, updates }: ReadDetails,
): ReadonlySet<CiId> {
  const asked = [...new Set(images.flatMap(({ ciIds }) => ciIds))];
  const excluded = new Set<CiId>();
  for (const entry of excludeUpdates) {
    const meant = asked.filter((ciId) => isMeantBy(entry, ciId, updates.get(ciId)));
    if (meant.length === 0) tell({ kind: 'exclusion-without-effect', excluded: textOf(entry) });
    for (const ciId of meant) excluded.add(ciId);
  }
  return excluded;
}

function isMeantBy(entry: ExcludedUpdate, ciId: CiId, update: SoftwareUpdate | undefined): boolean {
  return entry.kind === 'ci-id' ? entry.ciId === ciId : update?.article === `KB${entry.article}`;
}

function textOf(entry: ExcludedUpdate): string {
  return entry.kind === 'ci-id' ? `CI_ID ${entry.ciId}` : `KB${entry.article}`;
}
