import { mapNonEmpty, type NonEmpty } from '../collections/non-empty.js';
import { DiagnosedError, type Diagnosis } from '../diagnosis/diagnosis.js';
import type { Get, Outcome, Query, ResultOf } from '../provider/port.js';
import type { CiId, PackageId } from '../site/identifiers.js';
import {
  findSchedules,
  linkImage,
  linkUpdate,
  listLinkedImages,
  listLinkedUpdates,
  readWrittenSchedule,
  type LinkedImage,
  type LinkedUpdate,
  type ServicingSchedule,
  type WrittenSchedule,
  isDraft,
  hasBegun,
} from '../site/servicing-schedule.js';
import type { ReadsOfLastLook, SightOfOthers } from './last-look.js';
import { lookUntil } from './look-until.js';
import { schedulesOfThisRun } from './marked-schedules.js';
import {
  draftProperties,
  MOST_ATTEMPTS,
  type NumberedSchedule,
  type NumberedSchedules,
} from './schedule-draft.js';
import type { WriteOrder } from '../plan/servicing-request.js';
import {
  attemptParts,
  diagnosisOf,
  requireDone,
  resultIfShown,
  stopIfCancelled,
  type SiteAccess,
} from '../plan/site-access.js';

/**
 * Links images and updates to their schedules, and reads it all back. Links whose answer was lost are looked up before
 * they are sent again. Throws when the site refuses one, or holds something else than was written.
 * Returns what came to `alsoRead`, which stands in the batch that read the links back last.
 */
export async function linkEverything(
  site: SiteAccess,
  all: NumberedSchedules,
  order: WriteOrder,
  alsoRead: ReadsOfLastLook,
): Promise<SightOfOthers> {
  const reads = readBack(all, alsoRead);
  let missing: readonly MissingLinks[] = all.map((one) => ({
    ...one,
    image: true,
    updates: one.schedule.intended.updates,
  }));
  for (const { schedule } of all) schedule.linksSent = true;
  for (let tried = 1; ; tried++) {
    tellLinking(site, missing, tried);
    const { links, ...answers } = await attemptParts(site, {
      links: missing.flatMap(({ id, schedule, image, updates }) => [
        ...(image ? [linkImage(id, schedule.intended.image.packageId)] : []),
        ...updates.map((update) => linkUpdate(id, update)),
      ]),
      // Where the answers hold what was just written, they come in the same batch.
      ...(site.provider.readsOwnWrites ? reads : NO_READS),
    });
    const refused = links.find(({ state }) => state === 'refused');
    if (refused !== undefined) requireDone(refused);
    if (tried === 1) tellConfirmed(site, missing, links);
    const lost = links.find(({ state }) => state !== 'done');
    stopIfCancelled(site);

    const { seen, alsoSeen } = await lookAtLinks(site, all, reads, answers);
    missing = compare(site, all, seen, order);
    const [first] = missing;
    if (first === undefined) {
      for (const { schedule } of all) schedule.isWhole = true;
      return alsoSeen;
    }
    if (tried === MOST_ATTEMPTS) {
      const diagnosis = lost !== undefined && lost.state !== 'done' ? diagnosisOf(lost.diagnosis) : undefined;
      throw new DiagnosedError(diagnosis ?? describeMissing(first));
    }
  }
}

function tellLinking(site: SiteAccess, missing: readonly MissingLinks[], attempt: number): void {
  const updates = missing.reduce((sum, each) => sum + each.updates.length, 0);
  site.tell({ kind: 'linking', schedules: missing.length, updates, attempt });
}

/** Only what the site confirmed counts: a request that was given up may never have reached it. */
function tellConfirmed(
  site: SiteAccess,
  sent: readonly MissingLinks[],
  links: readonly Outcome<unknown>[],
): void {
  let place = 0;
  for (const { id, image, updates } of sent) {
    const isImageLinked = image && links[place++]?.state === 'done';
    const own = links.slice(place, place + updates.length);
    place += updates.length;
    const linked = own.filter(({ state }) => state === 'done').length;
    if (!isImageLinked && linked === 0) continue;
    site.tell({
      kind: 'links-written',
      scheduleId: id,
      isImageLinked,
      updates: linked,
      of: updates.length,
    });
  }
}

interface MissingLinks extends NumberedSchedule {
  readonly image: boolean;
  readonly updates: readonly CiId[];
}

/** The operations that tell what the site holds of the schedules. */
interface ReadBack {
  readonly schedules: readonly Get<WrittenSchedule>[];
  readonly images: readonly Query<LinkedImage>[];
  readonly updates: readonly Query<LinkedUpdate>[];
  readonly namesakes: readonly Query<ServicingSchedule>[];
  readonly linksOfImages: ReadsOfLastLook['linksOfImages'] | readonly [];
  readonly schedulesBefore: ReadsOfLastLook['schedulesBefore'];
}

const NO_READS: ReadBack = {
  schedules: [],
  images: [],
  updates: [],
  namesakes: [],
  linksOfImages: [],
  schedulesBefore: [],
};

function readBack(all: NumberedSchedules, alsoRead: ReadsOfLastLook): ReadBack {
  const ids = mapNonEmpty(all, ({ id }) => id);
  const most = Math.max(...all.map(({ schedule }) => schedule.intended.updates.length));
  return {
    schedules: all.map(({ id, schedule }) => readWrittenSchedule(id, schedule.intended.cleanupProperty)),
    images: [listLinkedImages(ids, 1)],
    updates: [listLinkedUpdates(ids, most)],
    namesakes: [findSchedules(namesOf(all))],
    ...alsoRead,
  };
}

type ReadBackAnswers = {
  readonly [Part in keyof ReadBack]: readonly Outcome<ResultOf<ReadBack[Part][number]>>[];
};

/** What the site shows of one schedule. */
interface SeenSchedule {
  readonly schedule: WrittenSchedule;
  readonly images: readonly PackageId[];
  readonly updates: ReadonlySet<CiId>;
}

/** Waits until all links show, or would have become visible by now, and returns what was seen last. */
async function lookAtLinks(
  site: SiteAccess,
  all: NumberedSchedules,
  reads: ReadBack,
  first: ReadBackAnswers,
): Promise<{
  readonly seen: readonly SeenSchedule[];
  readonly alsoSeen: SightOfOthers;
}> {
  const atOnce = areAllThere(all, first) ? first : undefined;
  const total = all.reduce((sum, { schedule }) => sum + schedule.intended.updates.length, 0);
  const answers =
    atOnce ??
    (await lookUntil(
      site,
      `the ${total} linked updates`,
      site.patience.longestInvisibleMilliseconds,
      async () => {
        const value = await attemptParts(site, { ...reads });
        return { value, isEnough: areAllThere(all, value) };
      },
    ));
  noteStrays(all, answers);
  const images = answers.images.flatMap(requireDone);
  const updates = answers.updates.flatMap(requireDone);
  const seen = all.map(({ id }, place) => ({
    schedule: requireDone(answers.schedules[place] ?? NEVER_ASKED),
    images: images.filter(({ scheduleId }) => scheduleId === id).map(({ packageId }) => packageId),
    updates: new Set(updates.filter(({ scheduleId }) => scheduleId === id).map(({ ciId }) => ciId)),
  }));
  return { seen, alsoSeen: answers };
}

/** By their number alone: what they are is compared afterwards. A read that failed has not shown anything. */
function areAllThere(all: NumberedSchedules, { schedules, images, updates }: ReadBackAnswers): boolean {
  // What cannot be read will not be readable at another look either.
  if ([...schedules, ...images, ...updates].some(({ state }) => state === 'unreadable')) return true;
  const count = (outcomes: readonly Outcome<readonly unknown[]>[]): number =>
    outcomes.reduce((sum, outcome) => sum + (outcome.state === 'done' ? outcome.result.length : 0), 0);
  const total = all.reduce((sum, { schedule }) => sum + schedule.intended.updates.length, 0);
  return (
    schedules.every(({ state }) => state === 'done') && count(images) >= all.length && count(updates) >= total
  );
}

/** Returns the links that are missing, and throws where a schedule is not as it was written. */
function compare(
  site: SiteAccess,
  all: NumberedSchedules,
  seen: readonly SeenSchedule[],
  order: WriteOrder,
): readonly MissingLinks[] {
  return all.flatMap((one, place): readonly MissingLinks[] => {
    const own = seen[place];
    if (own === undefined) throw new TypeError('A schedule that was not looked at.');
    requireAsWritten(one, own, order);
    if (order === 'as-console' && hasBegun(own.schedule))
      site.tell({ kind: 'taken-early', scheduleId: one.id, image: one.schedule.intended.image.packageId });
    const updates = one.schedule.intended.updates.filter((update) => !own.updates.has(update));
    const image = own.images.length === 0;
    return image || updates.length > 0 ? [{ ...one, image, updates }] : [];
  });
}

const NEVER_ASKED = { state: 'not-attempted', diagnosis: undefined } as const;

function namesOf(all: NumberedSchedules): NonEmpty<string> {
  return mapNonEmpty(all, ({ schedule }) => schedule.intended.name);
}

/** A create that went out twice without anybody knowing shows here: its second draft is removed after the start. */
function noteStrays(all: NumberedSchedules, { namesakes }: ReadBackAnswers): void {
  const shown = namesakes.flatMap((outcome) => resultIfShown(outcome) ?? []);
  const found = schedulesOfThisRun(shown, namesOf(all));
  for (const { id, schedule } of all) {
    const isDouble = found.some(
      ({ name, scheduleId }) => name === schedule.intended.name && scheduleId !== id,
    );
    if (isDouble) schedule.mayHaveUnknown = true;
  }
}

function requireAsWritten(
  { id, schedule: { intended } }: NumberedSchedule,
  { schedule: seen, images, updates }: SeenSchedule,
  order: WriteOrder,
): void {
  const written = draftProperties(intended);
  // A schedule that is marked to run may be taken at any moment, and what becomes of its mark then is not known.
  const isOfItsKind = order === 'as-console' || isDraft(seen);
  const isAsWritten =
    isOfItsKind &&
    seen.isCleanupKept &&
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
      `written were Action ${written.action}, Schedule ${written.token}, UpdateDP ${written.updateDistributionPoints}, ContinueOnError ${written.continueOnError}${seen.isCleanupKept ? '' : `, and ${written.cleanupProperty ?? ''} true, which the site did not keep`}.`,
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
