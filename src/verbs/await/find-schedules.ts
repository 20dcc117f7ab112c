import { nonEmpty, type NonEmpty } from '../../collections/non-empty.js';
import { DiagnosedError, type Diagnosis } from '../../diagnosis/diagnosis.js';
import { inputNamed } from '../../diagnosis/input-mention.js';
import type { ScheduleToFollow } from '../../follow/follow-schedules.js';
import { requireSite } from '../../plan/require-site.js';
import { readParts, type SiteReach } from '../../plan/site-access.js';
import { listFollowed, type FollowedSchedule } from '../../site/followed-schedule.js';
import type { ScheduleId, SiteCode } from '../../site/identifiers.js';
import { listLinkedImages } from '../../site/servicing-schedule.js';
import { identifySite, type SiteIdentification } from '../../site/site-server.js';
import { NEVER_DUE } from '../../site/schedule-token.js';
import { millisecondsUntil } from '../../site/token-text.js';

/** The schedules that somebody named, as they are at the site. */
export interface FoundSchedules {
  readonly site: SiteIdentification;
  readonly schedules: NonEmpty<FollowedSchedule & ScheduleToFollow>;
}

/** Reads the site and the schedules in one batch. Throws one error for each that is not there, or never runs. */
export async function findSchedulesToFollow(
  site: SiteReach,
  ids: NonEmpty<ScheduleId>,
  siteCode: SiteCode | undefined,
  now: number,
): Promise<FoundSchedules> {
  const read = await readParts(site, {
    identity: [identifySite],
    schedules: [listFollowed(ids)],
    images: [listLinkedImages(ids)],
  });
  const identification = requireSite(read.identity[0], siteCode);
  const [found] = read.schedules;
  const schedules = ids.flatMap((id) => found.filter(({ scheduleId }) => scheduleId === id));
  const problems = nonEmpty([
    ...ids.filter((id) => found.every(({ scheduleId }) => scheduleId !== id)).map(absent),
    ...schedules.filter(({ token }) => token.toUpperCase() === NEVER_DUE).map(neverRuns),
  ]);
  if (problems !== undefined) throw new DiagnosedError(...problems);
  const all = nonEmpty(
    schedules.map((schedule) => ({
      ...schedule,
      packageIds: read.images[0]
        .filter(({ scheduleId }) => scheduleId === schedule.scheduleId)
        .map(({ packageId }) => packageId),
      startsInMilliseconds: millisecondsUntil(schedule.token, now),
      isNew: false,
      isCancelAsked: false,
    })),
  );
  if (all === undefined) throw new TypeError('A request without a schedule.');
  return { site: identification, schedules: all };
}

function absent(id: ScheduleId): Diagnosis {
  return {
    code: 'OS606',
    what: `The site shows no servicing schedule with ID ${id}.`,
    cause: 'The ID is mistyped, somebody deleted the schedule, or the account may not see it.',
    next: `Take the ID from the output of the step that made the schedule, and write it into ${inputNamed('schedule-id')}.`,
  };
}

function neverRuns({ scheduleId, name }: FollowedSchedule): Diagnosis {
  return {
    code: 'OS606',
    what: `Schedule ${scheduleId}${name === undefined ? '' : ` (name "${name}")`} is a draft, and never runs.`,
    cause: 'A run that was killed left it, or a run that is still at work has not started it yet.',
    next: 'Wait until that run has ended. Otherwise remove the draft.',
  };
}
