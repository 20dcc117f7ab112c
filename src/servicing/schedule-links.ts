import { DiagnosedError, type Diagnosis } from '../diagnosis/diagnosis.js';
import type { CiId, ScheduleId } from '../site/identifiers.js';
import {
  linkedImageOf,
  linkedUpdateOf,
  linkImage,
  linkUpdate,
  listLinkedImages,
  listLinkedUpdates,
  readSchedule,
  servicingScheduleOf,
} from '../site/servicing-schedule.js';
import { lookUntil } from './look-until.js';
import { draftProperties, MOST_ATTEMPTS, type IntendedSchedule } from './schedule-draft.js';
import { attempt, diagnosisOf, requireDone, stopIfCancelled, type SiteAccess } from './site-access.js';

/**
 * Links the image and the updates to a draft, and reads it all back. Links whose answer was lost are looked up
 * before they are sent again. Throws when the site refuses one, or holds something else than was written.
 */
export async function linkEverything(
  site: SiteAccess,
  intended: IntendedSchedule,
  id: ScheduleId,
): Promise<void> {
  let missing: Links = { image: true, updates: intended.updates };
  for (let tried = 1; ; tried++) {
    const batch = [
      ...(missing.image ? [linkImage(id, intended.image)] : []),
      ...missing.updates.map((update) => linkUpdate(id, update)),
    ];
    const outcomes = await attempt(site, batch);
    const refused = outcomes.find(({ state }) => state === 'refused');
    if (refused !== undefined) requireDone(refused);
    if (tried === 1) site.tell({ kind: 'links-written', scheduleId: id, updates: intended.updates.length });
    const lost = outcomes.find(({ state }) => state !== 'done');
    stopIfCancelled(site);

    missing = await compare(site, intended, id);
    if (!missing.image && missing.updates.length === 0) return;
    if (tried === MOST_ATTEMPTS) {
      const diagnosis = lost !== undefined && lost.state !== 'done' ? diagnosisOf(lost.refusal) : undefined;
      throw new DiagnosedError(diagnosis ?? missingLinks(id, missing));
    }
  }
}

interface Links {
  readonly image: boolean;
  readonly updates: readonly CiId[];
}

/** Reads the draft back; returns the links that it lacks, and throws where it holds anything else than was written. */
async function compare(site: SiteAccess, intended: IntendedSchedule, id: ScheduleId): Promise<Links> {
  const { longestInvisibleMilliseconds } = site.patience;
  const { read, images, updates } = await lookUntil(
    site,
    `the ${intended.updates.length} linked updates`,
    longestInvisibleMilliseconds,
    async () => {
      const [read, imageRows, updateRows] = await attempt(site, [
        readSchedule(id),
        listLinkedImages(id),
        listLinkedUpdates(id, intended.updates.length),
      ]);
      const images = requireDone(imageRows).map(linkedImageOf);
      const updates = new Set(requireDone(updateRows).map(linkedUpdateOf));
      const areAllThere = images.length >= 1 && updates.size >= intended.updates.length;
      return { value: { read, images, updates }, isEnough: areAllThere && read.state === 'done' };
    },
  );

  const schedule = servicingScheduleOf(requireDone(read));
  const written = draftProperties(intended);
  const isAsWritten =
    schedule.name === written.name &&
    schedule.action === written.action &&
    schedule.token.toUpperCase() === written.token &&
    schedule.updateDistributionPoints === written.updateDistributionPoints;
  const wanted = new Set(intended.updates);
  const strange = [...updates].filter((update) => !wanted.has(update));
  if (!isAsWritten || strange.length > 0 || images.some((image) => image !== intended.image)) {
    throw new DiagnosedError({
      code: 'OS210',
      what: `Schedule ${id} was read back and is not what was written: Action ${schedule.action}, Schedule ${schedule.token}, UpdateDP ${schedule.updateDistributionPoints}, ${images.length} images, ${strange.length} updates that are not ours; written were Action ${written.action}, Schedule ${written.token}, UpdateDP ${written.updateDistributionPoints}.`,
      cause:
        'Somebody changed it meanwhile, or the site stores such a schedule in another way than is documented.',
      next: `Look at schedule ${id} in SMS_ImageServicingSchedule; report it with the version of the site.`,
    });
  }
  return { image: images.length === 0, updates: intended.updates.filter((update) => !updates.has(update)) };
}

function missingLinks(id: ScheduleId, missing: Links): Diagnosis {
  const what = [
    ...(missing.image ? ['its image'] : []),
    ...missing.updates.map((update) => `CI_ID ${update}`),
  ];
  const listed = what.slice(0, 10).join(', ') + (what.length > 10 ? ` and ${what.length - 10} more` : '');
  return {
    code: 'OS210',
    what: `Schedule ${id} was read back and lacks ${listed}, though the site accepted the links.`,
    cause: 'The account may not see what it wrote, or somebody changed the schedule meanwhile.',
    next: 'Check the rights of the account on operating system images and software updates.',
  };
}
