import type { Properties } from './class-definitions.js';
import { isoSeconds } from './clock.js';
import { imageLife } from './image-life.js';
import { publishResults } from './result-rows.js';
import { wasCancelled, type RunInProgress } from './run-in-progress.js';
import { findImage } from './serviced-image.js';
import { SCHEDULE_STATE } from './servicing-enumerations.js';
import { logImage, logProcessingStarted, logScheduleCompleted } from './servicing-log-lines.js';
import type { Life, ServicingWork } from './servicing-work.js';
import { imageClass } from './site-objects.js';
import { raiseStatusMessage, STATUS_MESSAGE } from './status-messages.js';

/** The life of a schedule that the component has taken: its images, one after the other, then its state. */
export function* scheduleLife(work: ServicingWork, taken: RunInProgress): Life {
  const { state, clock, log, servicing } = work;
  const { scheduleId, imagePackageIds, why } = taken.run;
  const { component } = servicing;
  if (component.startDelay > 0) yield clock.now() + component.startDelay;
  if (wasCancelled(taken)) return;
  taken.isRunning = true;
  setState(work, scheduleId, {
    State: SCHEDULE_STATE.running,
    LastRunDateTime: isoSeconds(clock.now()),
    ...(component.resetsAction ? { Action: 0 } : {}),
  });
  logProcessingStarted(log, state.site, { thread: taken.thread, scheduleId, why });
  raiseStatusMessage(work, taken.thread, STATUS_MESSAGE.servicingStarted, [String(scheduleId)]);
  for (const packageId of imagePackageIds) logImageInfo(work, taken, packageId);
  log.recorded(taken.thread, 'Initialization of schedule processing succeeded');

  const endWith = (value: number): void => {
    logScheduleCompleted(log, taken.thread, value === SCHEDULE_STATE.succeeded);
    setState(work, scheduleId, { State: value });
  };
  let wentWell = true;
  for (const [at, packageId] of imagePackageIds.entries()) {
    const end = yield* imageLife(work, taken, packageId);
    wentWell &&= end.kind === 'succeeded';
    const isLast = at === imagePackageIds.length - 1;
    const stopsHere = end.kind === 'cancelled' || (wasCancelled(taken) && !isLast);
    const succeeds = wentWell ? SCHEDULE_STATE.succeeded : SCHEDULE_STATE.failed;
    const lastState = stopsHere ? component.stateAfterCancel : succeeds;
    const endSchedule = (): void => {
      endWith(lastState);
    };
    yield* publishResults(work, taken, end, isLast || stopsHere ? endSchedule : undefined);
    if (stopsHere) return;
  }
  if (imagePackageIds.length === 0) endWith(SCHEDULE_STATE.succeeded);
}

function logImageInfo(
  { state, description, log }: ServicingWork,
  { thread }: RunInProgress,
  packageId: string,
): void {
  const image = findImage(state, description, packageId);
  if (image === undefined) return;
  const { PkgSourcePath: path } = image.properties;
  const sourcePath = typeof path === 'string' ? path : '';
  const isUpgradePackage = image.className === imageClass('upgrade-package');
  logImage(log, thread, { packageId, sourcePath, isUpgradePackage });
}

function setState({ state }: ServicingWork, scheduleId: number, changes: Properties): void {
  state.change('SMS_ImageServicingSchedule', { ScheduleID: scheduleId }, changes);
}
