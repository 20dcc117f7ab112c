import type { NonEmpty } from '../collections/non-empty.js';
import type { Instance } from '../provider/instance.js';
import type { Query } from '../provider/port.js';
import { packageId, type PackageId } from './identifiers.js';
import type { VersionOnIndex } from './os-version.js';
import { highestVersion, osVersionIn } from './os-version.js';
import { identified, optionalTextOf, textOf } from './property-reading.js';
import { readWimSystems } from './wim-systems.js';

const INFORMATION = 'SMS_ImageInformation';

/** The operating systems in a WIM file, by number from 1. */
export type ImageIndexes = ReadonlySet<number>;

/** A WIM file tells a few thousand characters about each of its systems; far more would only cost memory. */
const LONGEST_XML = 1_000_000;

/**
 * The indexes that the lazy property ImageProperty names: a WIM element with an IMAGE element for each, the number in
 * its INDEX attribute (docs/configmgr.md, "Images"). Undefined where the text is something else: then the indexes
 * are not known, and nobody may say that an update is on all of them.
 */
export function indexesOf(image: Instance, className: string): ImageIndexes | undefined {
  return wimSystemsOf(image, className).indexes;
}

export interface WimSystems {
  /** Undefined where the text cannot be understood as a whole. */
  readonly indexes: ImageIndexes | undefined;
  /** Also of a text that can be understood in part. */
  readonly versions: readonly VersionOnIndex[];
}

/** What ImageProperty says about the operating systems in the image: their indexes, and the version of each. */
export function wimSystemsOf(image: Instance, className: string): WimSystems {
  const xml = optionalTextOf(image, className, 'ImageProperty');
  if (xml === undefined || xml.length > LONGEST_XML) return { indexes: undefined, versions: [] };
  const { isWhole, systems } = readWimSystems(xml);
  const indexes = new Set(systems.map(({ index }) => index));
  const isUnderstood = isWhole && indexes.size > 0 && [...indexes].every(isIndex);
  return {
    indexes: isUnderstood ? indexes : undefined,
    versions: systems.map(({ index, version }) => ({ index: isIndex(index) ? index : undefined, version })),
  };
}

/** The view that shows the indexes too, though perhaps not all of a WIM with several. */
export function listImageInformation(images: NonEmpty<PackageId>): Query<SeenIndex> {
  return {
    verb: 'query',
    class: INFORMATION,
    // Documented is PackageID alone, though an image can have several rows. Index may be lazy, which no site sorts by.
    key: ['PackageID'],
    where: [{ property: 'PackageID', oneOf: images }],
    properties: ['PackageID', 'Index', 'OSVersion', 'ImageOSVersion'],
    decode: seenIndexOf,
  };
}

/** A row of the view. Its index is undefined where it is anything but a number from 1: such a row adds no index. */
export function seenIndexOf(instance: Instance): SeenIndex {
  const id = packageId(textOf(instance, INFORMATION, 'PackageID'));
  const index = instance.get('index');
  const versions = ['osversion', 'imageosversion'].flatMap((name) => osVersionIn(instance.get(name)) ?? []);
  return {
    packageId: identified(id, instance, INFORMATION, 'PackageID'),
    index: typeof index === 'number' && isIndex(index) ? index : undefined,
    version: highestVersion(versions),
  };
}

export interface SeenIndex extends VersionOnIndex {
  readonly packageId: PackageId;
}

function isIndex(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}
