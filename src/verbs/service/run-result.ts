import { FOLLOW_STATES, type FollowedImage, type FollowState } from '../../follow/followed-image.js';
import type { CiId, ScheduleId } from '../../site/identifiers.js';
import type { ImageIndexes } from '../../site/image-indexes.js';
import type { ImagePackage } from '../../site/image-package.js';
import type { ImageVersions } from '../../site/image-versions.js';
import type { SiteIdentification } from '../../site/site-server.js';
import type { UpdateGroup } from '../../site/update-group.js';
import type { ScheduleSettings } from '../../plan/servicing-request.js';
import type { UpdateSelection } from '../../plan/update-selection.js';

/** How one image, or a run, ended whose schedules were written, or needed none. */
export type RunState = 'nothing-to-do' | 'planned' | FollowState;

export interface ImageResult {
  readonly image: ImagePackage;
  readonly state: RunState;
  /** Undefined where no schedule was made. */
  readonly schedule: StartedSchedule | undefined;
  readonly siteServer: string;
  /** Undefined where they cannot be read. */
  readonly indexes: ImageIndexes | undefined;
  readonly versions: ImageVersions;
  readonly selection: UpdateSelection;
  /** For people; undefined for one that starts now. */
  readonly startsAt: string | undefined;
  /** What came of its servicing; undefined where nobody waited for that. */
  readonly followed: FollowedImage | undefined;
}

export interface StartedSchedule {
  readonly scheduleId: ScheduleId;
  /** The name by which the schedule is found in OfflineServicingMgr.log. */
  readonly name: string;
}

export interface RunResult {
  readonly site: SiteIdentification;
  readonly updateGroups: readonly UpdateGroup[];
  readonly settings: ScheduleSettings;
  /** The worst of the images: one that is scheduled is not done yet, one with nothing to do is. */
  readonly state: RunState;
  readonly images: readonly ImageResult[];
  /** Linked to schedules; ascending, each once. Scheduled, which is not yet installed. */
  readonly appliedCiIds: readonly CiId[];
  /** What to say of the servicing itself; empty where nobody waited for it. */
  readonly followWarnings: readonly string[];
}

const WORST_FIRST: readonly RunState[] = [...FOLLOW_STATES, 'planned', 'nothing-to-do'];

/** `others`: states that are of no single image, such as that of a distribution. */
export function worstOf(images: readonly ImageResult[], ...others: readonly RunState[]): RunState {
  const states = [...images.map(({ state }) => state), ...others];
  return WORST_FIRST.find((state) => states.includes(state)) ?? 'nothing-to-do';
}

/** Ascending, each once. */
export function appliedCiIdsOf(images: readonly ImageResult[]): readonly CiId[] {
  const scheduled = images.filter(({ schedule }) => schedule !== undefined);
  const all = new Set(scheduled.flatMap(({ selection }) => selection.used.map(({ ciId }) => ciId)));
  return [...all].sort((one, other) => one - other);
}
