import type { NonEmpty } from '../collections/non-empty.js';

/** How schedules are followed. All times in milliseconds. */
export interface FollowSettings {
  readonly until: 'servicing' | 'distribution';
  /** From the start of a schedule. */
  readonly waitTimeout: number;
  /** Until servicing begins; paused while the site services something else. */
  readonly startTimeout: number;
  readonly pollInterval: number;
  readonly onTimeout: 'leave' | 'cancel';
  readonly onCancel: 'leave' | 'cancel';
  readonly allowFailedUpdates: boolean;
  readonly requiredDistributionPoints: RequiredDistributionPoints;
  /** Absolute path of OfflineServicingMgr.log; not there: nobody reads it. */
  readonly servicingLog?: string;
}

/** Which of the distribution points that have a package must have its new version. */
export type RequiredDistributionPoints =
  | { readonly kind: 'all' }
  /** Above 0, up to 100. */
  | { readonly kind: 'percentage'; readonly percentage: number }
  | { readonly kind: 'names'; readonly names: NonEmpty<string> };
