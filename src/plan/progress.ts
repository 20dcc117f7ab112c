import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { RetryNotice } from '../provider/retry-policy.js';
import type { PackageId, ScheduleId } from '../site/identifiers.js';
import type { ImageIndexes } from '../site/image-indexes.js';
import type { ImagePackage } from '../site/image-package.js';
import type { ImageVersions } from '../site/image-versions.js';
import type { SiteIdentification } from '../site/site-server.js';
import type { UpdateGroup } from '../site/update-group.js';
import type { ScheduleSettings } from './servicing-request.js';
import type { ServicingDoubt } from './unsupported-images.js';
import type { UpdateSelection } from './update-selection.js';

/** What a run tells while it goes on. */
export type Progress =
  | { readonly kind: 'site-found'; readonly site: SiteIdentification }
  | {
      readonly kind: 'image-found';
      readonly image: ImagePackage;
      readonly siteServer: string;
      readonly indexes: ImageIndexes | undefined;
      readonly versions: ImageVersions;
    }
  /** Its schedule is written at the provider's site, and another server is asked to run it. */
  | {
      readonly kind: 'image-of-other-site';
      readonly image: ImagePackage;
      readonly siteServer: string;
      readonly providerSite: string;
    }
  /** With `if-scheduled: add`: the schedules in words beside which the run makes another one. */
  | { readonly kind: 'also-scheduled'; readonly image: ImagePackage; readonly schedules: readonly string[] }
  /** Linked to the image, and deleted or hidden from the account: what they are is not known. */
  | {
      readonly kind: 'schedules-not-shown';
      readonly image: ImagePackage;
      readonly scheduleIds: readonly ScheduleId[];
    }
  /** A draft of another run, which neither started nor went while this run waited for it. */
  | {
      readonly kind: 'draft-beside';
      readonly image: ImagePackage;
      readonly scheduleId: ScheduleId;
      readonly name: string | undefined;
    }
  /** A line of a list that names one object with commas in its name. */
  | { readonly kind: 'line-is-one-name'; readonly line: string }
  | {
      readonly kind: 'servicing-doubtful';
      readonly image: ImagePackage;
      readonly doubt: ServicingDoubt;
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
  /** Everything is read and selected; the first write follows. */
  | { readonly kind: 'writing' }
  | {
      readonly kind: 'schedule-written';
      readonly scheduleId: ScheduleId;
      readonly name: string;
      readonly isDraft: boolean;
    }
  | { readonly kind: 'looking-up'; readonly what: string; readonly seconds: number }
  /** Sent in one batch; of all schedules of the run. */
  | {
      readonly kind: 'linking';
      readonly schedules: number;
      readonly updates: number;
      /** From 1. */
      readonly attempt: number;
    }
  /** As far as the site confirmed them; not told where it confirmed none. */
  | {
      readonly kind: 'links-written';
      readonly scheduleId: ScheduleId;
      readonly isImageLinked: boolean;
      readonly updates: number;
      /** How many there should be. */
      readonly of: number;
    }
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
