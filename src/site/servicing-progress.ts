import type { NonEmpty } from '../collections/non-empty.js';
import type { Instance } from '../provider/instance.js';
import type { Query } from '../provider/port.js';
import type { SmsClass } from '../provider/cim-value.js';
import { ciId, packageId, scheduleId, type CiId, type PackageId, type ScheduleId } from './identifiers.js';
import { identified, numberOf, optionalDateOf, optionalNumberOf, textOf } from './property-reading.js';

const PROGRESS = 'SMS_ImageServicingProgress';
const HISTORY = 'SMS_ImageUpdateHistory';

/** The numbers of Status in both classes. Those of a schedule's State are others (docs/configmgr.md, "Three status enumerations"). */
const STATUS = { running: 1, success: 2, failed: 3 } as const;

/** How the servicing of one image stands. `unknown`: a number that is not documented. */
export type ImageStatus = keyof typeof STATUS | 'unknown';

/** One row about one image of one schedule, from either class. */
export interface ImageProgress {
  readonly scheduleId: ScheduleId;
  readonly packageId: PackageId;
  readonly status: ImageStatus;
  /** Milliseconds since 1970; tells the runs of one schedule apart. */
  readonly runDate: number | undefined;
  /** The first update that could not be applied. */
  readonly failedUpdateId: CiId | undefined;
  /** As the column has it: a Win32 number or an HRESULT; undefined for none, and in a row of the history. */
  readonly errorCode: number | undefined;
}

/** What the site is doing, or did last, with each image of these schedules. `images`: how many one of them has at most. */
export function listProgress(schedules: NonEmpty<ScheduleId>, images: number): Query<ImageProgress> {
  return {
    ...listOf(PROGRESS, schedules, ['Win32ErrorCode']),
    rows: { kind: 'at-most', forEachValue: images },
  };
}

/** What came of each image of these schedules. A row comes into being when an image is done. */
export function listHistory(schedules: NonEmpty<ScheduleId>): Query<ImageProgress> {
  return listOf(HISTORY, schedules, []);
}

function listOf(
  className: SmsClass,
  schedules: NonEmpty<ScheduleId>,
  more: readonly string[],
): Query<ImageProgress> {
  return {
    verb: 'query',
    class: className,
    where: [{ property: 'ScheduleID', oneOf: schedules }],
    key:
      className === HISTORY
        ? ['ScheduleID', 'ImagePackageID', 'RunDateTime']
        : ['ScheduleID', 'ImagePackageID'],
    properties: ['ScheduleID', 'ImagePackageID', 'RunDateTime', 'FailedUpdateID', 'Status', ...more],
    decode: (instance) => imageProgressOf(className, instance),
  };
}

function imageProgressOf(className: SmsClass, instance: Instance): ImageProgress {
  const status = optionalNumberOf(instance, className, 'Status');
  const failed = optionalNumberOf(instance, className, 'FailedUpdateID') ?? 0;
  const error = optionalNumberOf(instance, className, 'Win32ErrorCode') ?? 0;
  return {
    scheduleId: identified(
      scheduleId(numberOf(instance, className, 'ScheduleID')),
      instance,
      className,
      'ScheduleID',
    ),
    packageId: identified(
      packageId(textOf(instance, className, 'ImagePackageID')),
      instance,
      className,
      'ImagePackageID',
    ),
    status: statusOf(status),
    runDate: optionalDateOf(instance, className, 'RunDateTime'),
    failedUpdateId: ciId(failed),
    errorCode: error === 0 ? undefined : error,
  };
}

function statusOf(value: number | undefined): ImageStatus {
  if (value === STATUS.running) return 'running';
  if (value === STATUS.success) return 'success';
  return value === STATUS.failed ? 'failed' : 'unknown';
}
