import { nonEmpty } from '../../collections/non-empty.js';
import { defect, type Diagnosis } from '../../diagnosis/diagnosis.js';
import type { Inputs } from '../../parameters/inputs.js';
import type { Prepared, RunStart, Verb } from '../verb.js';
import { viewOfWrongFollow } from './follow-view.js';
import type { FollowedRun } from './followed-run.js';
import { AWAIT_INPUTS, FOLLOW_OUTPUTS } from './inputs.js';
import { readAwaitRequest } from './read-request.js';

/** Waits for schedules that an earlier step, or somebody else, started. */
export const AWAIT: Verb = {
  name: 'await',
  title: 'Await ConfigMgr offline servicing',
  description: 'Waits until servicing schedules have ended, and tells what came of every image and update.',
  help: 'Takes the schedule IDs of an earlier step or job. A schedule is never removed, and cancelled only when you ask for it.',
  hosts: ['github', 'azure', 'command-line'],
  inputs: AWAIT_INPUTS,
  outputs: FOLLOW_OUTPUTS,
  example: 'await --sms-provider cm01.corp.example.com --schedule-id 16777217',
  prepare,
};

function prepare(inputs: Inputs, start: RunStart): Prepared {
  const request = readAwaitRequest(inputs);
  const errors = nonEmpty(inputs.errors.all);
  if (request === undefined || errors !== undefined) {
    const unexplained = defect(new TypeError('The inputs make no request, and no error says why'));
    return { kind: 'wrong-inputs', view: viewOfWrongFollow(errors ?? [unexplained], start.now) };
  }
  return {
    kind: 'ready',
    run: async (context) => {
      // Loaded only now: everything that a run needs would double the time until a wrong input is told.
      const [{ runFollow }, { awaitSchedules }] = await Promise.all([
        import(/* webpackMode: "eager" */ './run-follow.js'),
        import(/* webpackMode: "eager" */ './await-schedules.js'),
      ]);
      return runFollow(request, start, context, { follow: awaitSchedules, errorsOf: errorsOfAwait });
    },
  };
}

/** A step that is cancelled while it waits fails: nobody knows what the schedules come to. */
export function errorsOfAwait(run: FollowedRun): readonly Diagnosis[] {
  if (run.kind === 'refused') return run.errors;
  if (!run.isCancelled) return run.result.errors;
  const states = run.result.images.map(
    ({ packageId, scheduleId, state }) => `image ${packageId} of schedule ${scheduleId} is ${state}`,
  );
  return [
    {
      code: 'OS501',
      what: `The step was cancelled while it waited: ${states.join('; ')}.`,
      cause: 'The pipeline or a person ended the step, or a time limit of the job was shorter than the wait.',
      next: 'The site goes on with the servicing by itself, unless the schedule was cancelled. Wait for it again with the verb await.',
    },
  ];
}
