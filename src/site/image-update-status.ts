import type { Instance } from '../provider/instance.js';
import type { Query } from '../provider/port.js';
import { ciId, type CiId, type PackageId } from './identifiers.js';
import type { ImageIndexes } from './image-indexes.js';
import { identified, numberOf } from './property-reading.js';

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

/** That an update is in one operating system of a WIM. */
export interface UpdateOnIndex {
  readonly updateId: CiId;
  readonly imageIndex: number;
  readonly installed: boolean;
}

/** The updates among these that the site last saw as installed in the image, with the index. */
export function listUpdatesInImage(
  image: PackageId,
  updates: readonly [CiId, ...CiId[]],
  indexes: ImageIndexes,
): Query {
  return {
    verb: 'query',
    class: CLASS,
    where: [
      { property: 'ImagePackageID', oneOf: [image] },
      { property: 'UpdateID', oneOf: updates },
      { property: 'UpdateStatus', oneOf: INSTALLED },
    ],
    properties: ['UpdateID', 'ImageIndex', 'UpdateStatus'],
    rowsForEach: indexes.size,
  };
}

export function updateOnIndexOf(instance: Instance): UpdateOnIndex {
  const id = ciId(numberOf(instance, CLASS, 'UpdateID'));
  return {
    updateId: identified(id, instance, CLASS, 'UpdateID'),
    imageIndex: numberOf(instance, CLASS, 'ImageIndex'),
    installed: INSTALLED.includes(numberOf(instance, CLASS, 'UpdateStatus')),
  };
}

/** The updates that are installed on every index. An index without a row for an update has not got it. */
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
