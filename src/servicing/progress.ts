import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { RetryNotice } from '../provider/retry-policy.js';
import type { PackageId, ScheduleId } from '../site/identifiers.js';
import type { ImageIndexes } from '../site/image-indexes.js';
import type { ImagePackage } from '../site/image-package.js';
import type { SiteIdentification } from '../site/site-server.js';
import type { UpdateGroup } from '../site/update-group.js';
import type { ScheduleSettings } from './servicing-request.js';
import type { UpdateSelection } from './update-selection.js';

/** What a run tells while it goes on. */
export type Progress =
  | { readonly kind: 'site-found'; readonly site: SiteIdentification }
  | {
      readonly kind: 'image-found';
      readonly image: ImagePackage;
      readonly siteServer: string;
      readonly indexes: ImageIndexes | undefined;
      /** The site that the provider serves, where it is not the source site of the image. */
      readonly otherSite: string | undefined;
    }
  | { readonly kind: 'group-found'; readonly group: UpdateGroup; readonly updates: number }
  /** One article stands for many updates. */
  | { readonly kind: 'article-found'; readonly article: string; readonly updates: number }
  | { readonly kind: 'applicable-found'; readonly image: ImagePackage; readonly updates: number }
  /** What the schedules of the run get, whatever image they are for. */
  | { readonly kind: 'settings'; readonly settings: ScheduleSettings }
  /** `KB5034441` or a CI_ID that is to be left out, and that nobody asked for. */
  | { readonly kind: 'exclusion-without-effect'; readonly excluded: string }
  | { readonly kind: 'cleanup-found'; readonly property: string }
  | { readonly kind: 'selected'; readonly image: ImagePackage; readonly selection: UpdateSelection }
  | {
      readonly kind: 'schedule-written';
      readonly scheduleId: ScheduleId;
      readonly name: string;
      readonly isDraft: boolean;
    }
  | { readonly kind: 'looking-up'; readonly what: string; readonly seconds: number }
  | { readonly kind: 'links-written'; readonly scheduleId: ScheduleId; readonly updates: number }
  | { readonly kind: 'read-back'; readonly scheduleId: ScheduleId; readonly updates: number }
  /** Only where it was marked to run from the beginning: the component may have taken it with some of its links alone. */
  | { readonly kind: 'taken-early'; readonly scheduleId: ScheduleId; readonly image: PackageId }
  | {
      readonly kind: 'started';
      readonly scheduleId: ScheduleId;
      readonly siteServer: string;
      /** For people; undefined: now. */
      readonly startsAt: string | undefined;
    }
  /** A schedule of this run without links that was not removed or, without an ID, not looked for. It does no harm. */
  | {
      readonly kind: 'stray-schedule-left';
      readonly scheduleId: ScheduleId | undefined;
      readonly name: string;
    }
  | { readonly kind: 'undoing'; readonly because: Diagnosis }
  | { readonly kind: 'not-tidied-up'; readonly why: string }
  | { readonly kind: 'retry'; readonly notice: RetryNotice };

export type Tell = (progress: Progress) => void;
