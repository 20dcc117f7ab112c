import { nonEmpty, type NonEmpty } from '../collections/non-empty.js';
import { diagnosesIn, type Diagnosis } from '../diagnosis/diagnosis.js';
import type { ImageIndexes } from '../site/image-indexes.js';
import type { ImagePackage } from '../site/image-package.js';
import type { ImageVersions } from '../site/image-versions.js';
import type { SiteIdentification } from '../site/site-server.js';
import type { UpdateGroup } from '../site/update-group.js';
import { lookUpNames, requireEachName, type NamedObjects } from './find-by-name.js';
import { nothingKnown, type Known, type KnownImage } from './known.js';
import {
  readOtherSchedules,
  refusalsOfOtherSchedules,
  tellOfOtherSchedules,
  type OtherSchedules,
} from './other-schedules.js';
import { readApplicable } from './read-applicable.js';
import { readDetails, type ReadDetails, type ReadImage } from './read-details.js';
import { refusalsOfImages, refusalsOfSelection } from './refusals.js';
import { selectForImages } from './select-for-images.js';
import type { ImageSelection } from './image-selection.js';
import type { ServicingRequest } from './servicing-request.js';
import { stopIfCancelled, type SiteAccess } from './site-access.js';
import type { PlannedStart } from './start-time.js';
import type { UpdateSelection } from './update-selection.js';

/** Everything that a run has to know of one image before it writes. */
export interface ImagePlan {
  readonly image: ImagePackage;
  /** FQDN. */
  readonly siteServer: string;
  readonly indexes: ImageIndexes | undefined;
  readonly versions: ImageVersions;
  readonly start: PlannedStart;
  readonly selection: UpdateSelection;
}

export interface ServicingPlan {
  readonly site: SiteIdentification;
  readonly groups: readonly UpdateGroup[];
  readonly images: readonly [ImagePlan, ...ImagePlan[]];
  /** The property for removing superseded updates, where that was asked for. */
  readonly cleanupProperty: string | undefined;
  /** Of its images, those that were made before. */
  readonly otherSchedules: OtherSchedules;
}

/** How the reading of a plan ended: with a plan, or with all that keeps the run from it. */
export type PlanEnd =
  | { readonly kind: 'planned'; readonly plan: ServicingPlan; readonly known: Known }
  | { readonly kind: 'refused'; readonly known: Known; readonly errors: NonEmpty<Diagnosis> };

/**
 * Reads all that the run needs, in batches each of which needs what the one before told. Whatever would make the run fail
 * later is refused together: nothing is written before this has returned a plan.
 */
export async function readPlan(site: SiteAccess, request: ServicingRequest): Promise<PlanEnd> {
  let known = nothingKnown(request);
  try {
    const lookedUp = await lookUpNames(site, request);
    known = { ...known, site: lookedUp.site, request: lookedUp.request };
    const named = await requireEachName(site, lookedUp);
    known = { ...known, articles: lookedUp.articles };
    stopIfCancelled(site);
    const applicable = await readApplicable(site, request, named.images);
    const details = await readDetails(site, request, named, applicable);
    known = { ...known, groups: named.groups, images: details.images.flatMap((image) => knownImage(image)) };
    const selections = await selectForImages(site, request, details);
    known = { ...known, images: selections.flatMap(({ image, selection }) => knownImage(image, selection)) };
    const otherSchedules = await readOtherSchedules(site, details.images, details.scheduleLinks);
    stopIfCancelled(site);
    const refusals = nonEmpty([
      ...refusalsOfImages(details, named, request),
      ...refusalsOfSelection(selections, request),
      ...refusalsOfOtherSchedules(otherSchedules, selections, request),
    ]);
    if (refusals !== undefined) return { kind: 'refused', known, errors: refusals };
    tellOfOtherSchedules(site, otherSchedules, selections);
    return { kind: 'planned', plan: planOf(named, details, selections, otherSchedules), known };
  } catch (error) {
    return { kind: 'refused', known, errors: diagnosesIn(error) };
  }
}

/** None for an image whose site server is unknown: the error about that names it. */
function knownImage(
  { image, siteServer, indexes, versions, applicable }: ReadImage,
  selection?: UpdateSelection,
): readonly KnownImage[] {
  if (siteServer === undefined) return [];
  return [{ image, siteServer, indexes, versions, applicable, selection }];
}

function planOf(
  named: NamedObjects,
  details: ReadDetails,
  selections: readonly ImageSelection[],
  otherSchedules: OtherSchedules,
): ServicingPlan {
  const images = nonEmpty(
    selections.map(({ image, selection }): ImagePlan => {
      const { siteServer, indexes, versions, start } = image;
      if (siteServer === undefined || start.kind === 'impossible') {
        throw new TypeError('An image whose plan has a gap was not refused.');
      }
      return { image: image.image, siteServer, indexes, versions, start, selection };
    }),
  );
  if (images === undefined) throw new TypeError('A plan without an image.');
  return {
    site: named.site,
    groups: named.groups.map(({ group }) => group),
    images,
    cleanupProperty: details.cleanup?.kind === 'found' ? details.cleanup.property : undefined,
    otherSchedules,
  };
}
