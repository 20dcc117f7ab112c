import { mapNonEmpty, nonEmpty, type NonEmpty } from '../../collections/non-empty.js';
import type { ImageToFollow } from '../../follow/follow-run.js';
import type { ScheduleToFollow } from '../../follow/follow-schedules.js';
import { readParts, type SiteReach } from '../../plan/site-access.js';
import { IMAGE_CLASSES } from '../../site/image-package.js';
import { listPackageSources } from '../../site/package-source.js';
import { listLinkedUpdates } from '../../site/servicing-schedule.js';

/** What is known of the images of schedules that somebody else made: their class, and what was scheduled for them. */
export async function readImagesToFollow(
  site: SiteReach,
  schedules: NonEmpty<ScheduleToFollow>,
): Promise<readonly ImageToFollow[]> {
  const packageIds = nonEmpty([...new Set(schedules.flatMap((schedule) => schedule.packageIds))]);
  if (packageIds === undefined) return [];
  const read = await readParts(site, {
    updates: [listLinkedUpdates(mapNonEmpty(schedules, ({ scheduleId }) => scheduleId))],
    packages: IMAGE_CLASSES.map((imageClass) => listPackageSources(imageClass, packageIds)),
  });
  return packageIds.map((packageId): ImageToFollow => {
    const own = schedules.filter((schedule) => schedule.packageIds.includes(packageId));
    const linked = read.updates[0].filter(({ scheduleId }) =>
      own.some((each) => each.scheduleId === scheduleId),
    );
    const found = IMAGE_CLASSES.find(
      (_, place) => read.packages[place]?.some((source) => source.packageId === packageId) === true,
    );
    return {
      packageId,
      class: found ?? 'SMS_ImagePackage',
      indexes: undefined,
      updateIds: linked.map(({ ciId }) => ciId),
      before: undefined,
      // Servicing may have changed it already: the version that is there in the end is the one to wait for.
      versionBefore: undefined,
    };
  });
}
