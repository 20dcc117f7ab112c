import type { NonEmpty } from '../collections/non-empty.js';
import type { Instance } from '../provider/instance.js';
import type { Query } from '../provider/port.js';
import { ciId, packageId, type CiId, type PackageId } from './identifiers.js';
import { UPDATE_STATUS } from './image-update-status.js';
import { identified, numberOf, optionalDateOf, optionalNumberOf, textOf } from './property-reading.js';

const CLASS = 'SMS_ImageUpdateStatus';

/**
 * The property UpdateStatus in words. Status of a progress row and State of a schedule have the same numbers with other
 * meanings, so that none of the three is ever handed on as a number. `undocumented`: any other number.
 */
export type UpdateStatus = keyof typeof UPDATE_STATUS | 'undocumented';

/** All that the site holds of one update in one operating system of a WIM. */
export interface UpdateResult {
  readonly packageId: PackageId;
  readonly updateId: CiId;
  readonly imageIndex: number;
  readonly status: UpdateStatus;
  /** UpdateInstallationStatus, a Win32 number or an HRESULT; 0 for none. */
  readonly errorCode: number;
  /** Milliseconds since 1970; undefined for one that was never applied. */
  readonly appliedDate: number | undefined;
}

/**
 * Every result of these updates in these images, whichever run wrote it: the keys name no schedule. `indexes`: how many
 * there are in all of these images together; undefined where that is not known.
 */
export function listUpdateResults(
  images: NonEmpty<PackageId>,
  updates: NonEmpty<CiId>,
  indexes: number | undefined,
): Query<UpdateResult> {
  return {
    verb: 'query',
    class: CLASS,
    where: [
      { property: 'ImagePackageID', oneOf: images },
      { property: 'UpdateID', oneOf: updates },
    ],
    key: ['ImagePackageID', 'ImageIndex', 'UpdateID'],
    properties: [
      'ImagePackageID',
      'ImageIndex',
      'UpdateID',
      'UpdateStatus',
      'UpdateInstallationStatus',
      'AppliedDateTime',
    ],
    ...(indexes === undefined ? {} : { rows: { kind: 'at-most', forEachValue: indexes } }),
    decode: updateResultOf,
  };
}

function updateResultOf(instance: Instance): UpdateResult {
  const image = packageId(textOf(instance, CLASS, 'ImagePackageID'));
  const update = ciId(numberOf(instance, CLASS, 'UpdateID'));
  return {
    packageId: identified(image, instance, CLASS, 'ImagePackageID'),
    updateId: identified(update, instance, CLASS, 'UpdateID'),
    imageIndex: numberOf(instance, CLASS, 'ImageIndex'),
    status: updateStatusOf(numberOf(instance, CLASS, 'UpdateStatus')),
    errorCode: optionalNumberOf(instance, CLASS, 'UpdateInstallationStatus') ?? 0,
    appliedDate: optionalDateOf(instance, CLASS, 'AppliedDateTime'),
  };
}

function updateStatusOf(value: number): UpdateStatus {
  switch (value) {
    case UPDATE_STATUS.unknown:
      return 'unknown';
    case UPDATE_STATUS.notRequired:
      return 'notRequired';
    case UPDATE_STATUS.installed:
      return 'installed';
    case UPDATE_STATUS.applicable:
      return 'applicable';
    case UPDATE_STATUS.checkNotSupported:
      return 'checkNotSupported';
    case UPDATE_STATUS.installedCheckNotSupported:
      return 'installedCheckNotSupported';
    default:
      return 'undocumented';
  }
}
