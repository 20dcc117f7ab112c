import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { CiId, PackageId, ScheduleId } from '../site/identifiers.js';
import type { DistributionEvent } from './distribution-event.js';
import type { SchedulePhase } from './schedule-course.js';
import type { ScheduleLine } from './servicing-log.js';

/** What happens while schedules are followed. Each is told once, when it changes, and never once for each poll. */
export type FollowEvent =
  | { readonly kind: 'following'; readonly scheduleIds: readonly ScheduleId[] }
  | { readonly kind: 'phase'; readonly scheduleId: ScheduleId; readonly phase: SchedulePhase }
  | {
      readonly kind: 'image';
      readonly scheduleId: ScheduleId;
      readonly packageId: PackageId;
      readonly status: 'running' | 'succeeded' | 'failed';
      readonly failedUpdateId: CiId | undefined;
      readonly errorCode: number | undefined;
    }
  /** Another schedule is serviced before these. `name`: as its maker called it. */
  | { readonly kind: 'behind'; readonly scheduleId: ScheduleId; readonly name: string | undefined }
  | { readonly kind: 'cancel-asked'; readonly scheduleId: ScheduleId; readonly byUs: boolean }
  | { readonly kind: 'cancel-refused'; readonly scheduleId: ScheduleId; readonly why: Diagnosis }
  /** The site does not respond. */
  | { readonly kind: 'site-silent'; readonly why: Diagnosis }
  | { readonly kind: 'site-back'; readonly afterMilliseconds: number }
  /** New lines of the servicing log, of the schedules that are followed. */
  | { readonly kind: 'log'; readonly lines: readonly ScheduleLine[] }
  /** The log began anew more than once between two looks. */
  | { readonly kind: 'log-gap' }
  | { readonly kind: 'log-not-readable'; readonly path: string }
  | DistributionEvent;

export type TellFollow = (event: FollowEvent) => void;
