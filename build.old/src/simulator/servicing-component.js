import { isoSeconds } from './clock.js';
import { readScheduleString } from './schedule-token.js';
import { serviceImage, startDistribution } from './servicing-results.js';
import { nextBySiteClock } from './site-clock.js';
/** The values of `SMS_ImageServicingSchedule.State`; those of `Progress.Status` are others. */
export const SCHEDULE_STATE = { none: 0, scheduled: 1, running: 2, succeeded: 3, failed: 4 };
export const ACTION = { none: 0, runNow: 1, cancel: 2 };
export const PROGRESS_STATUS = { running: 1, success: 2, failed: 3 };
/**
 * The site's SMS_OFFLINE_SERVICING_MANAGER. Whatever wakes it, it looks at *all* schedules and takes those that are
 * marked to run at once and those that are due, with the links that they have at that moment. It services one
 * schedule after the other.
 */
export class ServicingComponent {
    #options;
    /** Schedules that a write marked since the component took them last. */
    #written = new Map();
    #lastTaken = new Map();
    #queue = [];
    #servicingErrors;
    #timers = new Set();
    #nextLook;
    #stopped = false;
    constructor(options) {
        this.#options = options;
        this.#servicingErrors = new Map(options.description.updates
            .filter((update) => update.servicingError !== 0)
            .map((update) => [update.ciId, update.servicingError]));
        for (const schedule of options.state.objects('SMS_ImageServicingSchedule')) {
            const waits = schedule['State'] === SCHEDULE_STATE.none || schedule['State'] === SCHEDULE_STATE.scheduled;
            if (waits) {
                this.scheduleWritten(numberOf(schedule, 'ScheduleID'), numberOf(schedule, 'Action'));
            }
            else if (schedule['State'] !== SCHEDULE_STATE.running) {
                // One that has run has used up its mark, and runs again only when its token comes again.
                this.scheduleWritten(numberOf(schedule, 'ScheduleID'), ACTION.none);
                this.#lastTaken.set(numberOf(schedule, 'ScheduleID'), options.clock.now());
            }
        }
    }
    /** A write put this action into the schedule; an action that was written once is taken once. */
    scheduleWritten(scheduleId, action) {
        this.#written.set(scheduleId, { at: this.#options.clock.now(), action });
    }
    scheduleDeleted(scheduleId) {
        if (this.#queue.some((taken) => taken.run.scheduleId === scheduleId)) {
            this.#options.state.deletedWhileRunning.push(scheduleId);
        }
    }
    /** Before and after each write: a component that looks at the worst moment sees a half-written schedule. */
    betweenWrites() {
        if (this.#options.mode === 'between-writes') {
            this.#look();
        }
    }
    /** What RunOfflineServicingManager does. */
    wake() {
        if (this.#options.mode !== 'off') {
            this.#look();
        }
    }
    stop() {
        this.#stopped = true;
        for (const timer of this.#timers) {
            timer.cancel();
        }
    }
    #after(milliseconds, act) {
        const timer = this.#options.clock.after(milliseconds, () => {
            this.#timers.delete(timer);
            act();
        });
        this.#timers.add(timer);
        return timer;
    }
    #look() {
        const { state, clock } = this.#options;
        const now = clock.now();
        let nextLook;
        for (const schedule of state.objects('SMS_ImageServicingSchedule')) {
            const scheduleId = numberOf(schedule, 'ScheduleID');
            const written = this.#written.get(scheduleId);
            if (written === undefined) {
                continue;
            }
            if (written.action === ACTION.cancel) {
                this.#cancel(scheduleId);
                continue;
            }
            const markedOrDue = written.action === ACTION.runNow || (this.#dueAt(schedule, written.at) ?? Infinity) <= now;
            if (markedOrDue) {
                this.#take(scheduleId, written.action === ACTION.runNow ? 'run-now' : 'due');
            }
            // What was taken may recur, and what was marked may be due later as well.
            const due = this.#dueAt(schedule, written.at);
            nextLook = due === undefined ? nextLook : Math.min(nextLook ?? due, due);
            if (due !== undefined && !markedOrDue && this.#startsToWait(schedule, written.at)) {
                this.#setState(scheduleId, { State: SCHEDULE_STATE.scheduled });
            }
        }
        this.#lookAgain(nextLook);
        this.#startNext();
    }
    /** New, or written again since the component took it; without that a succeeded schedule stays succeeded. */
    #startsToWait(schedule, writtenAt) {
        const scheduleId = numberOf(schedule, 'ScheduleID');
        const lastTaken = this.#lastTaken.get(scheduleId);
        const busy = this.#queue.some((taken) => taken.run.scheduleId === scheduleId);
        return (schedule['State'] === SCHEDULE_STATE.none || (lastTaken !== undefined && writtenAt > lastTaken && !busy));
    }
    #lookAgain(at) {
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
    #dueAt(schedule, writtenAt) {
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
    #take(scheduleId, why) {
        const { state, clock } = this.#options;
        const linked = (className, property) => state.objectsWith(className, 'ScheduleID', [scheduleId]).map((link) => link[property] ?? null);
        const run = {
            scheduleId,
            imagePackageIds: linked('SMS_ImageServicingScheduledImage', 'ImagePackageID').filter((value) => typeof value === 'string'),
            updateIds: linked('SMS_ImageServicingScheduledUpdate', 'UpdateID').filter((value) => typeof value === 'number'),
            at: clock.now(),
            why,
        };
        state.servicingRuns.push(run);
        this.#lastTaken.set(scheduleId, clock.now());
        // The mark is used up: without that the component would run the schedule for ever.
        this.#written.set(scheduleId, { at: clock.now(), action: ACTION.none });
        this.#queue.push({ run, cancelled: false, started: false });
    }
    #cancel(scheduleId) {
        this.#written.delete(scheduleId);
        const taken = this.#queue.filter((one) => one.run.scheduleId === scheduleId);
        for (const one of taken) {
            one.cancelled = true;
        }
        if (!taken.some((one) => one.started)) {
            this.#setState(scheduleId, { State: SCHEDULE_STATE.none });
        }
    }
    #startNext() {
        while (this.#queue[0]?.cancelled === true && !this.#queue[0].started) {
            this.#queue.shift();
        }
        const [next] = this.#queue;
        if (next === undefined || next.started || this.#stopped) {
            return;
        }
        next.started = true;
        this.#setState(next.run.scheduleId, {
            State: SCHEDULE_STATE.running,
            LastRunDateTime: isoSeconds(this.#options.clock.now()),
        });
        this.#statusMessage(7900, next.run.scheduleId);
        this.#serviceImages(next, 0, true);
    }
    #serviceImages(taken, at, wellSoFar) {
        const { state, clock, description, servicingMilliseconds } = this.#options;
        const packageId = taken.run.imagePackageIds[at];
        if (packageId === undefined || taken.cancelled) {
            this.#finish(taken, wellSoFar && !taken.cancelled);
            return;
        }
        const runDate = isoSeconds(clock.now());
        const progress = { ScheduleID: taken.run.scheduleId, ImagePackageID: packageId, RunDateTime: runDate };
        state.put('SMS_ImageServicingProgress', {
            ...progress,
            FailedUpdateID: 0,
            Status: PROGRESS_STATUS.running,
            Win32ErrorCode: 0,
        });
        this.#after(servicingMilliseconds, () => {
            const schedule = state.object('SMS_ImageServicingSchedule', { ScheduleID: taken.run.scheduleId });
            const result = taken.cancelled
                ? { succeeded: false, failedUpdateId: 0, errorCode: 0 }
                : serviceImage(state, description, {
                    packageId,
                    updateIds: taken.run.updateIds,
                    continueOnError: schedule?.['ContinueOnError'] === true,
                    removeSuperseded: schedule !== undefined && asksForCleanup(state, schedule),
                    servicingErrors: this.#servicingErrors,
                    now: clock.now(),
                });
            const status = result.succeeded ? PROGRESS_STATUS.success : PROGRESS_STATUS.failed;
            state.put('SMS_ImageServicingProgress', {
                ...progress,
                FailedUpdateID: result.failedUpdateId,
                Status: status,
                Win32ErrorCode: result.errorCode,
            });
            state.put('SMS_ImageUpdateHistory', {
                ...progress,
                FailedUpdateID: result.failedUpdateId,
                Status: status,
            });
            if (result.succeeded && schedule?.['UpdateDP'] === true) {
                startDistribution(state, description, packageId, clock, (act) => {
                    this.#after(servicingMilliseconds, act);
                });
            }
            this.#serviceImages(taken, at + 1, wellSoFar && result.succeeded);
        });
    }
    #finish(taken, succeeded) {
        // Nothing public tells the state of a cancelled run; *failed* is the one that a careless client misreads.
        this.#setState(taken.run.scheduleId, {
            State: succeeded ? SCHEDULE_STATE.succeeded : SCHEDULE_STATE.failed,
        });
        this.#queue.splice(this.#queue.indexOf(taken), 1);
        this.#startNext();
    }
    #setState(scheduleId, changes) {
        this.#options.state.change('SMS_ImageServicingSchedule', { ScheduleID: scheduleId }, changes);
    }
    #statusMessage(messageId, scheduleId) {
        const { state, clock } = this.#options;
        const record = state.objects('SMS_StatusMessage').length + 1;
        state.put('SMS_StatusMessage', {
            RecordID: record,
            MessageID: messageId,
            Component: 'SMS_OFFLINE_SERVICING_MANAGER',
            MachineName: state.site.serverName,
            SiteCode: state.site.code,
            Time: isoSeconds(clock.now()),
        });
        state.put('SMS_StatMsgInsStrings', {
            RecordID: record,
            InsStrIndex: 0,
            InsStrValue: String(scheduleId),
        });
    }
}
/** Only booleans that look like it can be meant: docs/configmgr.md, "The objects of one servicing run". */
const asksForCleanup = (state, schedule) => (state.classNamed('SMS_ImageServicingSchedule')?.properties ?? []).some(({ name, type }) => type === 'Boolean' && /supersed|cleanup|resetbase/iu.test(name) && schedule[name] === true);
const numberOf = (row, name) => {
    const value = row[name];
    return typeof value === 'number' ? value : 0;
};
//# sourceMappingURL=servicing-component.js.map