import { isNonEmpty } from '../collections/non-empty.js';
import { inputSetTo } from '../diagnosis/input-mention.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { ScheduleId } from '../site/identifiers.js';
import type { ImagePackage } from '../site/image-package.js';
import { listSchedules, type SeenSchedule } from '../site/schedules-of-images.js';
import type { LinkedImage } from '../site/servicing-schedule.js';
import type { SiteClock } from '../site/token-text.js';
import type { ReadImage } from './read-details.js';
import { scheduleText, standingOf, type Standing } from './schedule-standing.js';
import type { ImageSelection } from './image-selection.js';
import type { ServicingRequest } from './servicing-request.js';
import { readAll, type SiteAccess } from './site-access.js';
import { isNothingToDo } from './update-selection.js';

/** A schedule that is linked to an image of the run and is not the run's own. */
export interface OtherSchedule {
  readonly scheduleId: ScheduleId;
  /** Undefined where a link names a schedule that the site does not show. */
  readonly schedule: SeenSchedule | undefined;
  readonly standing: Standing | 'not-shown';
}

/** An image of the run, with the other schedules that it is linked to, ascending by their IDs. */
export interface ScheduledImage {
  readonly image: ImagePackage;
  readonly clock: SiteClock;
  readonly schedules: readonly OtherSchedule[];
}

/** What the run knew of other schedules before it wrote. */
export type OtherSchedules = readonly ScheduledImage[];

/** Reads the schedules that these links name. Needs no request where there is none. */
export async function readOtherSchedules(
  site: SiteAccess,
  images: readonly ReadImage[],
  links: readonly LinkedImage[],
): Promise<OtherSchedules> {
  const rows = await readSchedules(site, idsOf(links));
  return images.map(({ image, zone }) =>
    scheduledImage({ image, clock: { siteCode: image.sourceSite, zone } }, links, rows, site.clock.now()),
  );
}

export async function readSchedules(
  site: SiteAccess,
  ids: readonly ScheduleId[],
): Promise<readonly SeenSchedule[]> {
  if (!isNonEmpty(ids)) return [];
  const [rows] = await readAll(site, [listSchedules(ids)]);
  return rows;
}

/** Ascending, each once. */
export function idsOf(schedules: readonly { readonly scheduleId: ScheduleId }[]): readonly ScheduleId[] {
  return [...new Set(schedules.map(({ scheduleId }) => scheduleId))].sort((one, other) => one - other);
}

export function scheduledImage(
  { image, clock }: Pick<ScheduledImage, 'image' | 'clock'>,
  links: readonly LinkedImage[],
  rows: readonly SeenSchedule[],
  now: number,
): ScheduledImage {
  const ids = idsOf(links.filter(({ packageId }) => packageId === image.packageId));
  const schedules = ids.map((scheduleId): OtherSchedule => {
    const schedule = rows.find((row) => row.scheduleId === scheduleId);
    const standing = schedule === undefined ? 'not-shown' : standingOf(schedule, clock, now);
    return { scheduleId, schedule, standing };
  });
  return { image, clock, schedules };
}

/** Those that service their image, or wait to. */
export function armedOf({ schedules }: ScheduledImage): readonly SeenSchedule[] {
  return schedules.flatMap(({ schedule, standing }) =>
    schedule !== undefined && (standing === 'running' || standing === 'waiting') ? [schedule] : [],
  );
}

/** What speaks against a second schedule for an image that needs one. */
export function refusalsOfOtherSchedules(
  others: OtherSchedules,
  selections: readonly ImageSelection[],
  { ifScheduled }: Pick<ServicingRequest, 'ifScheduled'>,
): readonly Diagnosis[] {
  if (ifScheduled === 'add') return [];
  return withWork(others, selections)
    .filter((each) => armedOf(each).length > 0)
    .map((each) => alreadyScheduled(each, armedOf(each)));
}

/** Tells of the schedules beside which the run goes on, and of those that it cannot judge. */
export function tellOfOtherSchedules(
  { tell }: SiteAccess,
  others: OtherSchedules,
  selections: readonly ImageSelection[],
): void {
  for (const each of withWork(others, selections)) {
    const armed = armedOf(each);
    if (armed.length > 0)
      tell({ kind: 'also-scheduled', image: each.image, schedules: textsOf(each, armed) });
    const notShown = each.schedules.filter(({ standing }) => standing === 'not-shown');
    if (notShown.length > 0)
      tell({ kind: 'schedules-not-shown', image: each.image, scheduleIds: idsOf(notShown) });
  }
}

/** An image that needs nothing gets no schedule, so that another one does not matter. */
function withWork(others: OtherSchedules, selections: readonly ImageSelection[]): OtherSchedules {
  return others.filter(({ image }) =>
    selections.some(
      (each) => each.image.image.packageId === image.packageId && !isNothingToDo(each.selection),
    ),
  );
}

export function alreadyScheduled(
  { image, clock }: ScheduledImage,
  armed: readonly SeenSchedule[],
): Diagnosis {
  return {
    code: 'OS220',
    what: `Image "${image.name}" (${image.packageId}) already has ${armed.length === 1 ? 'a servicing schedule that runs or waits' : `${armed.length} servicing schedules that run or wait`}: ${listed(textsOf({ clock }, armed))}.`,
    cause:
      'Another run, another pipeline or a person in the console scheduled it. Each schedule mounts the image and writes the whole file back.',
    next: `Run the step again when the other schedule has ended, or remove it in the console (Cancel Scheduled Updates). To schedule the image a second time all the same, use ${inputSetTo('if-scheduled', 'add')}.`,
  };
}

export function textsOf(
  { clock }: Pick<ScheduledImage, 'clock'>,
  schedules: readonly SeenSchedule[],
): readonly string[] {
  return schedules.map((schedule) => scheduleText(schedule, clock));
}

const MOST_LISTED = 10;

function listed(texts: readonly string[]): string {
  const more = texts.length - MOST_LISTED;
  return texts.slice(0, MOST_LISTED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
