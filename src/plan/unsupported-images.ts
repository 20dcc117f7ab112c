import { inputSetTo } from '../diagnosis/input-mention.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { ImagePackage } from '../site/image-package.js';
import {
  allVersionsOf,
  tellVersions,
  type ImageVersions,
  type UnreadVersions,
} from '../site/image-versions.js';
import { vendorSupportOf, type OsVersion, type VendorSupport } from '../site/os-version.js';
import type { ServicingRequest } from './servicing-request.js';

/** What makes it doubtful that the site can service an image. */
export type ServicingDoubt =
  /** Microsoft does not support it, and the run was asked to go on all the same. */
  | { readonly kind: 'not-supported'; readonly versions: string }
  /** Microsoft says nothing about this release. */
  | { readonly kind: 'support-unknown'; readonly versions: string }
  | { readonly kind: 'version-unknown'; readonly unread: Exclude<UnreadVersions, { readonly kind: 'none' }> };

interface ImageWithVersions {
  readonly image: ImagePackage;
  readonly versions: ImageVersions;
}

type Policy = Pick<ServicingRequest, 'unsupportedImages'>;

/** OS219 for each image that has an operating system whose offline servicing Microsoft no longer supports. */
export function refusalsOfUnsupported(
  images: readonly ImageWithVersions[],
  { unsupportedImages: policy }: Policy,
): readonly Diagnosis[] {
  if (policy === 'service') return [];
  return images.filter(isNotSupported).map(({ image, versions }) => ({
    code: 'OS219',
    what: `Microsoft no longer supports offline servicing of image "${image.name}" (${image.packageId}): its OS version is ${tellVersions(versions, has('not-supported'))}.`,
    cause:
      'Windows 11 version 22H2 and later and Windows Server 2025 (build 22621 and later) get their updates through the Unified Update Platform (UUP), ' +
      'and the offline servicing of Configuration Manager is not made for updates of this form. The console lets you schedule them all the same.',
    next: `Import a newer WIM that is already patched: download the latest ISO file from the Microsoft 365 admin center, and import ${NEWER_CONTENT[image.class]}. To service this image in spite of that, use ${inputSetTo('unsupported-images', 'service')}.`,
  }));
}

const NEWER_CONTENT: Readonly<Record<ImagePackage['class'], string>> = {
  SMS_ImagePackage: 'its install.wim as an OS image',
  SMS_OperatingSystemInstallPackage: 'its whole content as an OS upgrade package',
};

/** What the run warns of for an image that it does not refuse. */
export function servicingDoubts(
  { versions }: Pick<ImageWithVersions, 'versions'>,
  { unsupportedImages: policy }: Policy,
): readonly ServicingDoubt[] {
  const notSupported = tellVersions(versions, has('not-supported'));
  const unknown = tellVersions(versions, has('unknown'));
  const { unread } = versions;
  return [
    ...(notSupported === '' || policy === 'fail'
      ? []
      : [{ kind: 'not-supported', versions: notSupported } as const]),
    ...(unknown === '' ? [] : [{ kind: 'support-unknown', versions: unknown } as const]),
    ...(unread.kind === 'none' ? [] : [{ kind: 'version-unknown', unread } as const]),
  ];
}

function isNotSupported({ versions }: ImageWithVersions): boolean {
  return allVersionsOf(versions).some(has('not-supported'));
}

function has(wanted: VendorSupport): (version: OsVersion) => boolean {
  return (version) => vendorSupportOf(version) === wanted;
}
