import { DiagnosedError } from '../diagnosis/diagnosis.js';
import type { ScheduleId } from '../site/identifiers.js';
import type { ImagePackage } from '../site/image-package.js';
import { createSchedule, newScheduleId } from '../site/servicing-schedule.js';
import { lookForDraft, removeStrayDrafts } from './marked-drafts.js';
import { draftProperties, MOST_ATTEMPTS, type IntendedSchedule, type WriteLedger } from './schedule-draft.js';
import { linkEverything } from './schedule-links.js';
import { attempt, diagnosisOf, requireDone, stopIfCancelled, type SiteAccess } from './site-access.js';
import { startSchedule } from './start-schedule.js';

/**
 * Writes one schedule in waves: the draft, its links, a comparison, the start. A process that is killed anywhere in
 * between leaves a draft, which never runs, or a whole schedule. Notes in the ledger what it sends before it sends
 * it. Throws a diagnosis when the site refuses for good; undoing is the caller's.
 */
export async function writeSchedule(
  site: SiteAccess,
  intended: IntendedSchedule,
  image: ImagePackage,
  siteServer: string,
  ledger: WriteLedger,
): Promise<ScheduleId> {
  const id = await writeDraft(site, intended, ledger);
  ledger.scheduleId = id;
  site.tell({ kind: 'draft-written', scheduleId: id, name: intended.name });
  stopIfCancelled(site);

  ledger.linksSent = true;
  await linkEverything(site, intended, id);
  site.tell({ kind: 'read-back', scheduleId: id, updates: intended.updates.length });
  stopIfCancelled(site);

  ledger.startSent = true;
  await startSchedule(site, intended, id, image, siteServer);
  site.tell({ kind: 'started', scheduleId: id, siteServer });
  if (ledger.mayHaveUnknownDraft) await removeStrayDrafts(site, id, intended.name);
  return id;
}

async function writeDraft(
  site: SiteAccess,
  intended: IntendedSchedule,
  ledger: WriteLedger,
): Promise<ScheduleId> {
  for (let tried = 1; ; tried++) {
    const [created] = await attempt(site, [createSchedule(draftProperties(intended))]);
    if (created.state === 'refused' || created.state === 'not-attempted') requireDone(created);
    const id = created.state === 'done' ? newScheduleId(created.result) : undefined;
    if (id !== undefined) return id;

    ledger.mayHaveUnknownDraft = true;
    stopIfCancelled(site);
    const found = await lookForDraft(site, intended.name);
    if (found !== undefined) return found.scheduleId;
    if (tried === MOST_ATTEMPTS) {
      throw new DiagnosedError(
        created.state === 'unknown'
          ? diagnosisOf(created.refusal)
          : {
              code: 'OS210',
              what: `The site accepted a new schedule (name "${intended.name}") but tells no ScheduleID, and shows none of that name.`,
              cause: 'The account may create schedules but not see them.',
              next: 'Check the rights of the account on operating system images.',
            },
      );
    }
  }
}
