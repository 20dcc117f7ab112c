import { nonEmpty } from '../../collections/non-empty.js';
import { CONNECTION_INPUTS, SITE_INPUTS } from '../../parameters/connection-inputs.js';
import { FOLLOW_INPUTS } from '../../parameters/follow-inputs.js';
import { shown } from '../../parameters/input-errors.js';
import type { Inputs } from '../../parameters/inputs.js';
import { readConnection } from '../../parameters/read-connection.js';
import { readFollow } from '../../parameters/read-follow.js';
import { readSiteCode } from '../../parameters/read-site-code.js';
import { scheduleId, type ScheduleId } from '../../site/identifiers.js';
import type { FollowRequest } from './follow-request.js';
import { SCHEDULE_INPUTS, type AwaitInputs } from './inputs.js';

/** Turns the inputs into a typed request; undefined when anything is wrong, which is in `inputs.errors` then. */
export function readAwaitRequest(inputs: Inputs<AwaitInputs>): FollowRequest | undefined {
  const siteCode = readSiteCode(inputs.part(SITE_INPUTS));
  const connection = readConnection(inputs.part(CONNECTION_INPUTS), siteCode);
  const scheduleIds = nonEmpty(readScheduleIds(inputs.part(SCHEDULE_INPUTS)));
  const until = inputs.choice('wait');
  const follow = until && readFollow(inputs.part(FOLLOW_INPUTS), until);
  const isWrong = inputs.errors.all.length > 0;
  if (isWrong || connection === undefined || scheduleIds === undefined || follow === undefined)
    return undefined;
  return { connection, siteCode, scheduleIds, follow };
}

/** Each once. */
export function readScheduleIds(inputs: Inputs<typeof SCHEDULE_INPUTS>): readonly ScheduleId[] {
  const given = inputs.list('schedule-id');
  if (given.length === 0 && !inputs.isChosen('schedule-id')) inputs.missing('schedule-id', '');
  const ids = given.flatMap((text) => {
    const id = /^[0-9]{1,10}$/.test(text) ? scheduleId(Number(text)) : undefined;
    if (id !== undefined) return [id];
    inputs.errors.add(
      'OS106',
      `${inputs.spell('schedule-id')} has ${shown(text)}, which is no ID of a schedule.`,
      `Write the number that the site gave to the schedule${inputs.example('schedule-id')}.`,
    );
    return [];
  });
  return [...new Set(ids)];
}
