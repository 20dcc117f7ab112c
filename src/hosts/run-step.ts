import { randomBytes } from 'node:crypto';

import { defect, DiagnosedError, type Diagnosis } from '../diagnosis/diagnosis.js';
import type { AdminServiceRequest, ConnectionRequest, StepRequest } from '../parameters/step-request.js';
import { systemClock } from '../provider/clock.js';
import type { Tell } from '../servicing/progress.js';
import type { RunResult } from '../servicing/run-result.js';
import { serviceImage } from '../servicing/service-image.js';
import { USUAL_PATIENCE } from '../servicing/site-access.js';
import { openAdminService } from './open-connection.js';

/** How a step ended, for a host to publish. */
export type StepEnd =
  | { readonly kind: 'done'; readonly result: RunResult }
  | { readonly kind: 'wrong-inputs'; readonly errors: readonly [Diagnosis, ...Diagnosis[]] }
  | { readonly kind: 'failed'; readonly errors: readonly [Diagnosis, ...Diagnosis[]] };

export interface StepSurroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly cancelled: AbortSignal;
  readonly tell: Tell;
  /** Where the connection leads; only the command line has another way than the one that was asked for. */
  readonly reach?: (connection: ConnectionRequest) => Promise<ReachedSite>;
}

export interface ReachedSite {
  readonly connection: AdminServiceRequest;
  readonly stop: () => Promise<void>;
}

/** What every host does between reading texts and publishing a result. Never throws. */
export async function runStep(
  readRequest: () => StepRequest,
  surroundings: StepSurroundings,
): Promise<StepEnd> {
  let request: StepRequest;
  try {
    request = readRequest();
  } catch (error) {
    return { kind: 'wrong-inputs', errors: diagnosesOf(error) };
  }
  try {
    return { kind: 'done', result: await runRequest(request, surroundings) };
  } catch (error) {
    return { kind: 'failed', errors: diagnosesOf(error) };
  }
}

async function runRequest(request: StepRequest, surroundings: StepSurroundings): Promise<RunResult> {
  const { environment, cancelled, tell, reach = reachDirectly } = surroundings;
  const { connection, stop } = await reach(request.connection);
  try {
    const provider = openAdminService(connection, {
      environment,
      clock: systemClock,
      random: Math.random,
      onRetry: (notice) => {
        tell({ kind: 'retry', notice });
      },
    });
    try {
      const site = { provider, clock: systemClock, patience: USUAL_PATIENCE, cancelled, tell };
      return await serviceImage(site, request.servicing, randomBytes(6).toString('hex'));
    } finally {
      await tidyUp(async () => provider.close(), tell);
    }
  } finally {
    await tidyUp(stop, tell);
  }
}

/** What cannot be tidied up is told; it does not change how the run ended. */
async function tidyUp(tidy: () => Promise<void>, tell: Tell): Promise<void> {
  try {
    await tidy();
  } catch (error) {
    tell({ kind: 'not-tidied-up', why: error instanceof Error ? error.message : String(error) });
  }
}

export async function reachDirectly(connection: ConnectionRequest): Promise<ReachedSite> {
  if (connection.kind === 'simulator') throw new TypeError('This host has no simulated site.');
  return Promise.resolve({ connection, stop: async () => Promise.resolve() });
}

function diagnosesOf(error: unknown): readonly [Diagnosis, ...Diagnosis[]] {
  return error instanceof DiagnosedError ? error.diagnoses : [defect(error)];
}
