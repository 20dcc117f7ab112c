import type { Instance } from '../provider/instance.js';
import type { Outcome, Query } from '../provider/port.js';
import type { CiId, PackageId, ScheduleId } from '../site/identifiers.js';
import {
  deleteSchedule,
  findSchedules,
  linkedImageOf,
  linkedUpdateOf,
  listLinkedImages,
  listLinkedUpdates,
  servicingScheduleOf,
  unlinkImage,
  unlinkUpdate,
} from '../site/servicing-schedule.js';
import type { IntendedSchedule, NumberedSchedule } from './schedule-draft.js';
import { attempt, attemptParts, readParts, requireDone, type SiteAccess } from './site-access.js';

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
    };

const MOST_PASSES = 3;

type Left = Readonly<Record<'images' | 'updates' | 'namesakes', readonly [readonly Instance[]]>>;

/** What tells whether anything is left of these schedules. */
function whatIsLeft([first, ...others]: readonly [Removal, ...Removal[]]): {
  readonly images: readonly [Query];
  readonly updates: readonly [Query];
  readonly namesakes: readonly [Query];
} {
  const ids = [first.target.id, ...others.map(({ target }) => target.id)] as const;
  const nameOf = ({ target }: Removal): string => target.schedule.intended.name;
  return {
    images: [listLinkedImages(ids)],
    updates: [listLinkedUpdates(ids)],
    namesakes: [findSchedules([nameOf(first), ...others.map(nameOf)])],
  };
}

/**
 * Links first, then their schedules. Where a connection goes through a batch from first to last, one batch does
 * it all: a cancelled run has little time.
 */
async function removeAndLook(
  site: SiteAccess,
  removals: readonly [Removal, ...Removal[]],
): Promise<{
  readonly outcomes: Readonly<Record<'links' | 'schedules', readonly Outcome<undefined>[]>>;
  readonly shown: Left | undefined;
}> {
  const links = removals.flatMap(({ target: { id }, updates, images }) => [
    ...updates.map((update) => unlinkUpdate(id, update)),
    ...images.map((image) => unlinkImage(id, image)),
  ]);
  const schedules = removals.map(({ target: { id } }) => deleteSchedule(id));
  if (!site.provider.seesItsWrites) {
    const unlinked = links.length === 0 ? [] : await attempt(site, links);
    return { outcomes: { links: unlinked, schedules: await attempt(site, schedules) }, shown: undefined };
  }
  const { images, updates, namesakes, ...outcomes } = await attemptParts(site, {
    links,
    schedules,
    ...whatIsLeft(removals),
  });
  const areAllRead =
    images[0].state === 'done' && updates[0].state === 'done' && namesakes[0].state === 'done';
  const shown = areAllRead
    ? {
        images: [requireDone(images[0])] as const,
        updates: [requireDone(updates[0])] as const,
        namesakes: [requireDone(namesakes[0])] as const,
      }
    : undefined;
  return { outcomes, shown };
}

/** A schedule that is being removed, with the links of it that may be there. */
interface Removal {
  readonly target: NumberedSchedule;
  readonly updates: readonly CiId[];
  readonly images: readonly PackageId[];
}

/** Removes links, then their schedules, and looks whether they are gone; again, where something showed late. */
export async function removeSchedules(
  site: SiteAccess,
  targets: readonly NumberedSchedule[],
  isHurried: () => boolean,
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
    const [first, ...others] = removals;
    if (first === undefined) return settled;
    const { words, left } = await removeOnce(site, [first, ...others], isHurried);
    for (const { target, remaining, isThere } of left) {
      const { id: scheduleId, schedule } = target;
      const { intended } = schedule;
      if (remaining === undefined) settled.push({ kind: 'removed', scheduleId, intended });
      else if (pass === MOST_PASSES) {
        const why = `${remaining.updates.length} update links, ${remaining.images.length} image links and ${isThere ? 'the' : 'no'} schedule are still there.${words(target)}`;
        settled.push({ kind: 'perhaps', scheduleId, intended, why });
      }
    }
    removals = pass === MOST_PASSES ? [] : left.flatMap(({ remaining }) => remaining ?? []);
  }
}

async function removeOnce(
  site: SiteAccess,
  removals: readonly [Removal, ...Removal[]],
  isHurried: () => boolean,
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
  if (!isCertain) await site.clock.sleep(site.patience.longestInvisibleMilliseconds, site.cancelled);
  const seen = isCertain && shown !== undefined ? shown : await readParts(site, whatIsLeft(removals));
  const seenImages = seen.images[0].map(linkedImageOf);
  const seenUpdates = seen.updates[0].map(linkedUpdateOf);
  const seenSchedules = new Set(
    seen.namesakes[0].map(servicingScheduleOf).map(({ scheduleId }) => scheduleId),
  );
  return {
    words: (target) => {
      const outcome = deleted[removals.findIndex((removal) => removal.target === target)];
      return outcome === undefined || outcome.state === 'done'
        ? ''
        : ` ${outcome.refusal?.diagnosis.what ?? ''}`;
    },
    left: removals.map(({ target }, place) => {
      const { id } = target;
      const images = seenImages
        .filter(({ scheduleId }) => scheduleId === id)
        .map(({ packageId }) => packageId);
      const updates = seenUpdates.filter(({ scheduleId }) => scheduleId === id).map(({ ciId }) => ciId);
      const isThere = seenSchedules.has(id);
      const isSure = deleted[place]?.state === 'done' || !isHurried();
      const isGone = !isThere && images.length === 0 && updates.length === 0 && isSure;
      return { target, isThere, remaining: isGone ? undefined : { target, images, updates } };
    }),
  };
}
