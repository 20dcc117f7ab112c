import { diagnosesIn, type Diagnosis } from '../../diagnosis/diagnosis.js';
import type { FollowEvent } from '../../follow/follow-event.js';
import type { FollowSite } from '../../follow/follow-run.js';
import { logFileAt } from '../../follow/servicing-log-file.js';
import { followLine, followPhase } from '../../report/follow-lines.js';
import { event } from '../../report/run-event.js';
import type { RunContext, RunStart, RunView } from '../verb.js';
import type { FollowRequest } from './follow-request.js';
import { followView } from './follow-view.js';
import type { FollowedRun } from './followed-run.js';

/** What a verb that follows schedules does, and how it judges what they came to. */
export interface FollowWork {
  readonly follow: (site: FollowSite, request: FollowRequest) => Promise<FollowedRun>;
  readonly errorsOf: (run: FollowedRun) => readonly Diagnosis[];
}

/** Runs the request over its connection, and views how it ended. Never throws. */
export async function runFollow(
  request: FollowRequest,
  { now }: RunStart,
  { withSite, tell, random, enterPhase }: RunContext,
  { follow, errorsOf }: FollowWork,
): Promise<RunView> {
  const startedAt = now();
  const tellFollow = (told: FollowEvent): void => {
    tell(followLine(told, now()));
    const phase = followPhase(told);
    if (phase !== undefined) enterPhase(phase);
  };
  const listener = {
    onRetry: ({ label, why }: { readonly label: string; readonly why: string }) =>
      tell(event('debug', `Trying again: ${label}, because ${why}`)),
    onLeftover: (why: string) => tell(event('warning', `Not tidied up: ${why}`)),
  };
  const run = await withSite(request.connection, listener, async (site) =>
    follow({ ...site, random, tell: tellFollow, log: logFileAt(request.follow.servicingLog) }, request),
  ).catch((error: unknown): FollowedRun => ({ kind: 'refused', errors: diagnosesIn(error) }));
  return followView(run, errorsOf(run), { startedAt, endedAt: now() });
}
