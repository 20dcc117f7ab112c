import { diagnosesIn } from '../../diagnosis/diagnosis.js';
import { nothingKnown } from '../../plan/known.js';
import type { Progress } from '../../plan/progress.js';
import { event } from '../../report/run-event.js';
import type { RunContext, RunStart, RunView } from '../verb.js';
import { connectionText } from './connection-text.js';
import { eventsOf } from './log-lines.js';
import { phaseAfter } from './phase-text.js';
import { serviceImages, type ServiceRun } from './service-images.js';
import type { ServiceRequest } from './service-request.js';
import { serviceView } from './service-view.js';
import { atSiteThatIsGone } from './simulated-end.js';

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
    eventsOf(progress).forEach(context.tell);
    const phase = phaseAfter(progress);
    if (phase !== undefined) context.enterPhase(phase);
  };
  const ended = await attemptRun(request, context, tell);
  const run = request.connection.kind === 'simulator' ? atSiteThatIsGone(ended) : ended;
  const endedAt = now();
  context.tell(event('info', `Took ${((endedAt - startedAt) / 1_000).toFixed(1)} s`));
  return serviceView(run, request, events, { startedAt, endedAt });
}

/** A connection that cannot be opened, and a defect, are ends of a run as well. */
async function attemptRun(
  { connection, servicing }: ServiceRequest,
  { withSite, mark, tell: tellEvent }: RunContext,
  tell: (progress: Progress) => void,
): Promise<ServiceRun> {
  try {
    return await withSite(
      connection,
      {
        onRetry: (notice) => tell({ kind: 'retry', notice }),
        onLeftover: (why) => tell({ kind: 'not-tidied-up', why }),
      },
      async (site) => {
        tellEvent(event('info', connectionText(connection)));
        return serviceImages({ ...site, tell }, servicing, mark);
      },
    );
  } catch (error) {
    const known = nothingKnown(servicing);
    return { kind: 'failed', known, errors: diagnosesIn(error), left: [], removed: [] };
  }
}
