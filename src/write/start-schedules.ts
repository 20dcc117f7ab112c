import { DiagnosedError, type Diagnosis } from '../diagnosis/diagnosis.js';
import { inputSetTo } from '../diagnosis/input-mention.js';
import type { Outcome } from '../provider/port.js';
import type { ScheduleId } from '../site/identifiers.js';
import {
  describeImagePackage,
  runOfflineServicingManager,
  type ManagerResponse,
} from '../site/offline-servicing-manager.js';
import type { IntervalString } from '../site/schedule-token.js';
import { readSchedule, updateSchedule, type ScheduleProperties } from '../site/servicing-schedule.js';
import { lookUntil } from './look-until.js';
import {
  MOST_ATTEMPTS,
  startProperties,
  type NumberedSchedule,
  type NumberedSchedules,
} from './schedule-draft.js';
import type { WriteOrder } from '../plan/servicing-request.js';
import {
  attempt,
  CANCELLED,
  diagnosisOf,
  readAll,
  requireDone,
  type SiteAccess,
} from '../plan/site-access.js';

/** A schedule that is whole and has still to be started. */
interface Waiting {
  readonly one: NumberedSchedule;
  readonly properties: ScheduleProperties;
  /** Whether the site has its real action and token already. */
  readonly isMarked: boolean;
}

/**
 * Gives each whole schedule its real action and token in one update and wakes the site's component for it, one schedule
 * after the other, in one batch. Throws when the site refuses either, or when an answer stays lost.
 */
export async function startSchedules(
  site: SiteAccess,
  all: NumberedSchedules,
  order: WriteOrder,
): Promise<void> {
  const now = site.clock.now();
  let waiting: readonly Waiting[] = all.map((one) => ({
    one,
    properties: startProperties(one.schedule.intended, now),
    isMarked: order === 'as-console',
  }));
  for (const { schedule } of all) schedule.startSent = true;
  for (let tried = 1; ; tried++) {
    const left = await startInOrder(site, waiting);
    const [stuck] = left;
    if (stuck === undefined) return;
    if (site.cancelled.aborted) throw new DiagnosedError(CANCELLED);
    if (left.length < waiting.length) tried = 1;
    if (tried === MOST_ATTEMPTS)
      throw new DiagnosedError(diagnosisOf(refusalIn(stuck.updated) ?? refusalIn(stuck.woken)));
    const next: Waiting[] = [];
    for (const { one, properties, updated } of left) {
      // Calling the method twice only wakes the component twice. The update must not be sent to a schedule that has
      // begun to run, so it is looked at first.
      const isMarked =
        updated.state === 'done' ||
        (updated.state === 'unknown' && (await isMarkedAtSite(site, one.id, properties.token)));
      next.push({ one, properties, isMarked });
    }
    waiting = next;
  }
}

/** One that no answer tells to be started, and what became of it. */
interface NotStarted extends Waiting {
  readonly updated: Outcome<undefined>;
  readonly woken: Outcome<ManagerResponse>;
}

/**
 * Usually the first that is not done leaves those behind it not attempted. Where an answer is none of the site's, they
 * may have started all the same.
 */
async function startInOrder(site: SiteAccess, waiting: readonly Waiting[]): Promise<readonly NotStarted[]> {
  const steps = waiting.map(({ one: { id, schedule }, properties, isMarked }) => ({
    updates: isMarked ? [] : [updateSchedule(id, properties)],
    wake: runOfflineServicingManager(schedule.intended.image, schedule.intended.siteServer),
  }));
  const outcomes: readonly Outcome<unknown>[] = await attempt(
    site,
    steps.flatMap(({ updates, wake }) => [...updates, wake]),
    'in-order',
  );
  const left: NotStarted[] = [];
  let place = 0;
  for (const each of waiting) {
    // Each outcome was made for the operation at its place.
    const updated = each.isMarked
      ? ALREADY_MARKED
      : ((outcomes[place++] ?? NOT_ATTEMPTED) as Outcome<undefined>);
    const woken = (outcomes[place++] ?? NOT_ATTEMPTED) as Outcome<ManagerResponse>;
    if (updated.state === 'refused') requireDone(updated);
    if (woken.state === 'refused')
      throw new DiagnosedError(await explainRefusedWake(site, diagnosisOf(woken.diagnosis)));
    // Where an answer to the update was none of the site's, the component may have been woken for a draft.
    if (updated.state !== 'done' || woken.state !== 'done') {
      left.push({ ...each, updated, woken });
      continue;
    }
    const { siteServer, start } = each.one.schedule.intended;
    requireSuccess(woken.result, siteServer);
    const startsAt = start.kind === 'later' ? start.told : undefined;
    each.one.schedule.isStarted = true;
    site.tell({ kind: 'started', scheduleId: each.one.id, siteServer, startsAt });
  }
  return left;
}

const NOT_ATTEMPTED: Outcome<never> = { state: 'not-attempted', diagnosis: undefined };
const ALREADY_MARKED: Outcome<undefined> = { state: 'done', result: undefined };

function refusalIn(outcome: Outcome<unknown>): Diagnosis | undefined {
  return outcome.state === 'done' ? undefined : outcome.diagnosis;
}

/** An update that was given up may take effect late: sent again before, it would start the schedule a second time. */
async function isMarkedAtSite(site: SiteAccess, id: ScheduleId, token: IntervalString): Promise<boolean> {
  const { longestInvisibleMilliseconds: longest } = site.patience;
  return lookUntil(site, `whether schedule ${id} has started`, longest, async () => {
    const [schedule] = await readAll(site, [readSchedule(id)]);
    const isMarked = schedule.token.toUpperCase() === token;
    return { value: isMarked, isEnough: isMarked };
  });
}

function requireSuccess(response: ManagerResponse, siteServer: string): void {
  if (response.isAccepted) return;
  throw new DiagnosedError({
    code: 'OS305',
    what: `RunOfflineServicingManager on ${siteServer} returned ${response.returnValue}.`,
    cause:
      'The site did not accept the request to service the image. Its values are not documented; 0 is success.',
    next: 'Look into SMSProv.log on the SMS Provider for the call.',
  });
}

/** A refused method may simply not be exposed; `$metadata` of the site is the only list. */
async function explainRefusedWake(site: SiteAccess, refusal: Diagnosis): Promise<Diagnosis> {
  const [described] = await attempt(site, [describeImagePackage]);
  if (described.state !== 'done' || described.result === undefined) return refusal;
  const isExposed = described.result.methods.some(
    ({ name }) => name.toLowerCase() === 'runofflineservicingmanager',
  );
  if (isExposed) return refusal;
  return {
    ...refusal,
    cause: 'This site does not expose SMS_ImagePackage.RunOfflineServicingManager over this connection.',
    next: `The administration service may lack a method that WMI has: instead of ${inputSetTo('connection', 'admin-service')} use ${inputSetTo('connection', 'wmi')}. Where WMI lacks it too, schedule this image in the console.`,
  };
}
