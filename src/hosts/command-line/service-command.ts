import { randomBytes } from 'node:crypto';

import { defect, DiagnosedError, type Diagnosis } from '../../diagnosis/diagnosis.js';
import { readInputs } from '../../parameters/read-inputs.js';
import type { ConnectionRequest, StepRequest } from '../../parameters/step-request.js';
import { systemClock } from '../../provider/clock.js';
import { jsonFailure, jsonResult, type JsonResult } from '../../report/json-result.js';
import { linesOf } from '../../report/log-lines.js';
import { neutralText } from '../../report/neutral-text.js';
import { diagnosisLines, resultLines } from '../../report/result-lines.js';
import { maskFor } from '../../report/secret-mask.js';
import type { Progress } from '../../servicing/progress.js';
import type { RunResult } from '../../servicing/run-result.js';
import { serviceImage } from '../../servicing/service-image.js';
import { USUAL_PATIENCE } from '../../servicing/site-access.js';
import { openAdminService } from '../open-connection.js';
import { readServiceArguments, secretsIn, spellInput } from './arguments.js';
import { serveOwnSite, type OwnSite } from './own-site.js';

/** What the command does to the world outside. */
export interface CommandSurroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly cancelled: AbortSignal;
}

/** Runs `service` and returns the exit code: 0 done, 1 failed, 2 wrong inputs. */
export async function serviceCommand(
  args: readonly string[],
  surroundings: CommandSurroundings,
): Promise<number> {
  const { environment, stdout, stderr } = surroundings;
  const { texts, errors, json } = readServiceArguments(args, environment);
  const mask = maskFor(Object.values(secretsIn(environment)));
  const harmless = (line: string): string => `${mask(neutralText(line))}\n`;
  const say = (line: string): void => {
    (json ? stderr : stdout)(harmless(line));
  };
  const fail = (diagnoses: readonly Diagnosis[], exitCode: number): number => {
    for (const line of diagnoses.flatMap(diagnosisLines)) stderr(harmless(line));
    if (json) stdout(mask(jsonText(jsonFailure(diagnoses))));
    return exitCode;
  };

  let request: StepRequest;
  try {
    request = readInputs(texts, spellInput);
  } catch (error) {
    if (error instanceof DiagnosedError) return fail([...errors, ...error.diagnoses], 2);
    throw error;
  }
  if (errors.length > 0) return fail(errors, 2);
  try {
    const result = await runService(request, surroundings, say);
    resultLines(result).forEach(say);
    if (json) stdout(mask(jsonText(jsonResult(result))));
    return 0;
  } catch (error) {
    return fail(error instanceof DiagnosedError ? error.diagnoses : [defect(error)], 1);
  }
}

async function runService(
  request: StepRequest,
  { environment, cancelled }: CommandSurroundings,
  say: (line: string) => void,
): Promise<RunResult> {
  const tell = (progress: Progress): void => {
    linesOf(progress).forEach(say);
  };
  const reached = await reach(request.connection, environment, say);
  try {
    const provider = openAdminService(reached.connection, {
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
      await cleanUp(provider.close(), say);
    }
  } finally {
    await cleanUp(reached.stop(), say);
  }
}

/** What cannot be tidied up is said; it does not change how the run ended. */
async function cleanUp(tidying: Promise<void>, say: (line: string) => void): Promise<void> {
  try {
    await tidying;
  } catch (error) {
    say(
      `Something is left in the temporary folder: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function reach(
  connection: ConnectionRequest,
  environment: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<OwnSite> {
  if (connection.kind === 'admin-service') return { connection, stop: async () => Promise.resolve() };
  say('SIMULATED: a made-up site in this process. Nothing real is read or changed.');
  return serveOwnSite(environment);
}

function jsonText(result: JsonResult): string {
  return `${JSON.stringify(result, undefined, 2)}\n`;
}
