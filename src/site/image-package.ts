import { nonEmpty, type NonEmpty } from '../collections/non-empty.js';
import type { Instance } from '../provider/instance.js';
import type { Condition, Decode, Query } from '../provider/port.js';
import { packageId, siteCode, type PackageId, type SiteCode } from './identifiers.js';
import { wimSystemsOf, type WimSystems } from './image-indexes.js';
import { osVersionIn, type OsVersion } from './os-version.js';
import { identified, numberOf, optionalTextOf, textOf } from './property-reading.js';

/** The two kinds of package that can be serviced offline (docs/configmgr.md, "Images"). */
export const IMAGE_CLASSES = ['SMS_ImagePackage', 'SMS_OperatingSystemInstallPackage'] as const;
export type ImageClass = (typeof IMAGE_CLASSES)[number];

/** As RunOfflineServicingManager wants it. */
export const PACKAGE_TYPE: Readonly<Record<ImageClass, number>> = {
  SMS_ImagePackage: 257,
  SMS_OperatingSystemInstallPackage: 259,
};

export const IMAGE_KIND: Readonly<Record<ImageClass, string>> = {
  SMS_ImagePackage: 'OS image',
  SMS_OperatingSystemInstallPackage: 'OS upgrade package',
};

export interface ImagePackage {
  readonly class: ImageClass;
  readonly packageId: PackageId;
  /** Not unique. */
  readonly name: string;
  readonly version: string | undefined;
  /** The UNC path of the WIM file, which servicing writes back to. */
  readonly sourcePath: string | undefined;
  readonly sourceSite: SiteCode;
}

const LISTED = ['PackageID', 'Name', 'Version', 'PkgSourcePath', 'SourceSite'];

/** An image, and what its lazy and its other properties tell about its state. */
export interface DetailedImage {
  readonly image: ImagePackage;
  readonly systems: WimSystems;
  /** The version that the package has as a whole. Undefined where the class lacks it, or it has another form. */
  readonly packageVersion: OsVersion | undefined;
  /** Whether the site changes the package at this moment: 0 is nothing. */
  readonly actionInProgress: number;
}

/** Queries for all packages that these names or package IDs can mean, with their lazy properties. */
export function findImages(references: NonEmpty<string>): readonly Query<DetailedImage>[] {
  const ids = nonEmpty(references.flatMap((reference) => packageId(reference) ?? []));
  const conditions: readonly Condition[] = [
    { property: 'Name', oneOf: references },
    ...(ids === undefined ? [] : [{ property: 'PackageID', oneOf: ids }]),
  ];
  return IMAGE_CLASSES.flatMap((imageClass) =>
    conditions.map((condition) => ({
      ...listImages(imageClass, [condition], detailedImageOf),
      withLazyProperties: { key: 'PackageID', cim: 'string' },
    })),
  );
}

/** Queries for every package that the account may see. */
export const listAllImages: readonly Query<ImagePackage>[] = IMAGE_CLASSES.map((imageClass) =>
  listImages(imageClass, [], imagePackageOf),
);

function listImages<Row>(
  imageClass: ImageClass,
  where: readonly Condition[],
  rowOf: (imageClass: ImageClass, instance: Instance) => Row,
): Query<Row> {
  const decode: Decode<Row> = (instance) => rowOf(imageClass, instance);
  return { verb: 'query', class: imageClass, where, key: ['PackageID'], properties: LISTED, decode };
}

function detailedImageOf(imageClass: ImageClass, instance: Instance): DetailedImage {
  return {
    image: imagePackageOf(imageClass, instance),
    systems: wimSystemsOf(instance, imageClass),
    packageVersion: osVersionIn(instance.get('imageosversion')),
    actionInProgress: numberOf(instance, imageClass, 'ActionInProgress'),
  };
}

export function imagePackageOf(imageClass: ImageClass, instance: Instance): ImagePackage {
  const id = packageId(textOf(instance, imageClass, 'PackageID'));
  const source = siteCode(textOf(instance, imageClass, 'SourceSite'));
  return {
    class: imageClass,
    packageId: identified(id, instance, imageClass, 'PackageID'),
    name: textOf(instance, imageClass, 'Name'),
    version: optionalTextOf(instance, imageClass, 'Version'),
    sourcePath: optionalTextOf(instance, imageClass, 'PkgSourcePath'),
    sourceSite: identified(source, instance, imageClass, 'SourceSite'),
  };
}
