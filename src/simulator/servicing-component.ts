import type { Properties } from './class-definitions.js';
import type { SimulatorClock } from './clock.js';
import type { RunInProgress } from './run-in-progress.js';
import { scheduleLife } from './schedule-life.js';
import { readScheduleString } from './schedule-token.js';
import { ORDINARY_SERVICING } from './servicing-description.js';
import { ACTION, SCHEDULE_STATE } from './servicing-enumerations.js';
import { COMPONENT_THREAD, FIRST_PROCESSING_THREAD, logLook } from './servicing-log-lines.js';
import type { ServicingLog } from './servicing-log.js';
import { live, type ServicingWork } from './servicing-work.js';
import { nextBySiteClock } from './site-clock.js';
import type { SiteDescription } from './site-description.js';
import type { ServicingRun, SiteState } from './site-state.js';

const SCHEDULE = 'SMS_ImageServicingSchedule';

export type ComponentMode = 'between-writes' | 'when-woken' | 'off';

export interface ComponentOptions {
  readonly state: SiteState;
  readonly description: SiteDescription;
  readonly clock: SimulatorClock;
  readonly log: ServicingLog;
  readonly mode: ComponentMode;
  readonly servicingMilliseconds: number;
}

/**
 * The site's SMS_OFFLINE_SERVICING_MANAGER. Whatever wakes it, it looks at *all* schedules and takes those that are
 * marked to run at once and those that are due, with the links that they have at that moment. It services one
 * schedule after the other.
 */
export class ServicingComponent {
  readonly #options: ComponentOptions;
  readonly #work: ServicingWork;
  /** Schedules that a write marked since the component took them last. */
  readonly #written = new Map<number, { readonly at: number; readonly action: number }>();
  readonly #lastTaken = new Map<number, number>();
  readonly #queue: RunInProgress[] = [];
  readonly #timers = new Set<{ cancel(): void }>();
  #nextLook: { cancel(): void } | undefined;
  #stopped = false;

  constructor(options: ComponentOptions) {
    this.#options = options;
    this.#work = {
      ...options,
      servicing: options.description.servicing ?? ORDINARY_SERVICING,
      after: (milliseconds, act) => this.#after(milliseconds, act),
    };
    options.log.recorded(
      COMPONENT_THREAD,
      `SMS_EXECUTIVE started SMS_OFFLINE_SERVICING_MANAGER as thread ID ${COMPONENT_THREAD} (0xF0C).`,
    );
    for (const schedule of options.state.objects(SCHEDULE)) {
      const waits =
        schedule['State'] === SCHEDULE_STATE.none || schedule['State'] === SCHEDULE_STATE.scheduled;
      if (waits) {
        this.scheduleWritten(numberOf(schedule, 'ScheduleID'), numberOf(schedule, 'Action'));
      } else if (schedule['State'] !== SCHEDULE_STATE.running) {
        // One that has run has used up its mark, and runs again only when its token comes again.
        this.scheduleWritten(numberOf(schedule, 'ScheduleID'), ACTION.none);
        this.#lastTaken.set(numberOf(schedule, 'ScheduleID'), options.clock.now());
      }
    }
  }

  /** A write put this action into the schedule; an action that was written once is taken once. */
  scheduleWritten(scheduleId: number, action: number): void {
    if (action === ACTION.cancel && this.#work.servicing.component.ignoresCancel) return;
    this.#written.set(scheduleId, { at: this.#options.clock.now(), action });
  }

  scheduleDeleted(scheduleId: number): void {
    if (this.#queue.some((taken) => taken.run.scheduleId === scheduleId)) {
      this.#options.state.deletedWhileRunning.push(scheduleId);
    }
  }

  /** Before and after each write: a component that looks at the worst moment sees a half-written schedule. */
  betweenWrites(): void {
    if (this.#options.mode === 'between-writes') {
      this.#look();
    }
  }

  /** What RunOfflineServicingManager does. */
  wake(): void {
    if (this.#options.mode !== 'off') {
      this.#look();
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) {
      timer.cancel();
    }
  }

  #after(milliseconds: number, act: () => void): { cancel(): void } {
    const timer = this.#options.clock.after(milliseconds, () => {
      this.#timers.delete(timer);
      act();
    });
    this.#timers.add(timer);
    return timer;
  }

  #look(): void {
    const { state, clock } = this.#options;
    const { neverStarts } = this.#work.servicing.component;
    if (neverStarts === 'asleep') return;
    const now = clock.now();
    const alreadyTaken = this.#queue.length;
    let nextLook: number | undefined;
    for (const schedule of state.objects(SCHEDULE)) {
      const scheduleId = numberOf(schedule, 'ScheduleID');
      const written = this.#written.get(scheduleId);
      if (written === undefined) {
        continue;
      }
      if (written.action === ACTION.cancel) {
        this.#cancel(scheduleId);
        continue;
      }
      if (neverStarts === 'looks-only') {
        this.#showWaiting(schedule, written.at);
        continue;
      }
      const markedOrDue =
        written.action === ACTION.runNow || (this.#dueAt(schedule, written.at) ?? Infinity) <= now;
      if (markedOrDue) {
        this.#take(scheduleId, written.action === ACTION.runNow ? 'run-now' : 'due');
      }
      // What was taken may recur, and what was marked may be due later as well.
      const due = this.#dueAt(schedule, written.at);
      nextLook = due === undefined ? nextLook : Math.min(nextLook ?? due, due);
      if (due !== undefined && !markedOrDue) this.#showWaiting(schedule, written.at);
    }
    this.#lookAgain(nextLook);
    this.#logTaken(this.#queue.slice(alreadyTaken));
    this.#startNext();
  }

  #showWaiting(schedule: Properties, writtenAt: number): void {
    if (!this.#startsToWait(schedule, writtenAt)) return;
    this.#setState(numberOf(schedule, 'ScheduleID'), { State: SCHEDULE_STATE.scheduled });
  }

  #logTaken(taken: readonly RunInProgress[]): void {
    if (taken.length === 0) return;
    const runs = taken.map(({ run: { scheduleId, why } }) => {
      const name = this.#options.state.object(SCHEDULE, { ScheduleID: scheduleId })?.['Name'];
      return { scheduleId, why, name: typeof name === 'string' ? name : '' };
    });
    logLook(this.#options.log, runs);
  }

  /** New, or written again since the component took it; without that a succeeded schedule stays succeeded. */
  #startsToWait(schedule: Properties, writtenAt: number): boolean {
    const scheduleId = numberOf(schedule, 'ScheduleID');
    const lastTaken = this.#lastTaken.get(scheduleId);
    const busy = this.#queue.some((taken) => taken.run.scheduleId === scheduleId);
    return (
      schedule['State'] === SCHEDULE_STATE.none || (lastTaken !== undefined && writtenAt > lastTaken && !busy)
    );
  }

  #lookAgain(at: number | undefined): void {
    if (this.#nextLook !== undefined) {
      this.#nextLook.cancel();
      this.#timers.delete(this.#nextLook);
    }
    this.#nextLook =
      at === undefined || this.#stopped
        ? undefined
        : this.#after(at - this.#options.clock.now(), () => {
            this.#look();
          });
  }

  /** A start in the past is due at once; of a recurring token only what comes after the write or the last run. */
  #dueAt(schedule: Properties, writtenAt: number): number | undefined {
    const scheduleId = numberOf(schedule, 'ScheduleID');
    const text = schedule['Schedule'];
    const lastTaken = this.#lastTaken.get(scheduleId);
    const occurrences = (readScheduleString(typeof text === 'string' ? text : '') ?? [])
      .map((token) => {
        const after = lastTaken ?? (token.recurrence.kind === 'once' ? Number.NEGATIVE_INFINITY : writtenAt);
        return nextBySiteClock(token, after, this.#options.state.site);
      })
      .filter((occurrence) => occurrence !== undefined);
    return occurrences.length === 0 ? undefined : Math.min(...occurrences);
  }

  #take(scheduleId: number, why: ServicingRun['why']): void {
    const { state, clock } = this.#options;
    const linked = (className: string, property: string): Properties[string][] =>
      state.objectsWith(className, 'ScheduleID', [scheduleId]).map((link) => link[property] ?? null);
    const run: ServicingRun = {
      scheduleId,
      imagePackageIds: linked('SMS_ImageServicingScheduledImage', 'ImagePackageID').filter(
        (value) => typeof value === 'string',
      ),
      updateIds: linked('SMS_ImageServicingScheduledUpdate', 'UpdateID').filter(
        (value) => typeof value === 'number',
      ),
      at: clock.now(),
      why,
    };
    state.servicingRuns.push(run);
    this.#lastTaken.set(scheduleId, clock.now());
    // The mark is used up: without that the component would run the schedule for ever.
    this.#written.set(scheduleId, { at: clock.now(), action: ACTION.none });
    const thread = FIRST_PROCESSING_THREAD + 4 * (state.servicingRuns.length - 1);
    this.#queue.push({ run, thread, isStarted: false, isRunning: false, isCancelled: false });
  }

  #cancel(scheduleId: number): void {
    this.#written.delete(scheduleId);
    const taken = this.#queue.filter((one) => one.run.scheduleId === scheduleId);
    for (const one of taken) {
      one.isCancelled = true;
    }
    const state = this.#options.state.object(SCHEDULE, { ScheduleID: scheduleId })?.['State'];
    // One that runs, or has ended, keeps its state.
    if (state === SCHEDULE_STATE.none || state === SCHEDULE_STATE.scheduled) {
      this.#setState(scheduleId, { State: SCHEDULE_STATE.none });
    }
  }

  #startNext(): void {
    while (this.#queue[0]?.isCancelled === true && !this.#queue[0].isStarted) {
      this.#queue.shift();
    }
    const [next] = this.#queue;
    if (next === undefined || next.isStarted || this.#stopped) {
      return;
    }
    next.isStarted = true;
    live(this.#work, scheduleLife(this.#work, next), () => {
      this.#queue.splice(this.#queue.indexOf(next), 1);
      this.#startNext();
    });
  }

  #setState(scheduleId: number, changes: Properties): void {
    this.#options.state.change(SCHEDULE, { ScheduleID: scheduleId }, changes);
  }
}

const numberOf = (row: Properties, name: string): number => {
  const value = row[name];
  return typeof value === 'number' ? value : 0;
};
