import type { CiId, ScheduleId } from '../../site/identifiers.js';
import type { ImageIndexes } from '../../site/image-indexes.js';
import type { ImagePackage } from '../../site/image-package.js';
import type { ImageVersions } from '../../site/image-versions.js';
import type { SiteIdentification } from '../../site/site-server.js';
import type { UpdateGroup } from '../../site/update-group.js';
import type { ScheduleSettings } from '../../plan/servicing-request.js';
import type { UpdateSelection } from '../../plan/update-selection.js';

/** How one image, or a run, ended that did not fail. */
export type RunState = 'scheduled' | 'nothing-to-do' | 'planned';

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
}

const WORST_FIRST: readonly RunState[] = ['scheduled', 'planned', 'nothing-to-do'];

export function worstOf(images: readonly ImageResult[]): RunState {
  return WORST_FIRST.find((state) => images.some((image) => image.state === state)) ?? 'nothing-to-do';
}

/** Ascending, each once. */
export function appliedCiIdsOf(images: readonly ImageResult[]): readonly CiId[] {
  const scheduled = images.filter(({ state }) => state === 'scheduled');
  const all = new Set(scheduled.flatMap(({ selection }) => selection.used.map(({ ciId }) => ciId)));
  return [...all].sort((one, other) => one - other);
}
