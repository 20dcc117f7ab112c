import { nonEmpty } from '../../collections/non-empty.js';
import { defect, type Diagnosis } from '../../diagnosis/diagnosis.js';
import { CONNECTION_INPUTS, SITE_INPUTS } from '../../parameters/connection-inputs.js';
import type { Inputs } from '../../parameters/inputs.js';
import { readConnection } from '../../parameters/read-connection.js';
import { readSiteCode } from '../../parameters/read-site-code.js';
import { errorsOfAwait } from '../await/await.js';
import type { FollowRequest } from '../await/follow-request.js';
import { viewOfWrongFollow } from '../await/follow-view.js';
import type { FollowedRun } from '../await/followed-run.js';
import { FOLLOW_OUTPUTS, SCHEDULE_INPUTS } from '../await/inputs.js';
import { readScheduleIds } from '../await/read-request.js';
import type { Prepared, RunStart, Verb } from '../verb.js';
import { CANCEL_INPUTS, type CancelInputs } from './inputs.js';

/** Asks the site to end schedules, and waits until they have ended. */
export const CANCEL: Verb = {
  name: 'cancel',
  title: 'Cancel ConfigMgr offline servicing',
  description:
    'Cancels servicing schedules, waits until the site has ended them, and tells what came of that.',
  help: 'An image that the site has finished by then stays serviced: the state says which of the two it is.',
  hosts: ['github', 'azure', 'command-line'],
  inputs: CANCEL_INPUTS,
  outputs: FOLLOW_OUTPUTS,
  example: 'cancel --sms-provider cm01.corp.example.com --schedule-id 16777217',
  prepare,
};

function prepare(inputs: Inputs, start: RunStart): Prepared {
  const request = readCancelRequest(inputs);
  const errors = nonEmpty(inputs.errors.all);
  if (request === undefined || errors !== undefined) {
    const unexplained = defect(new TypeError('The inputs make no request, and no error says why'));
    return { kind: 'wrong-inputs', view: viewOfWrongFollow(errors ?? [unexplained], start.now) };
  }
  return {
    kind: 'ready',
    run: async (context) => {
      // Loaded only now: everything that a run needs would double the time until a wrong input is told.
      const [{ runFollow }, { cancelSchedules }] = await Promise.all([
        import(/* webpackMode: "eager" */ '../await/run-follow.js'),
        import(/* webpackMode: "eager" */ './cancel-schedules.js'),
      ]);
      return runFollow(request, start, context, { follow: cancelSchedules, errorsOf: errorsOfCancel });
    },
  };
}

function readCancelRequest(inputs: Inputs<CancelInputs>): FollowRequest | undefined {
  const siteCode = readSiteCode(inputs.part(SITE_INPUTS));
  const connection = readConnection(inputs.part(CONNECTION_INPUTS), siteCode);
  const scheduleIds = nonEmpty(readScheduleIds(inputs.part(SCHEDULE_INPUTS)));
  const waitTimeout = inputs.duration('wait-timeout');
  const pollInterval = inputs.duration('poll-interval');
  if (
    inputs.errors.all.length > 0 ||
    connection === undefined ||
    scheduleIds === undefined ||
    waitTimeout === undefined ||
    pollInterval === undefined
  ) {
    return undefined;
  }
  return {
    connection,
    siteCode,
    scheduleIds,
    follow: {
      until: 'servicing',
      waitTimeout,
      startTimeout: waitTimeout,
      pollInterval,
      onTimeout: 'leave',
      onCancel: 'leave',
      allowFailedUpdates: true,
      requiredDistributionPoints: { kind: 'all' },
    },
  };
}

/** A schedule that ended, in whatever way, is what was asked for; one that still runs is not. */
export function errorsOfCancel(run: FollowedRun): readonly Diagnosis[] {
  if (run.kind === 'refused' || run.isCancelled) return errorsOfAwait(run);
  const stillRuns = run.result.images.some(({ state }) =>
    ['cancel-requested', 'running', 'scheduled', 'timed-out'].includes(state),
  );
  return stillRuns ? run.result.errors : run.result.errors.filter(({ code }) => !ENDED.includes(code));
}

const ENDED: readonly Diagnosis['code'][] = ['OS601', 'OS602', 'OS605'];
