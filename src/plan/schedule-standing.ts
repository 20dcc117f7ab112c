import { ACTION, SCHEDULE_STATE, isDraft } from '../site/servicing-schedule.js';
import type { SeenSchedule } from '../site/schedules-of-images.js';
import { isStillToCome, tokensText, type SiteClock } from '../site/token-text.js';

/** What a schedule means for its images (docs/configmgr.md, "Other schedules of an image"). */
export type Standing =
  | 'running'
  /** The component takes it when it looks, or when its time comes. */
  | 'waiting'
  /** Without an action and with the far token, which only this product writes: it does not run as it stands. */
  | 'draft'
  | 'done';

/** Where the facts do not decide, a schedule counts as one that waits: a refusal can be overruled, silence can't. */
export function standingOf(schedule: SeenSchedule, clock: SiteClock, now: number): Standing {
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

function standingBeforeItsRun(schedule: SeenSchedule): Standing {
  const { action, state, token } = schedule;
  switch (action) {
    case ACTION.none:
      if (isDraft(schedule)) return 'draft';
      // A time that has passed counts: the component takes what is due whenever it looks.
      return token === '' ? 'done' : 'waiting';
    case ACTION.cancel:
      return state === SCHEDULE_STATE.scheduled ? 'waiting' : 'done';
    default:
      return 'waiting';
  }
}

const STATES: Readonly<Record<number, string>> = {
  [SCHEDULE_STATE.none]: 'none',
  [SCHEDULE_STATE.scheduled]: 'scheduled',
  [SCHEDULE_STATE.running]: 'running',
  [SCHEDULE_STATE.succeeded]: 'succeeded',
  [SCHEDULE_STATE.failed]: 'failed',
};

const LONGEST_TEXT = 200;

/** `schedule 16777217 (name "Monthly"; start: 2030-06-01 02:00 UTC; State 1, scheduled; Action 0)` */
export function scheduleText(schedule: SeenSchedule, { siteCode }: Pick<SiteClock, 'siteCode'>): string {
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

function startText({ action, token }: SeenSchedule, siteCode: SiteClock['siteCode']): string {
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

function shortened(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
