import type { CiId, ScheduleId, SiteCode } from '../site/identifiers.js';
import type { ImagePackage } from '../site/image-package.js';
import type { UpdateGroup } from '../site/update-group.js';
import type { UpdateSelection } from './update-selection.js';

/** How a run ended that did not fail. */
export type RunState = 'scheduled' | 'nothing-to-do' | 'planned';

export interface ImageResult {
  readonly image: ImagePackage;
  readonly state: RunState;
  /** Undefined where no schedule was made. */
  readonly scheduleId: ScheduleId | undefined;
  /** The name by which the schedule is found in OfflineServicingMgr.log. */
  readonly scheduleName: string | undefined;
  readonly siteServer: string;
  readonly selection: UpdateSelection;
}

export interface RunResult {
  readonly siteCode: SiteCode;
  readonly updateGroup: UpdateGroup;
  readonly state: RunState;
  readonly images: readonly ImageResult[];
  /** Linked to schedules; ascending, each once. Scheduled, which is not yet installed. */
  readonly appliedCiIds: readonly CiId[];
}
