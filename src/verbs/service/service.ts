import { nonEmpty } from '../../collections/non-empty.js';
import { defect } from '../../diagnosis/diagnosis.js';
import type { Inputs } from '../../parameters/inputs.js';
import type { Prepared, RunStart, Verb } from '../verb.js';
import { SERVICE_INPUTS, SERVICE_OUTPUTS } from './inputs.js';
import { readServiceRequest } from './read-request.js';
import { viewOfWrongInputs } from './service-view.js';

/** Selects updates, and writes and starts a servicing schedule for each image that needs one. */
export const SERVICE: Verb = {
  name: 'service',
  title: 'ConfigMgr offline servicing',
  description:
    'Applies the updates of a software update group to an OS image of Microsoft Configuration Manager, offline.',
  help: 'Runs on an agent that reaches the SMS Provider. It does not wait for the servicing to end: scheduled is not yet installed.',
  hosts: ['github', 'azure', 'command-line'],
  inputs: SERVICE_INPUTS,
  outputs: SERVICE_OUTPUTS,
  example:
    'service --connection simulator --site-code LAB --update-group "Windows 7" --image "Windows 7 Enterprise" --update-distribution-points',
  prepare,
};

function prepare(inputs: Inputs, start: RunStart): Prepared {
  // A host makes the inputs from the definitions above.
  const request = readServiceRequest(inputs);
  const errors = nonEmpty(inputs.errors.all);
  if (request === undefined || errors !== undefined) {
    const unexplained = defect(new TypeError('The inputs make no request, and no error says why'));
    return { kind: 'wrong-inputs', view: viewOfWrongInputs(errors ?? [unexplained], start) };
  }
  return {
    kind: 'ready',
    run: async (context) => {
      // Loaded only now: everything that a run needs would double the time until a wrong input is told.
      const { runService } = await import(/* webpackMode: "eager" */ './run-service.js');
      return runService(request, start, context);
    },
  };
}
