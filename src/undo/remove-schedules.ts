import { isNonEmpty, mapNonEmpty, type NonEmpty } from '../collections/non-empty.js';
import type { Outcome, Query } from '../provider/port.js';
import type { CiId, PackageId, ScheduleId } from '../site/identifiers.js';
import {
  deleteSchedule,
  findSchedules,
  listLinkedImages,
  listLinkedUpdates,
  unlinkImage,
  unlinkUpdate,
  type LinkedImage,
  type LinkedUpdate,
  type ServicingSchedule,
} from '../site/servicing-schedule.js';
import type { IntendedSchedule, NumberedSchedule, ScheduleInWriting } from '../write/schedule-draft.js';
import { attempt, attemptParts, readParts, requireDone, type SiteAccess } from '../plan/site-access.js';
import type { UndoAccess } from './undo-time.js';

/** What is left at the site of one schedule of a run that failed. */
export type Remains =
  /** Nothing had been written of it. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'removed'; readonly scheduleId: ScheduleId; readonly intended: IntendedSchedule }
  /** The component has taken it: a schedule that runs is never deleted. */
  | {
      readonly kind: 'running';
      readonly scheduleId: ScheduleId;
      readonly intended: IntendedSchedule;
      readonly isWhole: boolean;
    }
  | {
      readonly kind: 'perhaps';
      readonly scheduleId: ScheduleId | undefined;
      readonly intended: IntendedSchedule;
      readonly why: string;
      readonly left: LeftObjects;
      /** Whether the component may have it by now, or take it yet: then it must be looked at before it is removed. */
      readonly mayRun: boolean;
    };

/** What may be there of one schedule. */
export interface LeftObjects {
  readonly updates: readonly CiId[];
  readonly images: readonly PackageId[];
  readonly schedule: boolean;
  /** Whether there may be a schedule of its name whose ID is not known. */
  readonly isToBeFound: boolean;
}

/** What may be there by what was written and what an undo has taken away for certain. */
export function leftOf(schedule: ScheduleInWriting): LeftObjects {
  const { intended, linksSent, takenAway, mayHaveUnknown } = schedule;
  return {
    updates: linksSent ? intended.updates.filter((update) => !takenAway.updates.has(update)) : [],
    images: linksSent && !takenAway.image ? [intended.image.packageId] : [],
    schedule: !takenAway.schedule,
    isToBeFound: mayHaveUnknown,
  };
}

const MOST_PASSES = 3;

interface Left {
  readonly images: readonly LinkedImage[];
  readonly updates: readonly LinkedUpdate[];
  readonly namesakes: readonly ServicingSchedule[];
}

/** What tells whether anything is left of these schedules. */
function whatIsLeft(removals: NonEmpty<Removal>): {
  readonly images: readonly [Query<LinkedImage>];
  readonly updates: readonly [Query<LinkedUpdate>];
  readonly namesakes: readonly [Query<ServicingSchedule>];
} {
  const ids = mapNonEmpty(removals, ({ target }) => target.id);
  const names = mapNonEmpty(removals, ({ target }) => target.schedule.intended.name);
  return {
    images: [listLinkedImages(ids)],
    updates: [listLinkedUpdates(ids)],
    namesakes: [findSchedules(names)],
  };
}

async function readWhatIsLeft(site: SiteAccess, removals: NonEmpty<Removal>): Promise<Left> {
  const { images, updates, namesakes } = await readParts(site, whatIsLeft(removals));
  return { images: images[0], updates: updates[0], namesakes: namesakes[0] };
}

/**
 * Links first, then their schedules. Where a connection goes through a batch from first to last, one batch does
 * it all: a cancelled run has little time.
 */
async function removeAndLook(
  site: SiteAccess,
  removals: NonEmpty<Removal>,
): Promise<{
  readonly outcomes: Readonly<Record<'links' | 'schedules', readonly Outcome<undefined>[]>>;
  readonly shown: Left | undefined;
}> {
  const links = removals.flatMap(({ target: { id }, updates, images }) => [
    ...updates.map((update) => unlinkUpdate(id, update)),
    ...images.map((image) => unlinkImage(id, image)),
  ]);
  const schedules = removals.map(({ target: { id } }) => deleteSchedule(id));
  if (!site.provider.readsOwnWrites) {
    const unlinked = links.length === 0 ? [] : await attempt(site, links);
    noteTakenAway(removals, unlinked, []);
    const deleted = await attempt(site, schedules);
    noteTakenAway(removals, unlinked, deleted);
    return { outcomes: { links: unlinked, schedules: deleted }, shown: undefined };
  }
  const { images, updates, namesakes, ...outcomes } = await attemptParts(site, {
    links,
    schedules,
    ...whatIsLeft(removals),
  });
  noteTakenAway(removals, outcomes.links, outcomes.schedules);
  const areAllRead =
    images[0].state === 'done' && updates[0].state === 'done' && namesakes[0].state === 'done';
  const shown = areAllRead
    ? {
        images: requireDone(images[0]),
        updates: requireDone(updates[0]),
        namesakes: requireDone(namesakes[0]),
      }
    : undefined;
  return { outcomes, shown };
}

/** Keeps what the site confirmed: an undo that has no more time tells only of the rest. */
function noteTakenAway(
  removals: readonly Removal[],
  links: readonly Outcome<undefined>[],
  schedules: readonly Outcome<undefined>[],
): void {
  let place = 0;
  for (const [number, { target, updates, images }] of removals.entries()) {
    const { takenAway } = target.schedule;
    for (const update of updates) if (links[place++]?.state === 'done') takenAway.updates.add(update);
    if (images.length > 0 && links[place]?.state === 'done') takenAway.image = true;
    place += images.length;
    const isOwn = target.id === target.schedule.scheduleId;
    if (isOwn && schedules[number]?.state === 'done') takenAway.schedule = true;
  }
}

/** A request that was given up took effect after the delete. */
function noteSeenAgain(
  { schedule: { takenAway } }: NumberedSchedule,
  updates: readonly CiId[],
  image: boolean,
  schedule: boolean,
): void {
  for (const update of updates) takenAway.updates.delete(update);
  if (image) takenAway.image = false;
  if (schedule) takenAway.schedule = false;
}

/** A schedule that is being removed, with the links of it that may be there. */
interface Removal {
  readonly target: NumberedSchedule;
  readonly updates: readonly CiId[];
  readonly images: readonly PackageId[];
}

/** Removes links, then their schedules, and looks whether they are gone; again, where something showed late. */
export async function removeSchedules(
  undo: UndoAccess,
  targets: readonly NumberedSchedule[],
): Promise<readonly Remains[]> {
  const settled: Remains[] = [];
  let removals: readonly Removal[] = targets.map((target) => {
    const { intended, linksSent } = target.schedule;
    return {
      target,
      updates: linksSent ? intended.updates : [],
      images: linksSent ? [intended.image.packageId] : [],
    };
  });
  for (let pass = 1; ; pass++) {
    if (!isNonEmpty(removals)) return settled;
    const { words, left } = await removeOnce(undo, removals);
    for (const { target, remaining, isThere } of left) {
      const { id: scheduleId, schedule } = target;
      const { intended } = schedule;
      if (remaining === undefined) settled.push({ kind: 'removed', scheduleId, intended });
      else if (pass === MOST_PASSES) {
        const why = `${remaining.updates.length} update links, ${remaining.images.length} image links and ${isThere ? 'the' : 'no'} schedule are still there.${words(target)}`;
        settled.push({
          kind: 'perhaps',
          scheduleId,
          intended,
          why,
          left: {
            updates: remaining.updates,
            images: remaining.images,
            schedule: true,
            isToBeFound: schedule.mayHaveUnknown,
          },
          mayRun: schedule.startSent,
        });
      }
    }
    removals = pass === MOST_PASSES ? [] : left.flatMap(({ remaining }) => remaining ?? []);
  }
}

async function removeOnce(
  { site, isHurried }: UndoAccess,
  removals: NonEmpty<Removal>,
): Promise<{
  readonly words: (target: NumberedSchedule) => string;
  readonly left: readonly {
    readonly target: NumberedSchedule;
    readonly remaining: Removal | undefined;
    readonly isThere: boolean;
  }[];
}> {
  const { outcomes, shown } = await removeAndLook(site, removals);
  const { links, schedules: deleted } = outcomes;
  // A link that was never made answers 404 like one that may not be removed: what counts is what is still there,
  // once everything had the time to become visible.
  const isCertain = [...links, ...deleted].every(({ state }) => state === 'done');
  // Each delete was confirmed, and in a hurry a further look could only lose the time in which that can be told.
  if (isCertain && isHurried()) return { words: () => '', left: removals.map(gone) };
  if (!isCertain) await site.clock.sleep(site.patience.longestInvisibleMilliseconds, site.cancelled);
  const seen = isCertain && shown !== undefined ? shown : await readWhatIsLeft(site, removals);
  const seenSchedules = new Set(seen.namesakes.map(({ scheduleId }) => scheduleId));
  return {
    words: (target) => {
      const outcome = deleted[removals.findIndex((removal) => removal.target === target)];
      return outcome === undefined || outcome.state === 'done' ? '' : ` ${outcome.diagnosis?.what ?? ''}`;
    },
    left: removals.map(({ target }, place) => {
      const { id } = target;
      const images = seen.images
        .filter(({ scheduleId }) => scheduleId === id)
        .map(({ packageId }) => packageId);
      const updates = seen.updates.filter(({ scheduleId }) => scheduleId === id).map(({ ciId }) => ciId);
      const isThere = seenSchedules.has(id);
      const isSure = deleted[place]?.state === 'done' || !isHurried();
      const isGone = !isThere && images.length === 0 && updates.length === 0 && isSure;
      noteSeenAgain(target, updates, images.length > 0, isThere);
      return { target, isThere, remaining: isGone ? undefined : { target, images, updates } };
    }),
  };
}

function gone({ target }: Removal): {
  readonly target: NumberedSchedule;
  readonly remaining: undefined;
  readonly isThere: boolean;
} {
  return { target, remaining: undefined, isThere: false };
}
