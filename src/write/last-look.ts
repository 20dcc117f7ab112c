import { mapNonEmpty, nonEmpty, type NonEmpty } from '../collections/non-empty.js';
import { inputSetTo } from '../diagnosis/input-mention.js';
import { DiagnosedError, type Diagnosis } from '../diagnosis/diagnosis.js';
import type { Outcome, Query } from '../provider/port.js';
import type { PackageId, ScheduleId } from '../site/identifiers.js';
import { listSchedules, listSchedulesOfImages, type SeenSchedule } from '../site/schedules-of-images.js';
import type { LinkedImage } from '../site/servicing-schedule.js';
import { lookUntil } from './look-until.js';
import {
  alreadyScheduled,
  armedOf,
  idsOf,
  readSchedules,
  scheduledImage,
  textsOf,
  type OtherSchedule,
  type OtherSchedules,
  type ScheduledImage,
} from '../plan/other-schedules.js';
import type { NumberedSchedules } from './schedule-draft.js';
import type { ServicingRequest } from '../plan/servicing-request.js';
import { attemptParts, requireDone, stopIfCancelled, type SiteAccess } from '../plan/site-access.js';

/** What a run does about the schedules of others right before it starts its own. */
export interface LastLook {
  readonly ifScheduled: ServicingRequest['ifScheduled'];
  /** As they were before the run wrote. */
  readonly before: OtherSchedules;
}

/** The reads of the look. They stand in the batch that reads the links back, where they cost a request or two. */
export interface ReadsOfLastLook {
  readonly linksOfImages: readonly [Query<LinkedImage>];
  readonly schedulesBefore: readonly Query<SeenSchedule>[];
}

/** What came to the reads of the look. */
export interface SightOfOthers {
  readonly linksOfImages: readonly Outcome<readonly LinkedImage[]>[];
  readonly schedulesBefore: readonly Outcome<readonly SeenSchedule[]>[];
}

export function readsOfLastLook(all: NumberedSchedules, { before }: LastLook): ReadsOfLastLook {
  const ids = nonEmpty(idsBefore(before));
  return {
    linksOfImages: [listSchedulesOfImages(imagesOf(all))],
    schedulesBefore: ids === undefined ? [] : [listSchedules(ids)],
  };
}

/**
 * Looks once more at the schedules of the run's images, after its own links show and before anything starts. Of two
 * runs at once, each of which links first and looks afterwards, at least one sees the other: so two schedules are
 * never started in silence (docs/design.md, "Two runs at once"). Throws where this run must make way.
 */
export async function lookForRivals(
  site: SiteAccess,
  all: NumberedSchedules,
  look: LastLook,
  answers: SightOfOthers,
): Promise<void> {
  const seen = (await sightOf(site, all, look, answers)) ?? (await lookAgain(site, all, look));
  if (look.ifScheduled === 'add') {
    tellOfRivals(site, seen, look);
    return;
  }
  makeWay(all, seen, look);
  const left = await waitForDrafts(site, all, seen, look);
  for (const { image, drafts } of left)
    for (const { scheduleId, schedule } of drafts)
      site.tell({ kind: 'draft-beside', image, scheduleId, name: schedule?.name });
}

/** The other schedules of each image. Undefined while the run's own links do not show: then others may not show either. */
async function sightOf(
  site: SiteAccess,
  all: NumberedSchedules,
  { before }: LastLook,
  answers: SightOfOthers,
): Promise<OtherSchedules | undefined> {
  const links = answers.linksOfImages.flatMap(requireDone);
  const isOwn = (id: ScheduleId): boolean => all.some((own) => own.id === id);
  const areOwnShown = all.every(({ id, schedule }) =>
    links.some((link) => link.scheduleId === id && link.packageId === schedule.intended.image.packageId),
  );
  if (!areOwnShown) return undefined;
  const others = links.filter(({ scheduleId }) => !isOwn(scheduleId));
  const known = answers.schedulesBefore.flatMap(requireDone);
  const wasAskedFor = new Set(idsBefore(before));
  const added = await readSchedules(
    site,
    idsOf(others).filter((id) => !wasAskedFor.has(id)),
  );
  return all.map(({ schedule: { intended } }) => {
    const { image } = intended;
    const clock = before.find((each) => each.image.packageId === image.packageId)?.clock;
    return scheduledImage(
      { image, clock: clock ?? { siteCode: image.sourceSite, zone: undefined } },
      others,
      [...known, ...added],
      site.clock.now(),
    );
  });
}

async function lookAgain(site: SiteAccess, all: NumberedSchedules, look: LastLook): Promise<OtherSchedules> {
  const reads = readsOfLastLook(all, look);
  const longest = site.patience.longestInvisibleMilliseconds;
  const seen = await lookUntil(site, 'the other schedules of the images', longest, async () => {
    const value = await sightOf(site, all, look, await attemptParts(site, { ...reads }));
    return { value, isEnough: value !== undefined };
  });
  stopIfCancelled(site);
  if (seen === undefined) throw new DiagnosedError(ownLinksNotShown(all));
  return seen;
}

/** Throws where another schedule of an image runs or waits, or where another run was there first. */
function makeWay(all: NumberedSchedules, seen: OtherSchedules, { before }: LastLook): void {
  const found = seen.flatMap((each) => {
    const armed = armedOf(each);
    if (armed.length > 0) return [alreadyScheduled(each, armed)];
    const own = ownOf(all, each);
    const earlier = draftsOf(each).filter(
      (draft) => !wasThere(draft, each, before) && draft.scheduleId < own,
    );
    return earlier.length > 0 ? [beingScheduled(each, earlier)] : [];
  });
  const reasons = nonEmpty(found);
  if (reasons !== undefined) throw new DiagnosedError(...reasons);
}

interface Beside {
  readonly image: ScheduledImage['image'];
  readonly drafts: readonly OtherSchedule[];
}

/**
 * A draft of another run is about to start, about to make way, or left over from a run that was killed. One that was
 * there before this run is most likely left over, and gets a short time. One that came later and has a higher ID makes
 * way for this run once it looks; where it had looked before this run's links showed, it starts. Returns what stays.
 */
async function waitForDrafts(
  site: SiteAccess,
  all: NumberedSchedules,
  seen: OtherSchedules,
  look: LastLook,
): Promise<readonly Beside[]> {
  const besideIn = (images: OtherSchedules): readonly Beside[] =>
    images
      .map((each) => ({
        image: each.image,
        drafts: draftsOf(each).filter((draft) => isInWay(draft, each, look)),
      }))
      .filter(({ drafts }) => drafts.length > 0);
  const areNew = (images: OtherSchedules): boolean =>
    images.some((each) => draftsOf(each).some((draft) => !wasThere(draft, each, look.before)));
  if (besideIn(seen).length === 0) return [];
  const { firstLookMilliseconds: short, longestInvisibleMilliseconds: long } = site.patience;
  const what = 'whether another run starts its schedule';
  const reads = readsOfLastLook(all, look);
  const last = await lookUntil(site, what, areNew(seen) ? long : short, async () => {
    const value = (await sightOf(site, all, look, await attemptParts(site, { ...reads }))) ?? seen;
    makeWay(all, value, look);
    return { value, isEnough: besideIn(value).length === 0 };
  });
  stopIfCancelled(site);
  return besideIn(last);
}

/** A link to a schedule that the site did not show before either was told of then. */
function isInWay(
  { scheduleId, standing }: OtherSchedule,
  { image }: ScheduledImage,
  { before }: LastLook,
): boolean {
  if (standing !== 'not-shown') return true;
  return !schedulesBefore(before, image.packageId).some((known) => known.scheduleId === scheduleId);
}

/** With `add` nothing is waited for: whatever was not told before the run wrote is told now. */
function tellOfRivals(site: SiteAccess, seen: OtherSchedules, look: LastLook): void {
  for (const each of seen) {
    const { image } = each;
    const told = schedulesBefore(look.before, image.packageId).filter(
      ({ standing }) => standing === 'running' || standing === 'waiting',
    );
    const isNew = ({ scheduleId }: { readonly scheduleId: ScheduleId }): boolean =>
      told.every((known) => known.scheduleId !== scheduleId);
    const armed = armedOf(each).filter(isNew);
    if (armed.length > 0) site.tell({ kind: 'also-scheduled', image, schedules: textsOf(each, armed) });
    for (const draft of draftsOf(each).filter((one) => isInWay(one, each, look)))
      site.tell({ kind: 'draft-beside', image, scheduleId: draft.scheduleId, name: draft.schedule?.name });
  }
}

/** A schedule whose link shows before it does itself is one in the making. */
function draftsOf({ schedules }: ScheduledImage): readonly OtherSchedule[] {
  return schedules.filter(({ standing }) => standing === 'draft' || standing === 'not-shown');
}

function wasThere({ scheduleId }: OtherSchedule, { image }: ScheduledImage, before: OtherSchedules): boolean {
  return schedulesBefore(before, image.packageId).some((known) => known.scheduleId === scheduleId);
}

function schedulesBefore(before: OtherSchedules, packageId: PackageId): readonly OtherSchedule[] {
  return before.find(({ image }) => image.packageId === packageId)?.schedules ?? [];
}

function idsBefore(before: OtherSchedules): readonly ScheduleId[] {
  return idsOf(before.flatMap(({ schedules }) => schedules));
}

function ownOf(all: NumberedSchedules, { image }: ScheduledImage): ScheduleId {
  const own = all.find(({ schedule }) => schedule.intended.image.packageId === image.packageId);
  if (own === undefined) throw new TypeError('An image without a schedule of this run.');
  return own.id;
}

function imagesOf(all: NumberedSchedules): NonEmpty<PackageId> {
  return mapNonEmpty(all, ({ schedule }) => schedule.intended.image.packageId);
}

function beingScheduled({ image }: ScheduledImage, earlier: readonly OtherSchedule[]): Diagnosis {
  const named = earlier.map(({ scheduleId, schedule }) =>
    schedule?.name === undefined
      ? `schedule ${scheduleId}`
      : `schedule ${scheduleId} (name "${schedule.name}")`,
  );
  return {
    code: 'OS220',
    what: `Another run is making ${named.join(' and ')} for image "${image.name}" (${image.packageId}) at this moment, and was there first.`,
    cause: 'Two runs of a pipeline, or two pipelines, schedule the image at the same time.',
    next: `Run the step again when the other schedule has ended. Let only one run of the pipeline schedule an image at a time; to schedule it twice all the same, use ${inputSetTo('if-scheduled', 'add')}.`,
  };
}

function ownLinksNotShown([{ id }]: NumberedSchedules): Diagnosis {
  return {
    code: 'OS210',
    what: `The site shows the links of schedule ${id} when asked for the schedule, but not when asked for its image.`,
    cause: 'The account may not see all links of the image, or somebody removed them meanwhile.',
    next: 'Check the rights of the account on operating system images.',
  };
}
