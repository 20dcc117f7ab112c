import { mapNonEmpty, nonEmpty } from '../../collections/non-empty.js';
import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { TellFollow } from '../../follow/follow-event.js';
import { cancelledWhileWaiting } from '../../follow/follow-diagnosis.js';
import type { ServicingLogFile } from '../../follow/servicing-log-file.js';
import { followResult, type FollowResult } from '../../follow/follow-result.js';
import { followRun, type ImageToFollow } from '../../follow/follow-run.js';
import type { FollowSettings } from '../../follow/follow-settings.js';
import type { ImagePlan, ServicingPlan } from '../../plan/read-plan.js';
import { readParts, type SiteAccess } from '../../plan/site-access.js';
import { IMAGE_CLASSES } from '../../site/image-package.js';
import { listPackageSources } from '../../site/package-source.js';
import { listUpdateResults } from '../../site/update-result.js';
import type { NumberedSchedule } from '../../write/schedule-draft.js';

/** How a run waits for its schedules, and through what. */
export interface FollowRequest {
  readonly settings: FollowSettings;
  readonly random: () => number;
  readonly tell: TellFollow;
  readonly log?: ServicingLogFile | undefined;
}

/**
 * What the site holds of the images before the first write, because only a difference to it is a result of this run.
 * One batch. Throws where it cannot be read: nothing is written then.
 */
export async function readBeforeWriting(
  site: SiteAccess,
  { images }: ServicingPlan,
): Promise<readonly ImageToFollow[]> {
  const own = nonEmpty(images.filter(({ selection }) => selection.used.length > 0));
  const updates = nonEmpty([...new Set(own?.flatMap((image) => idsOf(image)))]);
  if (own === undefined || updates === undefined) return [];
  const packageIds = mapNonEmpty(own, ({ image }) => image.packageId);
  const read = await readParts(site, {
    results: [listUpdateResults(packageIds, updates, undefined)],
    packages: IMAGE_CLASSES.map((imageClass) => listPackageSources(imageClass, packageIds)),
  });
  const sources = read.packages.flat();
  return own.map((planned): ImageToFollow => {
    const { packageId, class: imageClass } = planned.image;
    return {
      packageId,
      class: imageClass,
      indexes: planned.indexes,
      updateIds: idsOf(planned),
      before: read.results[0],
      versionBefore: sources.find((source) => source.packageId === packageId)?.sourceVersion,
    };
  });
}

function idsOf({ selection }: ImagePlan): ImageToFollow['updateIds'] {
  return selection.used.map(({ ciId }) => ciId);
}

/** What came of the schedules of a run, and why its step fails where it does. */
export interface Followed {
  readonly result: FollowResult;
  readonly errors: readonly Diagnosis[];
  readonly isCancelled: boolean;
}

/** Waits for the schedules that a run has started. Nothing that goes wrong here undoes them. */
export async function followImages(
  site: SiteAccess,
  written: readonly NumberedSchedule[],
  images: readonly ImageToFollow[],
  { settings, random, tell, log }: FollowRequest,
): Promise<Followed | undefined> {
  const now = site.clock.now();
  const schedules = nonEmpty(
    written.map(({ id, schedule: { intended } }) => ({
      scheduleId: id,
      packageIds: [intended.image.packageId],
      startsInMilliseconds: intended.start.kind === 'later' ? Math.max(0, intended.start.at - now) : 0,
      isNew: true,
    })),
  );
  if (schedules === undefined) return undefined;
  const outcome = await followRun({ ...site, random, tell, log }, schedules, images, settings);
  const result = followResult(outcome, settings);
  const isCancelled = outcome.kind === 'cancelled';
  return { result, errors: isCancelled ? [cancelledWhileWaiting(result)] : result.errors, isCancelled };
}
