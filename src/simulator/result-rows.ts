import { isoSeconds } from './clock.js';
import { startDistribution } from './distribution.js';
import type { ImageEnd } from './image-life.js';
import type { RunInProgress } from './run-in-progress.js';
import { PROGRESS_STATUS } from './servicing-enumerations.js';
import { imageBehaviour, type ResultRow } from './servicing-description.js';
import { logImageCompleted, logVersion } from './servicing-log-lines.js';
import type { Life, ServicingWork } from './servicing-work.js';
import { recordUpdate } from './update-rows.js';

/**
 * Makes the results of an image visible, in the order that the description has for them.
 * @param endSchedule sets the last state of the schedule; undefined where more images follow
 */
export function* publishResults(
  work: ServicingWork,
  taken: RunInProgress,
  end: ImageEnd,
  endSchedule: (() => void) | undefined,
): Life {
  const { clock, servicing } = work;
  const { rowOrder, rowGap } = servicing.component;
  for (const [at, row] of rowOrder.entries()) {
    if (at > 0 && rowGap > 0) yield clock.now() + rowGap;
    publish(work, taken, end, row, endSchedule);
  }
}

function publish(
  work: ServicingWork,
  taken: RunInProgress,
  end: ImageEnd,
  row: ResultRow,
  endSchedule: (() => void) | undefined,
): void {
  const { state, log, servicing } = work;
  const leavesRows = end.kind !== 'cancelled' || servicing.component.cancelWritesRows;
  switch (row) {
    case 'updates':
      publishUpdates(work, end);
      return;
    case 'version':
      riseVersion(work, taken, end);
      return;
    case 'progress':
      logImageCompleted(log, taken.thread, end.packageId, end.kind === 'succeeded');
      if (leavesRows) {
        state.put('SMS_ImageServicingProgress', {
          ...rowOf(taken, end),
          Win32ErrorCode: end.kind === 'failed' ? end.errorCode : 0,
        });
      }
      return;
    case 'history':
      log.recorded(taken.thread, `Updated history for image package ${end.packageId} in the database`);
      if (leavesRows) state.put('SMS_ImageUpdateHistory', rowOf(taken, end));
      return;
    case 'state':
      endSchedule?.();
      return;
  }
}

const rowOf = (
  { run }: RunInProgress,
  end: ImageEnd,
): Readonly<
  Record<'ScheduleID' | 'ImagePackageID' | 'RunDateTime' | 'FailedUpdateID' | 'Status', string | number>
> => ({
  ScheduleID: run.scheduleId,
  ImagePackageID: end.packageId,
  RunDateTime: end.runDate,
  FailedUpdateID: end.kind === 'cancelled' ? 0 : end.failedUpdateId,
  Status: end.kind === 'succeeded' ? PROGRESS_STATUS.success : PROGRESS_STATUS.failed,
});

/** Where an image is not serviced to its end, everything is thrown away: only the update that stopped it is told. */
function publishUpdates(work: ServicingWork, end: ImageEnd): void {
  const seen = end.seen.filter(
    ({ ciId }) => end.kind === 'succeeded' || (end.kind === 'failed' && ciId === end.failedUpdateId),
  );
  for (const one of seen) recordUpdate(work, end.packageId, one);
}

function riseVersion(work: ServicingWork, taken: RunInProgress, end: ImageEnd): void {
  if (end.kind !== 'succeeded') return;
  const { state, clock, log, servicing, after } = work;
  const { className, properties } = end.image;
  const { scheduleId } = taken.run;
  const schedule = state.object('SMS_ImageServicingSchedule', { ScheduleID: scheduleId });
  const isDistributed = schedule?.['UpdateDP'] === true;
  const { versionDelay } = imageBehaviour(servicing, end.packageId);
  const rise = (): void => {
    const before = state.object(className, properties)?.['SourceVersion'];
    const version = (typeof before === 'number' ? before : 0) + 1;
    state.change(className, properties, {
      SourceVersion: version,
      SourceDate: isoSeconds(clock.now()),
      LastRefreshTime: isoSeconds(clock.now()),
    });
    logVersion(log, taken.thread, end.packageId, version, clock.now());
    if (isDistributed) startDistribution(work, end.packageId, version);
  };
  if (versionDelay === 0) rise();
  else after(versionDelay, rise);
}
