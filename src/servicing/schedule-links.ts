import { DiagnosedError, type Diagnosis } from '../diagnosis/diagnosis.js';
import type { CiId, PackageId, ScheduleId } from '../site/identifiers.js';
import {
  findSchedules,
  linkedImageOf,
  linkedUpdateOf,
  linkImage,
  linkUpdate,
  listLinkedImages,
  listLinkedUpdates,
  readSchedule,
  servicingScheduleOf,
  type ServicingSchedule,
} from '../site/servicing-schedule.js';
import { lookUntil } from './look-until.js';
import { schedulesOfThisRun } from './marked-schedules.js';
import {
  draftProperties,
  isDraft,
  MOST_ATTEMPTS,
  type NumberedSchedule,
  type NumberedSchedules,
} from './schedule-draft.js';
import type { WriteOrder } from './servicing-request.js';
import {
  attempt,
  attemptParts,
  diagnosisOf,
  requireDone,
  stopIfCancelled,
  type SiteAccess,
} from './site-access.js';
import { hasBegun } from './undo-schedules.js';

/**
 * Links images and updates to their schedules, and reads it all back. Links whose answer was lost are looked up before
 * they are sent again. Throws when the site refuses one, or holds something else than was written.
 */
export async function linkEverything(
  site: SiteAccess,
  all: NumberedSchedules,
  order: WriteOrder,
): Promise<void> {
  let missing: readonly MissingLinks[] = all.map((one) => ({
    ...one,
    image: true,
    updates: one.schedule.intended.updates,
  }));
  for (const { schedule } of all) schedule.linksSent = true;
  for (let tried = 1; ; tried++) {
    const batch = missing.flatMap(({ id, schedule, image, updates }) => [
      ...(image ? [linkImage(id, schedule.intended.image.packageId)] : []),
      ...updates.map((update) => linkUpdate(id, update)),
    ]);
    const outcomes = await attempt(site, batch);
    const refused = outcomes.find(({ state }) => state === 'refused');
    if (refused !== undefined) requireDone(refused);
    if (tried === 1) {
      for (const { id, schedule } of all)
        site.tell({ kind: 'links-written', scheduleId: id, updates: schedule.intended.updates.length });
    }
    const lost = outcomes.find(({ state }) => state !== 'done');
    stopIfCancelled(site);

    missing = await compare(site, all, order);
    const [first] = missing;
    if (first === undefined) break;
    if (tried === MOST_ATTEMPTS) {
      const diagnosis = lost !== undefined && lost.state !== 'done' ? diagnosisOf(lost.refusal) : undefined;
      throw new DiagnosedError(diagnosis ?? describeMissing(first));
    }
  }
  for (const { schedule } of all) schedule.isWhole = true;
}

interface MissingLinks extends NumberedSchedule {
  readonly image: boolean;
  readonly updates: readonly CiId[];
}

/** What the site shows of one schedule. */
interface SeenSchedule {
  readonly images: readonly PackageId[];
  readonly updates: ReadonlySet<CiId>;
}

/** Reads everything back; returns the links that are missing, and throws where a schedule is not as it was written. */
async function compare(
  site: SiteAccess,
  all: NumberedSchedules,
  order: WriteOrder,
): Promise<readonly MissingLinks[]> {
  const [first, ...others] = all;
  const ids: readonly [ScheduleId, ...ScheduleId[]] = [first.id, ...others.map(({ id }) => id)];
  const names = [nameOf(first), ...others.map(nameOf)] as const;
  const most = Math.max(...all.map(({ schedule }) => schedule.intended.updates.length));
  const total = all.reduce((sum, { schedule }) => sum + schedule.intended.updates.length, 0);
  const seen = await lookUntil(
    site,
    `the ${total} linked updates`,
    site.patience.longestInvisibleMilliseconds,
    async () => {
      const { schedules, links, namesakes } = await attemptParts(site, {
        schedules: all.map(({ id }) => readSchedule(id)),
        links: [listLinkedImages(ids), listLinkedUpdates(ids, most)],
        namesakes: [findSchedules(names)],
      });
      const images = requireDone(links[0]).map(linkedImageOf);
      const updates = requireDone(links[1]).map(linkedUpdateOf);
      const linked = all.map(({ id }): SeenSchedule => ({
        images: images.filter(({ scheduleId }) => scheduleId === id).map(({ packageId }) => packageId),
        updates: new Set(updates.filter(({ scheduleId }) => scheduleId === id).map(({ ciId }) => ciId)),
      }));
      const areAllThere = all.every(({ schedule }, place) => {
        const one = linked[place];
        return (
          one !== undefined && one.images.length >= 1 && one.updates.size >= schedule.intended.updates.length
        );
      });
      const isEnough = areAllThere && schedules.every(({ state }) => state === 'done');
      return { value: { schedules, linked, namesakes: namesakes[0] }, isEnough };
    },
  );
  if (seen.namesakes.state === 'done')
    noteStrays(all, schedulesOfThisRun(seen.namesakes.result.map(servicingScheduleOf), names));

  return all.flatMap((one, place): readonly MissingLinks[] => {
    const schedule = servicingScheduleOf(requireDone(seen.schedules[place] ?? NEVER_ASKED));
    const { images, updates } = seen.linked[place] ?? NOTHING_SEEN;
    requireAsWritten(one, schedule, images, updates, order);
    if (order === 'as-console' && hasBegun(schedule))
      site.tell({ kind: 'taken-early', scheduleId: one.id, image: one.schedule.intended.image.packageId });
    const missing = one.schedule.intended.updates.filter((update) => !updates.has(update));
    return images.length > 0 && missing.length === 0
      ? []
      : [{ ...one, image: images.length === 0, updates: missing }];
  });
}

const NEVER_ASKED = { state: 'not-attempted', refusal: undefined } as const;
const NOTHING_SEEN: SeenSchedule = { images: [], updates: new Set() };

function nameOf({ schedule }: NumberedSchedule): string {
  return schedule.intended.name;
}

/** A create that went out twice without anybody knowing shows here: its second draft is removed after the start. */
function noteStrays(all: NumberedSchedules, found: readonly ServicingSchedule[]): void {
  for (const { id, schedule } of all) {
    const isDouble = found.some(
      ({ name, scheduleId }) => name === schedule.intended.name && scheduleId !== id,
    );
    if (isDouble) schedule.mayHaveUnknown = true;
  }
}

function requireAsWritten(
  { id, schedule: { intended } }: NumberedSchedule,
  seen: ServicingSchedule,
  images: readonly PackageId[],
  updates: ReadonlySet<CiId>,
  order: WriteOrder,
): void {
  const written = draftProperties(intended);
  // A schedule that is marked to run may be taken at any moment, and what becomes of its mark then is not known.
  const isOfItsKind = order === 'as-console' || isDraft(seen);
  const isAsWritten =
    isOfItsKind &&
    seen.name === written.name &&
    seen.updateDistributionPoints === written.updateDistributionPoints &&
    seen.continueOnError === written.continueOnError;
  const wanted = new Set<CiId>(intended.updates);
  const strange = [...updates].filter((update) => !wanted.has(update));
  if (isAsWritten && strange.length === 0 && images.every((image) => image === intended.image.packageId))
    return;
  throw new DiagnosedError({
    code: 'OS210',
    what:
      `Schedule ${id} was read back and is not what was written: Action ${seen.action}, Schedule ${seen.token}, UpdateDP ${seen.updateDistributionPoints}, ContinueOnError ${seen.continueOnError}, ${images.length} images, ${strange.length} updates that are not ours; ` +
      `written were Action ${written.action}, Schedule ${written.token}, UpdateDP ${written.updateDistributionPoints}, ContinueOnError ${written.continueOnError}.`,
    cause:
      'Somebody changed it meanwhile, or the site stores such a schedule in another way than is documented.',
    next: `Look at schedule ${id} in SMS_ImageServicingSchedule; report it with the version of the site.`,
  });
}

function describeMissing({ id, image, updates }: MissingLinks): Diagnosis {
  const what = [...(image ? ['its image'] : []), ...updates.map((update) => `CI_ID ${update}`)];
  const listed = what.slice(0, 10).join(', ') + (what.length > 10 ? ` and ${what.length - 10} more` : '');
  return {
    code: 'OS210',
    what: `Schedule ${id} was read back and lacks ${listed}, though the site accepted the links.`,
    cause: 'The account may not see what it wrote, or somebody changed the schedule meanwhile.',
    next: 'Check the rights of the account on operating system images and software updates.',
  };
}
