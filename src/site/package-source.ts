import type { NonEmpty } from '../collections/non-empty.js';
import type { Instance } from '../provider/instance.js';
import type { Get, Query } from '../provider/port.js';
import { packageId, type PackageId } from './identifiers.js';
import type { ImageClass } from './image-package.js';
import { osVersionIn, type OsVersion } from './os-version.js';
import { identified, numberOf, textOf } from './property-reading.js';
import { text } from './typed-values.js';

/** Which version of its source a package has. It rises when servicing has changed the image. */
export interface PackageSource {
  readonly packageId: PackageId;
  readonly sourceVersion: number;
}

export function listPackageSources(
  imageClass: ImageClass,
  packages: NonEmpty<PackageId>,
): Query<PackageSource> {
  return {
    verb: 'query',
    class: imageClass,
    where: [{ property: 'PackageID', oneOf: packages }],
    key: ['PackageID'],
    properties: ['PackageID', 'SourceVersion'],
    rows: { kind: 'at-most', forEachValue: 1 },
    decode: (instance) => packageSourceOf(imageClass, instance),
  };
}

/** A package before or after its servicing. */
export interface PackageAtVersion extends PackageSource {
  /** Undefined where the site does not tell it: no class page lists the property. */
  readonly osVersion: OsVersion | undefined;
}

/** Reads one package with its OS version, which only a read by key has for certain. */
export function readPackageAtVersion(imageClass: ImageClass, id: PackageId): Get<PackageAtVersion> {
  return {
    verb: 'get',
    class: imageClass,
    key: { PackageID: text(id) },
    decode: (instance) => ({
      ...packageSourceOf(imageClass, instance),
      osVersion: osVersionIn(instance.get('imageosversion')),
    }),
  };
}

function packageSourceOf(imageClass: ImageClass, instance: Instance): PackageSource {
  const id = packageId(textOf(instance, imageClass, 'PackageID'));
  return {
    packageId: identified(id, instance, imageClass, 'PackageID'),
    sourceVersion: numberOf(instance, imageClass, 'SourceVersion'),
  };
}
