import { SaxesParser } from 'saxes';

import type { Instance } from '../provider/instance.js';
import type { Query } from '../provider/port.js';
import { packageId, type PackageId } from './identifiers.js';
import { identified, optionalTextOf, textOf } from './property-reading.js';

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
  const xml = optionalTextOf(image, className, 'ImageProperty');
  if (xml === undefined || xml.length > LONGEST_XML) return undefined;
  const indexes = new Set<number>();
  let root: string | undefined;
  let depth = 0;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth++;
    root ??= name;
    if (depth !== 2 || name.toUpperCase() !== 'IMAGE') return;
    const index = Object.entries(attributes).find(([attribute]) => attribute.toUpperCase() === 'INDEX');
    indexes.add(Number(index?.[1]));
  });
  parser.on('closetag', () => {
    depth--;
  });
  try {
    parser.write(xml.replace(/^\uFEFF/, '')).close();
  } catch {
    return undefined;
  }
  const understood = root?.toUpperCase() === 'WIM' && indexes.size > 0 && [...indexes].every(isIndex);
  return understood ? indexes : undefined;
}

/** The view that shows the indexes too, though perhaps not all of a WIM with several. */
export function listImageInformation(images: readonly [PackageId, ...PackageId[]]): Query {
  return {
    verb: 'query',
    class: INFORMATION,
    // Documented is PackageID alone, though an image can have several rows.
    key: ['PackageID', 'Index'],
    where: [{ property: 'PackageID', oneOf: images }],
    properties: ['PackageID', 'Index'],
  };
}

/** An index that the view shows. Undefined for a row with anything but a number from 1 as its index: it adds none. */
export function seenIndexOf(instance: Instance): SeenIndex | undefined {
  const id = packageId(textOf(instance, INFORMATION, 'PackageID'));
  const index = instance.get('index');
  if (typeof index !== 'number' || !isIndex(index)) return undefined;
  return { packageId: identified(id, instance, INFORMATION, 'PackageID'), index };
}

export interface SeenIndex {
  readonly packageId: PackageId;
  readonly index: number;
}

function isIndex(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}
