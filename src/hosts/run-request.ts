import { randomBytes } from 'node:crypto';

import type { StepRequest } from '../parameters/step-request.js';
import { systemClock } from '../provider/clock.js';
import type { Tell } from '../servicing/progress.js';
import type { RunResult } from '../servicing/run-result.js';
import { serviceImages } from '../servicing/service-images.js';
import { USUAL_PATIENCE } from '../servicing/site-access.js';
import { openConnection } from './open-connection.js';
import { reachDirectly, type StepSurroundings } from './run-step.js';

/** Opens the connection, runs the workflow and tidies up. Throws what the workflow throws. */
export async function runRequest(request: StepRequest, surroundings: StepSurroundings): Promise<RunResult> {
  const { environment, listenForCancel, tell, reach = reachDirectly } = surroundings;
  const cancelled = listenForCancel();
  const { connection, stop } = await reach(request.connection);
  try {
    const provider = openConnection(connection, {
      environment,
      clock: systemClock,
      random: Math.random,
      onRetry: (notice) => {
        tell({ kind: 'retry', notice });
      },
    });
    try {
      const site = { provider, clock: systemClock, patience: USUAL_PATIENCE, cancelled, tell };
      return await serviceImages(site, request.servicing, randomBytes(6).toString('hex'));
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
