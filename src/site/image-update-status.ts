import type { Instance } from '../provider/instance.js';
import type { Query } from '../provider/port.js';
import { ciId, packageId, type CiId, type PackageId } from './identifiers.js';
import type { ImageIndexes } from './image-indexes.js';
import { identified, numberOf, textOf } from './property-reading.js';

const CLASS = 'SMS_ImageUpdateStatus';

/** The property UpdateStatus. Not to be mixed with the states of a schedule (docs/configmgr.md, "Three status enumerations"). */
export const UPDATE_STATUS = {
  unknown: 0,
  notRequired: 1,
  installed: 2,
  applicable: 3,
  checkNotSupported: 4,
  installedCheckNotSupported: 5,
} as const;

const INSTALLED: readonly [number, ...number[]] = [
  UPDATE_STATUS.installed,
  UPDATE_STATUS.installedCheckNotSupported,
];

/** What the site holds of one update in one operating system of a WIM. */
export interface UpdateOnIndex {
  readonly packageId: PackageId;
  readonly updateId: CiId;
  readonly imageIndex: number;
  readonly installed: boolean;
}

/**
 * The updates among these that the site last saw as installed in one of the images, with the index.
 * `indexes`: how many there are in all of these images together.
 */
export function listUpdatesInImages(
  images: readonly [PackageId, ...PackageId[]],
  updates: readonly [CiId, ...CiId[]],
  indexes: number,
): Query {
  const byStatus = listByStatus(images, INSTALLED);
  return {
    ...byStatus,
    where: [...byStatus.where, { property: 'UpdateID', oneOf: updates }],
    rowsForEach: indexes,
  };
}

/** Those among these updates that the site last held as not required for an index of one of the images. */
export function listUpdatesNotRequired(
  images: readonly [PackageId, ...PackageId[]],
  updates: readonly [CiId, ...CiId[]],
): Query {
  const byStatus = listByStatus(images, [UPDATE_STATUS.notRequired]);
  return { ...byStatus, where: [...byStatus.where, { property: 'UpdateID', oneOf: updates }] };
}

/** What the site holds as applicable to an index of one of the images, and not yet in it. */
export function listApplicableUpdates(images: readonly [PackageId, ...PackageId[]]): Query {
  return listByStatus(images, [UPDATE_STATUS.applicable]);
}

/**
 * Whether the site holds anything else of an image than applicable updates: asked only to tell an image that needs
 * nothing from one that the site never looked into, because there can be a row for each update of the site and index.
 */
export function listOtherStatusRows(image: PackageId): Query {
  const { unknown, notRequired, installed, checkNotSupported, installedCheckNotSupported } = UPDATE_STATUS;
  const others = [unknown, notRequired, installed, checkNotSupported, installedCheckNotSupported] as const;
  return { ...listByStatus([image], others), isOneEnough: true };
}

function listByStatus(
  images: readonly [PackageId, ...PackageId[]],
  statuses: readonly [number, ...number[]],
): Query {
  return {
    verb: 'query',
    class: CLASS,
    key: ['ImagePackageID', 'ImageIndex', 'UpdateID'],
    where: [
      { property: 'ImagePackageID', oneOf: images },
      { property: 'UpdateStatus', oneOf: statuses },
    ],
    properties: ['ImagePackageID', 'UpdateID', 'ImageIndex', 'UpdateStatus'],
  };
}

export function updateOnIndexOf(instance: Instance): UpdateOnIndex {
  const image = packageId(textOf(instance, CLASS, 'ImagePackageID'));
  const id = ciId(numberOf(instance, CLASS, 'UpdateID'));
  return {
    packageId: identified(image, instance, CLASS, 'ImagePackageID'),
    updateId: identified(id, instance, CLASS, 'UpdateID'),
    imageIndex: numberOf(instance, CLASS, 'ImageIndex'),
    installed: INSTALLED.includes(numberOf(instance, CLASS, 'UpdateStatus')),
  };
}

/** The updates that are installed on every index of one image, from the rows of that image. An index without a row for an update has not got it. */
export function installedOnEveryIndex(
  indexes: ImageIndexes,
  rows: readonly UpdateOnIndex[],
): ReadonlySet<CiId> {
  const every = new Set([...indexes, ...rows.map(({ imageIndex }) => imageIndex)]);
  const installedOn = new Map<CiId, Set<number>>();
  for (const { updateId, imageIndex, installed } of rows) {
    if (!installed) continue;
    const on = installedOn.get(updateId) ?? new Set();
    installedOn.set(updateId, on.add(imageIndex));
  }
  return new Set([...installedOn].filter(([, on]) => on.size === every.size).map(([updateId]) => updateId));
}
