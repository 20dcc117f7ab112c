import { diagnosesIn } from '../../diagnosis/diagnosis.js';
import { nothingKnown } from '../../plan/known.js';
import type { Progress } from '../../plan/progress.js';
import { event } from '../../report/run-event.js';
import type { RunContext, RunStart, RunView } from '../verb.js';
import { connectionText } from './connection-text.js';
import { eventsOf } from './log-lines.js';
import type { FollowEvent } from '../../follow/follow-event.js';
import { logFileAt } from '../../follow/servicing-log-file.js';
import { followLine, followPhase } from '../../report/follow-lines.js';
import { phaseAfter } from './phase-text.js';
import { serviceImages, type ServiceRun } from './service-images.js';
import type { ServiceRequest } from './service-request.js';
import type { FollowMoment } from './page-phases.js';
import { serviceView } from './service-view.js';
import { atSiteThatIsGone } from './simulated-end.js';
import { warningTitleOf } from './warnings.js';

/** Runs the request over its connection, and views how it ended. Never throws. */
export async function runService(
  request: ServiceRequest,
  { now }: RunStart,
  context: RunContext,
): Promise<RunView> {
  const startedAt = now();
  const events: Progress[] = [];
  const tell = (progress: Progress): void => {
    events.push(progress);
    if (progress.kind === 'writing') context.beginToWrite();
    const title = warningTitleOf(progress);
    for (const each of eventsOf(progress)) context.tell({ ...each, ...(title !== undefined && { title }) });
    const phase = phaseAfter(progress);
    if (phase !== undefined) context.enterPhase(phase);
  };
  const moments: FollowMoment[] = [];
  const tellFollow = (told: FollowEvent): void => {
    const at = now();
    // The page shows phases; lines of a log would only fill the memory.
    if (told.kind !== 'log') moments.push({ at, told });
    context.tell(followLine(told, at));
    const phase = followPhase(told);
    if (phase !== undefined) context.enterPhase(phase);
  };
  const ended = await attemptRun(request, context, tell, tellFollow);
  const run = request.connection.kind === 'simulator' ? atSiteThatIsGone(ended) : ended;
  const endedAt = now();
  context.tell(event('info', `Took ${((endedAt - startedAt) / 1_000).toFixed(1)} s`));
  return serviceView(run, request, { events, moments }, { startedAt, endedAt });
}

/** A connection that cannot be opened, and a defect, are ends of a run as well. */
async function attemptRun(
  { connection, servicing, follow }: ServiceRequest,
  { withSite, mark, random, tell: tellEvent }: RunContext,
  tell: (progress: Progress) => void,
  tellFollow: (told: FollowEvent) => void,
): Promise<ServiceRun> {
  const waiting = follow && {
    settings: follow,
    random,
    tell: tellFollow,
    log: logFileAt(follow.servicingLog),
  };
  try {
    return await withSite(
      connection,
      {
        onRetry: (notice) => tell({ kind: 'retry', notice }),
        onLeftover: (why) => tell({ kind: 'not-tidied-up', why }),
      },
      async (site) => {
        tellEvent(event('info', connectionText(connection)));
        return serviceImages({ ...site, tell }, servicing, mark, waiting);
      },
    );
  } catch (error) {
    const known = nothingKnown(servicing);
    return { kind: 'failed', known, errors: diagnosesIn(error), left: [], removed: [] };
  }
}
