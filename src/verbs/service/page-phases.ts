import type { FollowEvent } from '../../follow/follow-event.js';
import type { PagePhase } from '../../report/page/page-model.js';
import type { PackageId, ScheduleId } from '../../site/identifiers.js';

/** What was told while schedules were followed, and when: milliseconds since 1970. */
export interface FollowMoment {
  readonly at: number;
  readonly told: FollowEvent;
}

/** The phases of one image, as they were observed. A phase without an end had not ended when the run did. */
export function phasesOf(
  moments: readonly FollowMoment[],
  packageId: PackageId,
  scheduleId: ScheduleId,
): readonly PagePhase[] {
  const first = (is: (told: FollowEvent) => boolean): number | undefined =>
    moments.find(({ told }) => is(told))?.at;
  const isImage = (told: FollowEvent): boolean => told.kind === 'image' && told.packageId === packageId;
  const isEnd = (told: FollowEvent): boolean =>
    told.kind === 'phase' && told.scheduleId === scheduleId && told.phase !== 'running';
  const followed = first(({ kind }) => kind === 'following');
  const begun =
    first((told) => isImage(told)) ??
    first((told) => told.kind === 'phase' && told.scheduleId === scheduleId && told.phase === 'running');
  const serviced =
    first((told) => told.kind === 'image' && isImage(told) && told.status !== 'running') ?? first(isEnd);
  const distributing = first((told) => told.kind === 'new-version' && told.packageId === packageId);
  const distributed = first((told) => told.kind === 'distribution-over' && told.packageId === packageId);
  return [
    phase('Waiting', followed, begun ?? serviced),
    phase('Servicing', begun, serviced),
    phase('Distribution', distributing, distributed),
  ].flatMap((each) => each ?? []);
}

function phase(name: string, from: number | undefined, to: number | undefined): PagePhase | undefined {
  if (from === undefined) return undefined;
  return { name, from: new Date(from), ...(to !== undefined && { to: new Date(to) }) };
}
