import type { Properties } from './class-definitions.js';
import { isoSeconds } from './clock.js';
import type { RunInProgress } from './run-in-progress.js';
import { PROGRESS_STATUS } from './servicing-enumerations.js';
import { imageBehaviour, type ImageBehaviour } from './servicing-description.js';
import { logUnmountFailed, logUnmounting, logUpdate, SERVICING_FOLDER } from './servicing-log-lines.js';
import { win32Error } from './error-numbers.js';
import { findImage, type FoundImage } from './serviced-image.js';
import type { ServicingWork } from './servicing-work.js';
import { uniqueId } from './update-groups.js';
import type { ServicingPhase } from './site-state.js';
import { raiseStatusMessage, STATUS_MESSAGE } from './status-messages.js';
import {
  CONTENT_MISSING,
  installedIn,
  judgeUpdate,
  isFailure,
  UPDATE_STATUS,
  type Judge,
  type SeenUpdate,
} from './update-outcomes.js';
import { recordUpdate } from './update-rows.js';

interface ImageEndBase {
  readonly packageId: string;
  /** When the component began with the image. */
  readonly runDate: string;
  readonly seen: readonly SeenUpdate[];
}

export type ImageEnd = ImageEndBase &
  (
    | { readonly kind: 'succeeded'; readonly image: FoundImage; readonly failedUpdateId: number }
    | {
        readonly kind: 'failed';
        /** The update that stopped it; 0 where it was none. */
        readonly failedUpdateId: number;
        readonly errorCode: number;
      }
    | { readonly kind: 'cancelled' }
  );

/** The parts of an image's time: all indexes are mounted, serviced and unmounted, and then the file is copied. */
const PARTS = { mount: 0.15, apply: 0.55, unmount: 0.15, copy: 0.15, discard: 0.05 } as const;

/** E_NOTIMPL, signed as SInt32 shows it. */
const NOT_POSSIBLE = 0x80004001 | 0;

type Stopped =
  | { readonly kind: 'failed'; readonly failedUpdateId: number; readonly errorCode: number }
  | { readonly kind: 'cancelled' };

const failed = (errorCode: number, failedUpdateId = 0): Stopped => ({
  kind: 'failed',
  failedUpdateId,
  errorCode: errorCode | 0,
});

/** One image from its mounting to the file on its share; nothing of its results is visible yet. */
export function* imageLife(
  work: ServicingWork,
  taken: RunInProgress,
  packageId: string,
): Generator<number, ImageEnd> {
  const servicing = new ImageInProgress(work, taken, packageId);
  const stopped = yield* servicing.go();
  const { runDate, seen, image } = servicing;
  if (stopped !== undefined) return { packageId, runDate, seen, ...stopped };
  if (image === undefined) throw new TypeError('An image that does not exist cannot be serviced to its end.');
  return { packageId, runDate, seen, kind: 'succeeded', image, failedUpdateId: servicing.firstFailed };
}

/** What the steps of an image share. */
class ImageInProgress {
  readonly image: FoundImage | undefined;
  readonly runDate: string;
  readonly seen: SeenUpdate[] = [];
  firstFailed = 0;
  readonly #work: ServicingWork;
  readonly #taken: RunInProgress;
  readonly #behaviour: ImageBehaviour;
  readonly #packageId: string;
  readonly #total: number;
  readonly #judge: Judge;
  /** When the step that is going on ends. */
  #until: number;
  #applied = 0;

  constructor(work: ServicingWork, taken: RunInProgress, packageId: string) {
    const { state, description, servicing, clock } = work;
    this.#work = work;
    this.#taken = taken;
    this.#packageId = packageId;
    this.#behaviour = imageBehaviour(servicing, packageId);
    this.#total = this.#behaviour.servicingTime ?? work.servicingMilliseconds;
    this.#until = clock.now();
    this.runDate = isoSeconds(clock.now());
    this.image = findImage(state, description, packageId);
    this.#judge = {
      state,
      packageId,
      behaviours: servicing.updates,
      servicingErrors: new Map(
        description.updates
          .filter(({ servicingError }) => servicingError !== 0)
          .map(({ ciId, servicingError }) => [ciId, servicingError]),
      ),
      installed: installedIn(state, packageId),
    };
  }

  *go(): Generator<number, Stopped | undefined> {
    const { state, log } = this.#work;
    state.put('SMS_ImageServicingProgress', {
      ScheduleID: this.#taken.run.scheduleId,
      ImagePackageID: this.#packageId,
      RunDateTime: this.runDate,
      FailedUpdateID: 0,
      Status: PROGRESS_STATUS.running,
      Win32ErrorCode: 0,
    });
    const { image } = this;
    if (image === undefined) {
      yield* this.#step('mounting', PARTS.mount);
      return failed(CONTENT_MISSING);
    }
    for (const index of image.indexes) {
      const stopped = yield* this.#serviceIndex(image, index);
      if (stopped !== undefined) return stopped;
    }
    log.madeUp(
      this.#taken.thread,
      `Copying the serviced image to '${textOf(image.properties, 'PkgSourcePath')}'`,
    );
    // From here on a cancellation comes too late.
    yield* this.#step('copying', PARTS.copy);
    return this.#behaviour.copyError === 0 ? undefined : failed(this.#behaviour.copyError);
  }

  *#serviceIndex(image: FoundImage, index: number): Generator<number, Stopped | undefined> {
    const { log } = this.#work;
    const { thread } = this.#taken;
    const share = 1 / image.indexes.length;
    log.madeUp(thread, `Mounting index ${index} of image package ${this.#packageId}`);
    yield* this.#step('mounting', PARTS.mount * share, index);
    if (this.#behaviour.mountError !== 0) {
      log.madeUp(thread, `Mount of the image failed with error ${win32Error(this.#behaviour.mountError)}`);
      return failed(this.#behaviour.mountError);
    }
    const stopped = this.#cancelled() ?? (yield* this.#applyUpdates(index, PARTS.apply * share));
    if (stopped !== undefined) {
      logUnmounting(log, thread, false);
      yield* this.#step('discarding', PARTS.discard, index);
      return stopped;
    }
    const cleanupError = this.#cleanupError(image);
    logUnmounting(log, thread, true);
    yield* this.#step('unmounting', PARTS.unmount * share, index);
    if (cleanupError !== 0) return failed(cleanupError);
    return this.#behaviour.unmountError === 0 ? this.#cancelled() : this.#unmountFailed(index);
  }

  *#applyUpdates(index: number, part: number): Generator<number, Stopped | undefined> {
    const { updateIds } = this.#taken.run;
    if (updateIds.length === 0) yield* this.#step('applying', part, index);
    for (const ciId of updateIds) {
      yield* this.#step('applying', part / updateIds.length, index, ciId);
      const stopped = this.#cancelled() ?? this.#apply(index, ciId) ?? this.#stopsByItself();
      if (stopped !== undefined) return stopped;
    }
    return undefined;
  }

  #apply(index: number, ciId: number): Stopped | undefined {
    const seen = judgeUpdate(this.#judge, ciId, index);
    this.#applied += 1;
    this.seen.push(seen);
    this.#logUpdate(seen);
    if (this.#work.servicing.component.updateRows === 'as-applied') {
      recordUpdate(this.#work, this.#packageId, seen);
    }
    if (!isFailure(seen)) return undefined;
    this.firstFailed ||= ciId;
    return this.#schedule()?.['ContinueOnError'] === true ? undefined : failed(seen.errorCode, ciId);
  }

  #stopsByItself(): Stopped | undefined {
    const { stopsAfter } = this.#behaviour;
    return stopsAfter === null || this.#applied < stopsAfter.updates ? undefined : failed(stopsAfter.code);
  }

  #cancelled(): Stopped | undefined {
    if (!this.#taken.isCancelled) return undefined;
    this.#work.log.madeUp(this.#taken.thread, 'The processing is cancelled by the administrator');
    return { kind: 'cancelled' };
  }

  #unmountFailed(index: number): Stopped {
    const code = this.#behaviour.unmountError;
    const folder = `${SERVICING_FOLDER}\\${this.#packageId}\\ImageMountDir`;
    const strings = [this.#packageId, String(index), folder, String(win32Error(code))];
    logUnmountFailed(this.#work.log, this.#taken.thread, code);
    raiseStatusMessage(this.#work, this.#taken.thread, STATUS_MESSAGE.unmountFailed, strings);
    return failed(code);
  }

  /**
   * The console does not offer the removal for an image of several indexes. What the component does with such a
   * schedule all the same is not known; a client that writes one must fail here.
   */
  #cleanupError(image: FoundImage): number {
    const schedule = this.#schedule();
    if (schedule === undefined || !asksForCleanup(this.#work, schedule)) return 0;
    return image.indexes.length > 1 ? NOT_POSSIBLE : image.cleanupError | 0;
  }

  #schedule(): Properties | undefined {
    const { scheduleId } = this.#taken.run;
    return this.#work.state.object('SMS_ImageServicingSchedule', { ScheduleID: scheduleId });
  }

  *#step(phase: ServicingPhase, part: number, index = 0, ciId = 0): Generator<number, void> {
    const { clock, state } = this.#work;
    const { scheduleId } = this.#taken.run;
    const packageId = this.#packageId;
    state.servicingSteps.push({ at: clock.now(), scheduleId, packageId, phase, index, ciId });
    this.#until += part * this.#total;
    yield this.#until;
  }

  #logUpdate({ ciId, status, errorCode }: SeenUpdate): void {
    const update = this.#work.state.object('SMS_SoftwareUpdate', { CI_ID: ciId });
    const name = `Windows10.0-KB${textOf(update ?? {}, 'ArticleID')}-x64.cab`;
    // The folder is the content's unique ID, which is not that of the update.
    const file = `${SERVICING_FOLDER}\\${uniqueId(ciId + 1)}\\${name}`;
    logUpdate(this.#work.log, this.#taken.thread, { ciId, file, code: errorCode, outcome: wordFor() });

    function wordFor(): Parameters<typeof logUpdate>[2]['outcome'] {
      if (status === UPDATE_STATUS.checkNotSupported)
        return errorCode === 0 ? 'not-supported' : 'check-not-supported';
      if (errorCode !== 0) return 'failed';
      return status === UPDATE_STATUS.notRequired ? 'not-required' : 'applied';
    }
  }
}

const textOf = (properties: Properties, name: string): string => {
  const value = properties[name];
  return typeof value === 'string' ? value : '';
};

/** Only booleans that look like it can be meant: docs/configmgr.md, "The objects of one servicing run". */
const asksForCleanup = ({ state }: ServicingWork, schedule: Properties): boolean =>
  (state.classNamed('SMS_ImageServicingSchedule')?.properties ?? []).some(
    ({ name, type }) =>
      type === 'Boolean' && /supersed|cleanup|resetbase/iu.test(name) && schedule[name] === true,
  );
