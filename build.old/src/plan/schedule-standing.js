import { ACTION, SCHEDULE_STATE, isDraft } from '../site/servicing-schedule.js';
import { isStillToCome, tokensText } from '../site/token-text.js';
/** Where the facts do not decide, a schedule counts as one that waits: a refusal can be overruled, silence can't. */
export function standingOf(schedule, clock, now) {
    const { state, token } = schedule;
    switch (state) {
        case SCHEDULE_STATE.running:
            return 'running';
        case SCHEDULE_STATE.succeeded:
        case SCHEDULE_STATE.failed:
            // A draft that the component took before it was turned back waits for nothing but the end of 2033.
            return token === '' || isDraft(schedule) || !isStillToCome(token, clock, now) ? 'done' : 'waiting';
        case SCHEDULE_STATE.none:
        case SCHEDULE_STATE.scheduled:
            return standingBeforeItsRun(schedule);
        default:
            return 'waiting';
    }
}
function standingBeforeItsRun(schedule) {
    const { action, state, token } = schedule;
    switch (action) {
        case ACTION.none:
            if (isDraft(schedule))
                return 'draft';
            // A time that has passed counts: the component takes what is due whenever it looks.
            return token === '' ? 'done' : 'waiting';
        case ACTION.cancel:
            return state === SCHEDULE_STATE.scheduled ? 'waiting' : 'done';
        default:
            return 'waiting';
    }
}
const STATES = {
    [SCHEDULE_STATE.none]: 'none',
    [SCHEDULE_STATE.scheduled]: 'scheduled',
    [SCHEDULE_STATE.running]: 'running',
    [SCHEDULE_STATE.succeeded]: 'succeeded',
    [SCHEDULE_STATE.failed]: 'failed',
};
const LONGEST_TEXT = 200;
/** `schedule 16777217 (name "Monthly"; start: 2030-06-01 02:00 UTC; State 1, scheduled; Action 0)` */
export function scheduleText(schedule, { siteCode }) {
    const { scheduleId, name, description, state, action } = schedule;
    const parts = [
        ...(name === undefined ? [] : [`name "${shortened(name)}"`]),
        ...(description === undefined ? [] : [`description "${shortened(description)}"`]),
        `start: ${startText(schedule, siteCode)}`,
        `State ${state}, ${STATES[state] ?? 'unknown'}`,
        `Action ${action}`,
    ];
    return `schedule ${scheduleId} (${parts.join('; ')})`;
}
function startText({ action, token }, siteCode) {
    const when = tokensText(token, siteCode);
    switch (action) {
        case ACTION.installNow:
            return token === '' ? 'as soon as possible' : `as soon as possible, marked at ${when}`;
        case ACTION.cancel:
            return `${when}, but it was asked to be cancelled`;
        default:
            return when;
    }
}
function shortened(text) {
    return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
//# sourceMappingURL=schedule-standing.js.map