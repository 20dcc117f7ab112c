import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { inputNamed, inputSetTo } from '../diagnosis/input-mention.js';
import { LARGEST_SINT32 } from '../site/identifiers.js';
import type { SoftwareUpdate } from '../site/software-update.js';
import type { DetailedGroup } from '../site/update-group.js';
import type { NamedObjects } from './find-by-name.js';
import { listLeftOut } from './left-out-list.js';
import type { ReadDetails, ReadImage } from './read-details.js';
import type { ImageSelection } from './image-selection.js';
import type { ServicingRequest } from './servicing-request.js';
import { sharedFiles } from './shared-files.js';
import { refusalsOfUnsupported } from './unsupported-images.js';
import { unusableUpdates } from './update-selection.js';

/** What speaks against the images, groups and options of a run. */
export function refusalsOfImages(
  { images, cleanup }: ReadDetails,
  { groups, articleUpdates }: NamedObjects,
  request: ServicingRequest,
): readonly Diagnosis[] {
  return [
    ...refusalsOfUnsupported(images, request),
    ...images.flatMap(unknownServer),
    ...oneServerForSeveralSites(images, request),
    ...images.flatMap(imageInChange),
    ...sharedFiles(images.map(({ image }) => image)),
    ...images.flatMap(imageWithoutStatus),
    ...impossibleStarts(images),
    ...emptyGroups(groups),
    ...ciIdsTooLarge(groups, articleUpdates, request),
    ...(cleanup?.kind === 'unknown' ? [cleanup.why] : []),
    ...(request.removeSupersededUpdates ? images.flatMap(cleanupImpossible) : []),
  ];
}

/** What speaks against the updates that were selected for each image. */
export function refusalsOfSelection(
  selections: readonly ImageSelection[],
  request: ServicingRequest,
): readonly Diagnosis[] {
  return selections.flatMap((each) => unusable(each, request));
}

function unknownServer({ image, siteServer, wordsOfServer }: ReadImage): readonly Diagnosis[] {
  if (siteServer !== undefined) return [];
  return [
    {
      code: 'OS211',
      what: `The server of site ${image.sourceSite}, the source site of image ${image.packageId}, is not known. ${wordsOfServer}`.trim(),
      cause:
        'This provider does not show that site to the account, or the image comes from another hierarchy.',
      next: `Write the FQDN of the image's site server in the input ${inputNamed('site-server')}, for example ${inputSetTo('site-server', 'cm01.corp.example.com')}.`,
    },
  ];
}

function oneServerForSeveralSites(
  images: readonly ReadImage[],
  { siteServer }: ServicingRequest,
): readonly Diagnosis[] {
  const sites = [...new Set(images.map(({ image }) => image.sourceSite))];
  if (siteServer === undefined || sites.length === 1) return [];
  return [
    {
      code: 'OS218',
      what: `${inputNamed('site-server')} names ${siteServer} for images of several source sites: ${sites.join(', ')}.`,
      cause: 'Each image is serviced by the server of its own source site.',
      next: `Remove ${inputNamed('site-server')}, or run the step once for the images of each site.`,
    },
  ];
}

const ACTIONS: Readonly<Record<number, string>> = { 1: 'update', 2: 'add', 3: 'delete' };

function imageInChange({ image, actionInProgress }: ReadImage): readonly Diagnosis[] {
  if (actionInProgress === 0) return [];
  const action = ACTIONS[actionInProgress] ?? 'unknown';
  return [
    {
      code: 'OS215',
      what: `Image "${image.name}" (${image.packageId}) is being changed: ActionInProgress is ${actionInProgress} (${action}).`,
      cause: 'The site is adding the image, updating its content or deleting it at this moment.',
      next: 'Run the step again when the console shows no action in progress for the image.',
    },
  ];
}

function imageWithoutStatus({ image, isWithoutStatus }: ReadImage): readonly Diagnosis[] {
  if (!isWithoutStatus) return [];
  return [
    {
      code: 'OS213',
      what: `The site holds no status of any update for image "${image.name}" (${image.packageId}), so nobody knows what is applicable to it.`,
      cause:
        'An image that was never serviced, and whose updates the site never evaluated, has no rows in SMS_ImageUpdateStatus; or the account may not see them.',
      next: 'Name an update group, articles or CI_IDs for this image, or let the console schedule updates for it once.',
    },
  ];
}

/** Images of one site have one and the same start, which is told once. */
function impossibleStarts(images: readonly ReadImage[]): readonly Diagnosis[] {
  const all = images.flatMap(({ start }) => (start.kind === 'impossible' ? [start.why] : []));
  return [...new Map(all.map((why) => [why.what, why])).values()];
}

function emptyGroups(groups: readonly DetailedGroup[]): readonly Diagnosis[] {
  return groups
    .filter(({ ciIds }) => ciIds.length === 0)
    .map(({ group }) => ({
      code: 'OS206' as const,
      what: `Update group "${group.name}" (CI_ID ${group.ciId}) holds no update.`,
      cause: 'The step that made the group found no updates, or the group was emptied since.',
      next: 'Look at the group in the console (Software Library, Software Update Groups) and at the step that fills it.',
    }));
}

function ciIdsTooLarge(
  groups: readonly DetailedGroup[],
  articleUpdates: readonly SoftwareUpdate[],
  { updates }: ServicingRequest,
): readonly Diagnosis[] {
  const lists = [
    ...groups.map(({ group, ciIds }) => ({ where: `of update group "${group.name}"`, ciIds })),
    {
      where: `of the input ${inputNamed('updates')}`,
      ciIds: [
        ...articleUpdates.map(({ ciId }) => ciId),
        ...updates.flatMap((each) => (each.kind === 'ci-id' ? [each.ciId] : [])),
      ],
    },
  ];
  return lists
    .map(({ where, ciIds }) => ({ where, tooLarge: ciIds.filter((ciId) => ciId > LARGEST_SINT32) }))
    .filter(({ tooLarge }) => tooLarge.length > 0)
    .map(({ where, tooLarge }) => ({
      code: 'OS209' as const,
      what: `CI_ID ${tooLarge.join(', ')} ${where} is larger than a servicing schedule can hold (${LARGEST_SINT32}).`,
      cause: 'An update has an unsigned CI_ID, a schedule links to it by a signed one.',
      next: 'Take the update out; it cannot be serviced offline.',
    }));
}

function cleanupImpossible({ image, indexes }: ReadImage): readonly Diagnosis[] {
  if (indexes?.size === 1) return [];
  return [
    {
      code: 'OS216',
      what: `Superseded updates cannot be removed from image "${image.name}" (${image.packageId}): ${indexes === undefined ? 'its indexes cannot be read' : `it has ${indexes.size} indexes`}.`,
      cause:
        'The console offers this for images with one operating system only, and a clean-up that fails discards the whole servicing.',
      next: `Set ${inputSetTo('remove-superseded-updates', 'false')} for this image.`,
    },
  ];
}

function unusable(
  { image: { image }, selection }: ImageSelection,
  { unusableUpdates: policy }: ServicingRequest,
): readonly Diagnosis[] {
  const found = unusableUpdates(selection);
  if (policy === 'skip' || found.length === 0) return [];
  return [
    {
      code: 'OS207',
      what: `${found.length} of the updates for image "${image.name}" (${image.packageId}) cannot be used: ${listLeftOut(found)}.`,
      cause:
        'Content must be downloaded, and license terms accepted, before an update can be serviced. An update that the site ' +
        'does not show was deleted, or is outside the security scopes of the account.',
      next: `Download the content, accept the license terms or take these updates out, or use ${inputSetTo('unusable-updates', 'skip')} to go on without them.`,
    },
  ];
}
