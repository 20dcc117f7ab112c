import type { InputHost } from '../../parameters/inputs.js';
import { readInputs } from '../../parameters/read-inputs.js';
import { CONNECTIONS } from '../../parameters/input-table.js';
import type { ConnectionRequest } from '../../parameters/step-request.js';
import { jsonFailure, jsonResult, type JsonResult } from '../../report/json-result.js';
import { entriesOf } from '../../report/log-lines.js';
import { harmlessJson, neutralText } from '../../report/neutral-text.js';
import { diagnosisLines, resultLines } from '../../report/result-lines.js';
import { maskFor, secretsOf } from '../../report/secret-mask.js';
import { reachDirectly, runStep, type ReachedSite, type StepEnd } from '../run-step.js';
import { readServiceArguments, spellInput } from './arguments.js';
import { serveOwnSite } from './own-site.js';

/** What the command does to the world outside. */
export interface CommandSurroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly listenForCancel: () => AbortSignal;
}

const COMMAND_LINE: InputHost = { spell: spellInput, connections: CONNECTIONS, now: Date.now };

const EXIT_CODE: Readonly<Record<StepEnd['kind'], number>> = { done: 0, failed: 1, 'wrong-inputs': 2 };

/** Runs `service` and returns the exit code: 0 done, 1 failed, 2 wrong inputs. */
export async function serviceCommand(
  args: readonly string[],
  { environment, stdout, stderr, listenForCancel }: CommandSurroundings,
): Promise<number> {
  const { texts, errors, json } = readServiceArguments(args, environment);
  const mask = maskFor(secretsOf(texts));
  const harmless = (line: string): string => `${mask(neutralText(line))}\n`;
  const say = (line: string): void => {
    (json ? stderr : stdout)(harmless(line));
  };
  const reach = async (connection: ConnectionRequest): Promise<ReachedSite> => {
    if (connection.kind !== 'simulator') return reachDirectly(connection);
    say('SIMULATED: a made-up site in this process. Nothing real is read or changed.');
    return serveOwnSite(environment);
  };

  const end = await runStep(() => readInputs(texts, COMMAND_LINE, errors), {
    environment,
    listenForCancel,
    reach,
    tell: (progress) => {
      for (const { line, details } of entriesOf(progress))
        [line, ...details.map((each) => `  ${each}`)].forEach(say);
    },
  });
  if (end.kind === 'done') resultLines(end.result).forEach(say);
  else for (const line of end.errors.flatMap(diagnosisLines)) stderr(harmless(line));
  if (json) stdout(mask(jsonText(end.kind === 'done' ? jsonResult(end.result) : jsonFailure(end.errors))));
  return EXIT_CODE[end.kind];
}

function jsonText(result: JsonResult): string {
  return `${harmlessJson(JSON.stringify(result, undefined, 2))}\n`;
}
