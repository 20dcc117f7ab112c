import { mapNonEmpty, nonEmpty, uniqueBy } from '../collections/non-empty.js';
import { DiagnosedError, type Diagnosis } from '../diagnosis/diagnosis.js';
import { inputNamed, inputSetTo } from '../diagnosis/input-mention.js';
import { isSameText } from '../provider/conditions.js';
import { packageId } from '../site/identifiers.js';
import {
  findImages,
  IMAGE_KIND,
  listAllImages,
  type DetailedImage,
  type ImagePackage,
} from '../site/image-package.js';
import { identifySite, type SiteIdentification } from '../site/site-server.js';
import { listUpdatesOfArticles, type SoftwareUpdate } from '../site/software-update.js';
import {
  findUpdateGroups,
  groupIdIn,
  listAllUpdateGroups,
  type DetailedGroup,
} from '../site/update-group.js';
import { absentGroup, absentImage } from './absent-names.js';
import { lookedUpFor, meantNames, type MeantName } from './meant-names.js';
import type { NameReference, ServicingRequest } from './servicing-request.js';
import { requireSite } from './require-site.js';
import { readParts, type SiteAccess } from './site-access.js';

/** What the names, IDs and article numbers of a request stand for. */
export interface NamedObjects {
  readonly site: SiteIdentification;
  readonly images: readonly [DetailedImage, ...DetailedImage[]];
  readonly groups: readonly DetailedGroup[];
  /** Of all articles that were asked for. */
  readonly articleUpdates: readonly SoftwareUpdate[];
}

/** What the site showed for the names of a request. It may be nothing, or several things for one name. */
export interface LookedUpNames {
  readonly site: SiteIdentification;
  /** A line that turned out to be one name with commas is that name. */
  readonly request: ServicingRequest;
  readonly names: RequestedNames;
  readonly seen: SeenObjects;
  readonly articles: readonly { readonly article: string; readonly updates: number }[];
}

/** Looks everything up that is named, in one batch. Throws where the provider serves another site. */
export async function lookUpNames(site: SiteAccess, request: ServicingRequest): Promise<LookedUpNames> {
  const [article, ...otherArticles] = articlesOf(request);
  const answers = await readParts(site, {
    identity: [identifySite],
    images: findImages(lookedUpFor(request.images)),
    groups: findUpdateGroups(lookedUpFor(request.updateGroups)),
    articles: article === undefined ? [] : [listUpdatesOfArticles([article, ...otherArticles])],
  });
  const identification = requireSite(answers.identity[0], request.siteCode);
  site.tell({ kind: 'site-found', site: identification });

  const seen: SeenObjects = {
    images: answers.images.flat(),
    groups: answers.groups.flat(),
    articleUpdates: answers.articles.flat(),
  };
  const names = namesIn(request, seen);
  for (const line of names.wholeLines) site.tell({ kind: 'line-is-one-name', line });
  return {
    site: identification,
    request: withWholeLines(request, names.wholeLines),
    names,
    seen,
    articles: articlesOf(request).map((each) => ({
      article: `KB${each}`,
      updates: seen.articleUpdates.filter((update) => update.article === `KB${each}`).length,
    })),
  };
}

/** Throws one error for each name that means nothing, or several things. */
export async function requireEachName(
  site: SiteAccess,
  { site: identification, request, names, seen, articles }: LookedUpNames,
): Promise<NamedObjects> {
  const problems = nonEmpty(await problemsWith(site, request, names, seen));
  if (problems !== undefined) throw new DiagnosedError(...problems);
  for (const { article, updates } of articles) site.tell({ kind: 'article-found', article, updates });
  const images = nonEmpty(names.images.flatMap(({ name }) => imagesMeantBy(name, seen.images)));
  if (images === undefined) throw new TypeError('A request without an image.');
  return {
    site: identification,
    images: uniqueBy(images, ({ image: { packageId: id } }) => id),
    groups: unique(
      names.groups.flatMap(({ name }) => groupsMeantBy(name, seen.groups)),
      ({ group }) => group.ciId,
    ),
    articleUpdates: seen.articleUpdates,
  };
}

function withWholeLines(request: ServicingRequest, lines: readonly string[]): ServicingRequest {
  const whole = (each: NameReference): NameReference =>
    typeof each !== 'string' && lines.includes(each.line) ? each.line : each;
  return {
    ...request,
    images: mapNonEmpty(request.images, whole),
    updateGroups: request.updateGroups.map(whole),
  };
}

interface SeenObjects {
  readonly images: readonly DetailedImage[];
  readonly groups: readonly DetailedGroup[];
  readonly articleUpdates: readonly SoftwareUpdate[];
}

function articlesOf({ updates }: ServicingRequest): readonly string[] {
  return [...new Set(updates.flatMap((each) => (each.kind === 'article' ? [each.article] : [])))];
}

interface RequestedNames {
  readonly images: readonly MeantName[];
  readonly groups: readonly MeantName[];
  /** Those that are one name with commas in it. */
  readonly wholeLines: readonly string[];
}

function namesIn({ images, updateGroups }: ServicingRequest, seen: SeenObjects): RequestedNames {
  const imageNames = meantNames(images, (name) => imagesMeantBy(name, seen.images).length > 0);
  const groupNames = meantNames(updateGroups, (name) => groupsMeantBy(name, seen.groups).length > 0);
  return {
    images: imageNames.names,
    groups: groupNames.names,
    wholeLines: [...imageNames.wholeLines, ...groupNames.wholeLines],
  };
}

/** Names are not unique, and a name may look like an ID: everything that a reference can mean. */
function imagesMeantBy(reference: string, seen: readonly DetailedImage[]): readonly DetailedImage[] {
  const id = packageId(reference);
  return unique(
    seen.filter(({ image }) => image.packageId === id || isSameText(image.name, reference)),
    ({ image }) => image.packageId,
  );
}

function groupsMeantBy(reference: string, seen: readonly DetailedGroup[]): readonly DetailedGroup[] {
  const id = groupIdIn(reference);
  return unique(
    seen.filter(({ group }) => group.ciId === id || isSameText(group.name, reference)),
    ({ group }) => group.ciId,
  );
}

/** What is not there, and what is there more than once; all of it, because each is an error of its own. */
async function problemsWith(
  site: SiteAccess,
  request: ServicingRequest,
  names: RequestedNames,
  seen: SeenObjects,
): Promise<readonly Diagnosis[]> {
  const images = names.images.map((each) => ({ ...each, meant: imagesMeantBy(each.name, seen.images) }));
  const groups = names.groups.map((each) => ({ ...each, meant: groupsMeantBy(each.name, seen.groups) }));
  const absentImages = images.filter(({ meant }) => meant.length === 0);
  const absentGroups = groups.filter(({ meant }) => meant.length === 0);
  // Only a name that was not found is worth a list of everything that there is.
  const all = await readParts(site, {
    images: absentImages.length === 0 ? [] : listAllImages,
    groups: absentGroups.length === 0 ? [] : [listAllUpdateGroups],
  });
  return [
    ...absentImages.map((absent) => absentImage(absent, all.images.flat())),
    ...images.flatMap(({ name, meant }) => (meant.length > 1 ? [severalImages(name, meant)] : [])),
    ...absentGroups.map((absent) => absentGroup(absent, all.groups.flat())),
    ...groups.flatMap(({ name, meant }) => (meant.length > 1 ? [severalGroups(name, meant)] : [])),
    ...absentArticles(articlesOf(request), seen.articleUpdates),
  ];
}

function severalImages(reference: string, meant: readonly DetailedImage[]): Diagnosis {
  return {
    code: 'OS203',
    what: `${meant.length} images are meant by "${reference}": ${meant.map(({ image }) => nameImage(image)).join('; ')}.`,
    cause: 'Names of images are not unique in Configuration Manager.',
    next: `Write the package ID of the right one in place of the name: ${inputSetTo('image', meant[0]?.image.packageId ?? '')}.`,
  };
}

function severalGroups(reference: string, meant: readonly DetailedGroup[]): Diagnosis {
  const named = meant.map(({ group: { name, ciId } }) => `"${name}" (CI_ID ${ciId})`).join('; ');
  return {
    code: 'OS205',
    what: `${meant.length} update groups are meant by "${reference}": ${named}.`,
    cause: 'Names of update groups are not unique in Configuration Manager.',
    next: `Write the CI_ID of the right one in place of the name: ${inputSetTo('update-group', String(meant[0]?.group.ciId ?? ''))}.`,
  };
}

function absentArticles(wanted: readonly string[], found: readonly SoftwareUpdate[]): readonly Diagnosis[] {
  const absent = wanted.filter((article) => found.every((update) => update.article !== `KB${article}`));
  if (absent.length === 0) return [];
  const listed = absent.map((article) => `KB${article}`).join(', ');
  return [
    {
      code: 'OS212',
      what: `The site shows no update of ${absent.length === 1 ? 'article' : 'the articles'} ${listed}.`,
      cause:
        'The number is mistyped, the update was never synchronised to this site, or it is outside the security scopes of the account.',
      next: `Look for the number in the console (Software Library, All Software Updates), and correct the input ${inputNamed('updates')}.`,
    },
  ];
}

function nameImage({ name, packageId: id, class: imageClass, version, sourcePath }: ImagePackage): string {
  const details = [
    id,
    IMAGE_KIND[imageClass],
    version === undefined ? undefined : `version ${version}`,
    sourcePath,
  ];
  return `"${name}" (${details.filter((detail) => detail !== undefined).join(', ')})`;
}

function unique<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): readonly Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
