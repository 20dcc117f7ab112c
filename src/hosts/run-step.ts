import { defect, DiagnosedError, type Diagnosis } from '../diagnosis/diagnosis.js';
import type { ConnectionRequest, SiteConnection, StepRequest } from '../parameters/step-request.js';
import type { Tell } from '../plan/progress.js';
import type { RunResult } from '../verbs/service/run-result.js';
import type { Cancelling, EndedBy } from './cancel-on-signal.js';

/** How a step ended, for a host to publish. */
export type StepEnd =
  | { readonly kind: 'done'; readonly result: RunResult }
  | { readonly kind: 'wrong-inputs'; readonly errors: readonly [Diagnosis, ...Diagnosis[]] }
  | { readonly kind: 'failed'; readonly errors: readonly [Diagnosis, ...Diagnosis[]] };

export interface StepContext {
  readonly environment: NodeJS.ProcessEnv;
  /** Called once the inputs are good. Before that nothing has begun, and a signal may end the process as it likes. */
  readonly listenForCancel: () => Cancelling;
  /** Who ends the run, and so how long its undo may take. */
  readonly endedBy: EndedBy;
  readonly tell: Tell;
  /** Where the connection leads; only the command line has another way than the one that was asked for. */
  readonly reach?: (connection: ConnectionRequest) => Promise<ReachedSite>;
}

export interface ReachedSite {
  readonly connection: SiteConnection;
  readonly stop: () => Promise<void>;
}

/** What every host does between reading texts and publishing a result. Never throws. */
export async function runStep(readRequest: () => StepRequest, context: StepContext): Promise<StepEnd> {
  let request: StepRequest;
  try {
    request = readRequest();
  } catch (error) {
    return { kind: 'wrong-inputs', errors: diagnosesOf(error) };
  }
  try {
    // Loaded only now: everything that a run needs would double the time until a wrong input is told.
    const { runRequest } = await import(/* webpackMode: "eager" */ './run-request.js');
    return { kind: 'done', result: await runRequest(request, context) };
  } catch (error) {
    return { kind: 'failed', errors: diagnosesOf(error) };
  }
}

export async function reachDirectly(connection: ConnectionRequest): Promise<ReachedSite> {
  if (connection.kind === 'simulator') throw new TypeError('This host has no simulated site.');
  return Promise.resolve({ connection, stop: async () => Promise.resolve() });
}

function diagnosesOf(error: unknown): readonly [Diagnosis, ...Diagnosis[]] {
  return error instanceof DiagnosedError ? error.diagnoses : [defect(error)];
}
