import { DiagnosedError, type Diagnosis } from '../diagnosis/diagnosis.js';
import type { Instance } from '../provider/instance.js';
import type { Outcome, Refusal } from '../provider/port.js';
import type { ScheduleId } from '../site/identifiers.js';
import type { ImagePackage } from '../site/image-package.js';
import {
  describeImagePackage,
  isAccepted,
  returnValueText,
  runOfflineServicingManager,
} from '../site/offline-servicing-manager.js';
import { onceAt, type IntervalString } from '../site/schedule-token.js';
import { readSchedule, servicingScheduleOf, updateSchedule } from '../site/servicing-schedule.js';
import { MOST_ATTEMPTS, startProperties, type IntendedSchedule } from './schedule-draft.js';
import { attempt, CANCELLED, diagnosisOf, readAll, requireDone, type SiteAccess } from './site-access.js';

/**
 * Gives a whole schedule its real action and token in one update, then wakes the site's component.
 * Throws when the site refuses either, or when an answer stays lost.
 */
export async function startSchedule(
  site: SiteAccess,
  intended: IntendedSchedule,
  id: ScheduleId,
  image: ImagePackage,
  siteServer: string,
): Promise<void> {
  const token = onceAt(site.clock.now());
  const update = updateSchedule(id, startProperties(intended, token));
  const wake = runOfflineServicingManager(image, siteServer);
  let isStarted = false;
  for (let tried = 1; ; tried++) {
    const outcomes: readonly [Outcome<undefined>, Outcome<Instance>] = isStarted
      ? [ALREADY_STARTED, ...(await attempt(site, [wake], 'in-order'))]
      : await attempt(site, [update, wake], 'in-order');
    const [updated, woken] = outcomes;
    if (updated.state === 'refused') requireDone(updated);
    if (woken.state === 'done') {
      requireSuccess(woken.result, siteServer);
      return;
    }
    if (woken.state === 'refused')
      throw new DiagnosedError(await explainRefusedWake(site, diagnosisOf(woken.refusal)));
    if (site.cancelled.aborted) throw new DiagnosedError(CANCELLED);
    if (tried === MOST_ATTEMPTS)
      throw new DiagnosedError(diagnosisOf(refusalIn(updated) ?? refusalIn(woken)));
    // Calling the method twice only wakes the component twice. The update must not be sent to a schedule that has
    // begun to run, so it is looked at first.
    isStarted ||= updated.state === 'done' || (await hasStarted(site, id, token));
  }
}

const ALREADY_STARTED: Outcome<undefined> = { state: 'done', result: undefined };

function refusalIn(outcome: Outcome<unknown>): Refusal | undefined {
  return outcome.state === 'done' ? undefined : outcome.refusal;
}

async function hasStarted(site: SiteAccess, id: ScheduleId, token: IntervalString): Promise<boolean> {
  const [instance] = await readAll(site, [readSchedule(id)]);
  return servicingScheduleOf(instance).token.toUpperCase() === token;
}

function requireSuccess(answer: Instance, siteServer: string): void {
  if (isAccepted(answer)) return;
  throw new DiagnosedError({
    code: 'OS305',
    what: `RunOfflineServicingManager on ${siteServer} returned ${returnValueText(answer)}.`,
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
    cause:
      'This site does not expose SMS_ImagePackage.RunOfflineServicingManager through its administration service.',
    next: 'Run the step where it can reach the SMS Provider over WMI, or schedule this image in the console.',
  };
}
