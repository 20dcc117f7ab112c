import { mapNonEmpty } from '../../collections/non-empty.js';
import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { ServiceRun } from './service-images.js';

/**
 * How a run at a simulated site of its own ended: the site is gone by then, so neither advice nor commands may lead
 * there, and nothing is left.
 */
export function atSiteThatIsGone(run: ServiceRun): ServiceRun {
  return run.kind === 'done' ? run : { ...run, errors: mapNonEmpty(run.errors, goneWithSite) };
}

function goneWithSite(error: Diagnosis): Diagnosis {
  const isLeft = error.code === 'OS402' || error.code === 'OS403' || error.commands !== undefined;
  return isLeft ? { ...error, next: NOTHING_IS_LEFT, commands: [] } : error;
}

const NOTHING_IS_LEFT =
  'Nothing: the simulated site ended with the run, and what may have been left there is gone with it.';
