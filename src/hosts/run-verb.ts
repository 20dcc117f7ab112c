import { randomBytes } from 'node:crypto';

import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { InputErrors } from '../parameters/input-errors.js';
import { Inputs, type InputHost } from '../parameters/inputs.js';
import type { InputTexts } from '../parameters/input-definition.js';
import { event, type RunEvent } from '../report/run-event.js';
import type { HostKind, RunView, Verb } from '../verbs/verb.js';
import type { Cancelling, EndedBy } from './cancel-on-signal.js';
import { stopWhenLinesAreLost } from './standard-streams.js';
import { everyHalfMinute, SYSTEM_TICKS, type PhaseWatch } from './phase-watch.js';
import type { SiteReach } from './with-site.js';

/** What a host gives a verb to run in. */
export interface VerbHost extends InputHost, Pick<SiteReach, 'environment' | 'reach'> {
  readonly host: HostKind;
  /** Called once the inputs are good. Before that nothing has begun, and a signal may end the process as it likes. */
  readonly listenForCancel: () => Cancelling;
  readonly endedBy: EndedBy;
  /** Whether the host's own debug output is switched on. */
  readonly isDebugging: boolean;
  readonly tell: (event: RunEvent) => void;
  /** Only a terminal has another way than a line each half minute. */
  readonly watchPhases?: PhaseWatch | undefined;
}

/** How a verb ended, and how it was ended from outside; undefined where it did not come as far as to begin. */
export interface VerbEnd {
  readonly view: RunView;
  readonly cancelling: Cancelling | undefined;
}

/** What every host does between reading texts and publishing a result. `wrongBefore`: what the host found wrong itself. */
export async function runVerb(
  verb: Verb,
  texts: InputTexts,
  host: VerbHost,
  wrongBefore: readonly Diagnosis[] = [],
): Promise<VerbEnd> {
  const inputs = new Inputs(verb.inputs, texts, host, new InputErrors(wrongBefore));
  const prepared = verb.prepare(inputs, host);
  if (prepared.kind === 'wrong-inputs') return { view: prepared.view, cancelling: undefined };

  const writing = { hasBegunToWrite: false };
  const byHost = host.listenForCancel();
  const cancelling = { ...byHost, requested: stopWhenLinesAreLost(byHost.requested, writing) };
  const debug = host.isDebugging ? (line: string): void => host.tell(event('debug', line)) : undefined;
  // Loaded only now, like the verb's own run: the connections would double the time until a wrong input is told.
  const { withSite } = await import(/* webpackMode: "eager" */ './with-site.js');
  const { environment, endedBy, reach, tell } = host;
  const phases = host.watchPhases ?? everyHalfMinute((line) => host.tell(event('info', line)), SYSTEM_TICKS);
  const running = prepared.run({
    mark: randomBytes(6).toString('hex'),
    random: Math.random,
    tell,
    enterPhase: phases.enter,
    beginToWrite: () => {
      writing.hasBegunToWrite = true;
    },
    withSite: withSite({ environment, cancelling, endedBy, debug, ...(reach && { reach }) }),
  });
  const view = await running.finally(phases.end);
  return { view, cancelling };
}

/** The words of whatever was thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
