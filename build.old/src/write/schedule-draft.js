import { ACTION } from '../site/servicing-schedule.js';
import { NEVER_DUE } from '../site/schedule-token.js';
import { startingWith } from '../plan/start-time.js';
/** How often a write whose answer was lost is looked up and sent again, the first time counted. */
export const MOST_ATTEMPTS = 3;
/** Nothing that wakes the site's component runs a draft: it has no action, and its token is years away. */
export function draftProperties(intended) {
    return propertiesWith(intended, ACTION.none, NEVER_DUE);
}
/** What makes the schedule run, in one update. */
export function startProperties(intended, now) {
    const { action, token } = startingWith(intended.start, now);
    return propertiesWith(intended, action, token);
}
/** What the schedule is created with. */
export function firstProperties(intended, order, now) {
    return order === 'draft-first' ? draftProperties(intended) : startProperties(intended, now);
}
function propertiesWith(intended, action, token) {
    const { name, description, updateDistributionPoints, continueOnError, cleanupProperty } = intended;
    return { action, token, name, description, updateDistributionPoints, continueOnError, cleanupProperty };
}
export function notYetWritten(intended) {
    return {
        intended,
        mayHaveUnknown: false,
        isAccepted: false,
        scheduleId: undefined,
        linksSent: false,
        isWhole: false,
        startSent: false,
        takenAway: { updates: new Set(), image: false, schedule: false },
    };
}
/** Throws where a schedule has no ID yet. */
export function numbered(schedules) {
    const [first, ...others] = schedules.map((schedule) => {
        if (schedule.scheduleId === undefined)
            throw new TypeError('A schedule without an ID.');
        return { id: schedule.scheduleId, schedule };
    });
    if (first === undefined)
        throw new TypeError('No schedule at all.');
    return [first, ...others];
}
//# sourceMappingURL=schedule-draft.js.map