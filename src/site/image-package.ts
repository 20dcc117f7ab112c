import type { Instance } from '../provider/instance.js';
import type { Condition, Query } from '../provider/port.js';
import { packageId, siteCode, type PackageId, type SiteCode } from './identifiers.js';
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

/** Queries for all packages that these names or package IDs can mean, with their lazy properties. */
export function findImages(references: readonly [string, ...string[]]): readonly Query[] {
  const [id, ...otherIds] = references.flatMap((reference) => packageId(reference) ?? []);
  const conditions: readonly Condition[] = [
    { property: 'Name', oneOf: references },
    ...(id === undefined ? [] : [{ property: 'PackageID', oneOf: [id, ...otherIds] } as const]),
  ];
  return IMAGE_CLASSES.flatMap((imageClass) =>
    conditions.map((condition) => ({
      ...listImages(imageClass, [condition]),
      withLazyProperties: { key: 'PackageID', cim: 'string' },
    })),
  );
}

/** Queries for every package that the account may see. */
export const listAllImages: readonly Query[] = IMAGE_CLASSES.map((imageClass) => listImages(imageClass, []));

function listImages(imageClass: ImageClass, where: readonly Condition[]): Query {
  return { verb: 'query', class: imageClass, where, key: ['PackageID'], properties: LISTED };
}

/** Whether the site changes the package at this moment: 0 is nothing. */
export function actionInProgressOf(imageClass: ImageClass, instance: Instance): number {
  return numberOf(instance, imageClass, 'ActionInProgress');
}

/** The version that the package has as a whole. Undefined where the class lacks it, or it has another form. */
export function versionOfPackage(instance: Instance): OsVersion | undefined {
  return osVersionIn(instance.get('imageosversion'));
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
