import { isNonEmpty, nonEmpty, type NonEmpty } from '../collections/non-empty.js';
import { LARGEST_SINT32, type CiId } from '../site/identifiers.js';
import {
  listInstalledUpdates,
  listUpdatesInImages,
  type UpdateOnIndex,
} from '../site/image-update-status.js';
import { listUpdates, type SoftwareUpdate } from '../site/software-update.js';
import { listSupersedence, type SupersedenceRelation } from '../site/supersedence.js';
import type { ReadDetails, ReadImage } from './read-details.js';
import type { ImageSelection } from './image-selection.js';
import type { ServicingRequest } from './servicing-request.js';
import { readParts, type SiteAccess } from './site-access.js';
import { newerOfEach, newerThanAnyOf } from './superseded-updates.js';

/** What the site knows of the updates of a run beside what every run reads. */
export interface RelatedUpdates {
  /** Those that were asked for, and others that supersede one of them. */
  readonly updates: ReadonlyMap<CiId, SoftwareUpdate>;
  readonly relations: readonly SupersedenceRelation[];
  readonly statuses: readonly UpdateOnIndex[];
}

/** Three years of months that nobody asked for: a chain that goes on after that would cost more than it saves. */
const MOST_STEPS = 36;
const MOST_UPDATES = 1_000;

/**
 * Asks what makes updates unneeded, and no more of it than what changes the selection: nothing where the site calls none
 * of them superseded and none has a sibling that is not required.
 */
export async function readRelatedUpdates(
  site: SiteAccess,
  request: ServicingRequest,
  details: ReadDetails,
  select: (related: RelatedUpdates) => readonly ImageSelection[],
): Promise<RelatedUpdates> {
  const asked: RelatedUpdates = { updates: details.updates, relations: [], statuses: [] };
  const isWanted = request.supersededUpdates === 'include';
  const matters = !isWanted && supersededAmong(select(asked)).length > 0;
  const superseded = [...details.updates.values()].flatMap(({ ciId, isSuperseded }) =>
    matters && isSuperseded ? [ciId] : [],
  );
  const answers = await readParts(site, {
    relations: relationsOf(superseded),
    siblings: siblingQuery(details),
  });
  const related: RelatedUpdates = {
    ...asked,
    relations: answers.relations.flat(),
    statuses: answers.siblings.flat(),
  };
  if (isWanted || request.alreadyInstalled === 'include') return related;
  return readInstalled(site, related, new Set(superseded), select);
}

/** Those that are used, or that the image cannot get, although the site calls them superseded. */
function supersededAmong(selections: readonly ImageSelection[]): readonly SoftwareUpdate[] {
  const all = selections.flatMap(({ selection: { used, leftOut } }) => [
    ...used,
    ...leftOut.flatMap(({ update, reason }) => (reason.need === 'not-possible' ? (update ?? []) : [])),
  ]);
  return [...new Map(all.map((update) => [update.ciId, update])).values()].filter(
    ({ isSuperseded }) => isSuperseded,
  );
}

/** What the images have that could supersede an update, and the chains that lead there. */
async function readInstalled(
  site: SiteAccess,
  first: RelatedUpdates,
  read: Set<CiId>,
  select: (related: RelatedUpdates) => readonly ImageSelection[],
): Promise<RelatedUpdates> {
  let related = first;
  let images: readonly ReadImage[] | undefined;
  for (let step = 0; step < MOST_STEPS && related.updates.size < first.updates.size + MOST_UPDATES; step++) {
    const open = select(related).filter(
      ({ image }) => image.indexes !== undefined && (images === undefined || images.includes(image)),
    );
    const unread = unreadAbove(supersededAmong(open), related, read).slice(0, MOST_UPDATES);
    if (unread.length === 0) break;
    const unknown = unread.filter((ciId) => !related.updates.has(ciId));
    const answers = await readParts(site, {
      updates: ofAny(unknown, listUpdates),
      relations: relationsOf(unread),
      installed:
        images === undefined
          ? ofAny(
              open.map(({ image }) => image.image.packageId),
              listInstalledUpdates,
            )
          : [],
    });
    for (const ciId of unread) read.add(ciId);
    const installed = answers.installed.flat();
    images ??= withOthersInstalled(open, installed);
    const found = answers.updates.flat();
    related = {
      updates: new Map([...related.updates, ...found.map((update) => [update.ciId, update] as const)]),
      relations: [...related.relations, ...answers.relations.flat()],
      statuses: [...related.statuses, ...installed],
    };
  }
  return related;
}

/** What is newer than one of these updates, or might be, and whose own relations were not asked for. */
function unreadAbove(
  open: readonly SoftwareUpdate[],
  { updates, relations }: RelatedUpdates,
  read: ReadonlySet<CiId>,
): readonly CiId[] {
  const above = newerThanAnyOf(
    open.map(({ ciId }) => ciId),
    newerOfEach(updates.values(), relations),
  );
  const unknown = relations.flatMap(({ from, to }) => [
    ...(above.has(from) && !updates.has(to) ? [to] : []),
    ...(above.has(to) && !updates.has(from) ? [from] : []),
  ]);
  return [...new Set([...above, ...unknown])].filter((ciId) => !read.has(ciId));
}

/** The images that have updates beside those that were asked for: of the others there is nothing more to learn. */
function withOthersInstalled(
  open: readonly ImageSelection[],
  installed: readonly UpdateOnIndex[],
): readonly ReadImage[] {
  return open
    .map(({ image }) => image)
    .filter(({ image, ciIds }) =>
      installed.some(({ packageId, updateId }) => packageId === image.packageId && !ciIds.includes(updateId)),
    );
}

function relationsOf(ciIds: readonly CiId[]): readonly ReturnType<typeof listSupersedence>[number][] {
  return ofAny(ciIds, listSupersedence).flat();
}

/**
 * Which of the updates of one article concern the images: asked only where the site holds one of several as not required.
 */
function siblingQuery({ images, updates }: ReadDetails): readonly ReturnType<typeof listUpdatesInImages>[] {
  const concerned = images.flatMap(({ image, ciIds, statuses }) => {
    const notRequired = new Set(
      statuses.flatMap(({ state, updateId }) => (state === 'not-required' ? [updateId] : [])),
    );
    const articles = new Set([...notRequired].flatMap((ciId) => updates.get(ciId)?.article ?? []));
    const siblings = ciIds.filter((ciId) => {
      const article = updates.get(ciId)?.article;
      return article !== undefined && articles.has(article) && !notRequired.has(ciId);
    });
    return siblings.length === 0 ? [] : [{ packageId: image.packageId, siblings }];
  });
  const imageIds = nonEmpty(concerned.map(({ packageId }) => packageId));
  const all = [...new Set(concerned.flatMap(({ siblings }) => siblings))];
  const siblings = nonEmpty(all.filter((each) => each <= LARGEST_SINT32));
  if (imageIds === undefined || siblings === undefined) return [];
  return [listUpdatesInImages(imageIds, siblings, ['applicable', 'installed'], undefined)];
}

/** What is made of a list with something in it; nothing of an empty one. */
function ofAny<Item, Made>(items: readonly Item[], make: (items: NonEmpty<Item>) => Made): readonly Made[] {
  return isNonEmpty(items) ? [make(items)] : [];
}
