import { nonEmpty } from '../../collections/non-empty.js';
import type { OutputDefinition } from '../../parameters/input-definition.js';
import type { Inputs } from '../../parameters/inputs.js';
import type { Prepared, RunStart, Verb } from '../verb.js';
import { viewOfWrongAbout } from './about-view.js';

const ABOUT_OUTPUTS = [
  { name: 'version', help: 'Version of the product.' },
  { name: 'report', help: 'Path of the JSON report; empty where none was written.' },
] as const satisfies readonly OutputDefinition[];

/** Says what this is and what it found on the machine. Reaches no site. */
export const ABOUT: Verb = {
  name: 'about',
  title: 'About ConfigMgr offline servicing',
  description:
    'Shows the version of the product, and the Node.js, curl and PowerShell that it found. Reaches no site.',
  help: 'Runs on any agent. Add it to a pipeline when you ask for support.',
  hosts: ['github', 'azure', 'command-line'],
  inputs: [],
  outputs: ABOUT_OUTPUTS,
  example: 'about',
  prepare,
};

function prepare({ errors }: Inputs, start: RunStart): Prepared {
  // An argument that is none of its inputs.
  const wrong = nonEmpty(errors.all);
  if (wrong !== undefined) return { kind: 'wrong-inputs', view: viewOfWrongAbout(wrong, start) };
  return {
    kind: 'ready',
    run: async () => {
      const { runAbout } = await import(/* webpackMode: "eager" */ './run-about.js');
      return runAbout(start);
    },
  };
}
