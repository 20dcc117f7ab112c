import { distance } from 'fastest-levenshtein';

import { DiagnosedError } from '../diagnosis/diagnosis.js';
import {
  findImages,
  IMAGE_KIND,
  imagePackageOf,
  IMAGE_CLASSES,
  listAllImages,
  type ImageClass,
  type ImagePackage,
} from '../site/image-package.js';
import { listAllUpdateGroups, updateGroupOf, type UpdateGroup } from '../site/update-group.js';
import type { Instance } from '../provider/instance.js';
import { readAll, type SiteAccess } from './site-access.js';

/** Takes the answers to `findImages`; each query tells the class of its rows. */
export function imagesIn(
  reference: string,
  answers: readonly (readonly Instance[])[],
): readonly ImagePackage[] {
  const queries = findImages(reference);
  return unique(
    answers.flatMap((rows, place) =>
      rows.map((row) => imagePackageOf(imageClassOf(queries[place]?.class), row)),
    ),
    ({ packageId }) => packageId,
  );
}

export function groupsIn(answers: readonly (readonly Instance[])[]): readonly UpdateGroup[] {
  return unique(
    answers.flatMap((rows) => rows.map(updateGroupOf)),
    ({ ciId: id }) => id,
  );
}

/** The one image that a reference means, or an error that helps to say which was meant. */
export async function requireOneImage(
  site: SiteAccess,
  reference: string,
  found: readonly ImagePackage[],
): Promise<ImagePackage> {
  const [image, ...others] = found;
  if (image === undefined) {
    const answers = await readAll(site, listAllImages);
    const all = answers.flatMap((rows, place) =>
      rows.map((row) => imagePackageOf(imageClassOf(IMAGE_CLASSES[place]), row)),
    );
    throw new DiagnosedError({
      code: 'OS202',
      what: `No image is named "${reference}", and none has it as package ID.`,
      ...notFound(
        'image',
        reference,
        all.map(({ name, packageId }) => ({ name, id: packageId })),
      ),
    });
  }
  if (others.length > 0) {
    throw new DiagnosedError({
      code: 'OS203',
      what: `${found.length} images are meant by "${reference}": ${found.map(nameImage).join('; ')}.`,
      cause: 'Names of images are not unique in Configuration Manager.',
      next: 'Give the package ID of the one that is meant in the input image.',
    });
  }
  return image;
}

/** The one update group that a reference means, or an error that helps to say which was meant. */
export async function requireOneGroup(
  site: SiteAccess,
  reference: string,
  found: readonly UpdateGroup[],
): Promise<UpdateGroup> {
  const [group, ...others] = found;
  if (group === undefined) {
    const [rows] = await readAll(site, [listAllUpdateGroups]);
    const all = rows.map(updateGroupOf).map(({ name, ciId: id }) => ({ name, id: String(id) }));
    throw new DiagnosedError({
      code: 'OS204',
      what: `No update group is named "${reference}"${!/^[0-9]{1,10}$/.test(reference) ? '' : ', and none has it as CI_ID'}.`,
      ...notFound('update-group', reference, all),
    });
  }
  if (others.length > 0) {
    throw new DiagnosedError({
      code: 'OS205',
      what: `${found.length} update groups are meant by "${reference}": ${found.map(({ name, ciId: id }) => `"${name}" (CI_ID ${id})`).join('; ')}.`,
      cause: 'Names of update groups are not unique in Configuration Manager.',
      next: 'Give the CI_ID of the one that is meant in the input update-group.',
    });
  }
  return group;
}

interface Named {
  readonly name: string;
  readonly id: string;
}

const MOST_SUGGESTIONS = 5;

function notFound(input: string, reference: string, all: readonly Named[]): { cause: string; next: string } {
  const cause =
    'The name is misspelt, or the object is outside the security scopes of the account that runs the step: what it may not see is simply absent.';
  if (all.length === 0)
    return {
      cause,
      next: 'The account sees none at all. Check its security role and scopes in the console.',
    };
  const nearest = nearestNames(reference, all).map(({ name, id }) => `"${name}" (${id})`);
  return {
    cause,
    next: `Correct the input ${input}. Nearest of the ${all.length} that the account sees: ${nearest.join(', ')}.`,
  };
}

/** By edits from one name to the other, without regard to case; a part of a name counts as near. */
export function nearestNames<Item extends Named>(reference: string, all: readonly Item[]): readonly Item[] {
  const wanted = reference.toLowerCase();
  const far = ({ name, id }: Item): number => {
    const other = name.toLowerCase();
    const holdsIt = wanted !== '' && (other.includes(wanted) || wanted.includes(other));
    return Math.min(distance(wanted, other), distance(wanted, id.toLowerCase())) / (holdsIt ? 4 : 1);
  };
  return all
    .map((item) => ({ item, far: far(item) }))
    .sort((one, other) => one.far - other.far || one.item.name.localeCompare(other.item.name, 'en'))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ item }) => item);
}

function nameImage({ name, packageId, class: imageClass, version, sourcePath }: ImagePackage): string {
  const details = [
    packageId,
    IMAGE_KIND[imageClass],
    version === undefined ? undefined : `version ${version}`,
    sourcePath,
  ];
  return `"${name}" (${details.filter((detail) => detail !== undefined).join(', ')})`;
}

function imageClassOf(className: string | undefined): ImageClass {
  return IMAGE_CLASSES.find((imageClass) => imageClass === className) ?? 'SMS_ImagePackage';
}

function unique<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): readonly Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
