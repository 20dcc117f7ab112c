import type { Clock } from '../clock.js';
import type { Debug } from '../debug-line.js';
import { decodedOutcomes } from '../decoded-outcomes.js';
import { longestListOf, splitConditions, termsOf } from '../conditions.js';
import { curlRemovals } from '../curl-removal.js';
import { ACCOUNT_OF_PROCESS, rightFor, type AccountText } from '../denied-operation.js';
import type { ManualCommands, ManualRemoval } from '../manual-removal.js';
import {
  isConversed,
  nameOperation,
  type BatchOrder,
  type Condition,
  type Operation,
  type Outcome,
  type Outcomes,
  type SmsProvider,
} from '../port.js';
import { powerShellRemovals } from '../powershell-removal.js';
import type { PrivateFolder } from '../private-folder.js';
import { delayBefore, type RetryNotice, type RetryPolicy } from '../retry-policy.js';
import type { BatchLine } from './batch-lines.js';
import type { CimProtocol, Credential, ProviderPlace, ScriptOperation } from './batch-text.js';
import { isOfWsManagement, isTransient, kindOf, mayHaveTakenEffect } from './cim-failure.js';
import { wordsOfFailure, type FailureContext } from './failure-diagnosis.js';
import { capitalised, ended, outcomeOf } from './operation-outcome.js';
import { runScript, type PowerShell, type ScriptRun } from './powershell-process.js';
import { diagnoseEnd } from './script-end.js';
import { canBeInQuery, FIRST_QUERY_TERMS, queryTexts } from './wql-query.js';

export interface WmiOptions {
  /** Absolute path of the PowerShell. */
  readonly executable: string;
  /** Absolute path of `sms-provider-batch.ps1`. */
  readonly scriptPath: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: PrivateFolder;
  readonly place: {
    /** Undefined: this machine. */
    readonly computer: string | undefined;
    /** `auto`: WS-Management, and DCOM where that is closed. */
    readonly protocol: 'auto' | CimProtocol;
    readonly siteCode: string | undefined;
    readonly credential: Credential | undefined;
  };
  /** Who the connection authenticates as without a credential, for people; undefined where that is not known. */
  readonly account?: AccountText | undefined;
  readonly limits: {
    /** For each call of the provider. */
    readonly operationSeconds: number;
    /** For each batch, beside its operations: PowerShell's own start and the way to the provider. */
    readonly startSeconds: number;
    readonly outputBytes: number;
  };
  readonly retry: RetryPolicy;
  readonly clock: Clock;
  /** From 0 up to 1, for the jitter of retries. */
  readonly random: () => number;
  readonly onRetry: (notice: RetryNotice) => void;
  readonly debug?: Debug | undefined;
}

/** What PowerShell counts to: no limit. */
const LARGEST_SINT32 = 2_147_483_647;

/** Hundreds of operations that all take their whole limit are a provider that hangs. */
const SECONDS_FOR_EACH_OPERATION = 2;

/** The SMS Provider over WMI: one run of a PowerShell script with the CIM cmdlets for each batch. */
export class WmiConnection implements SmsProvider {
  /** The script goes through its batch from the first operation to the last. */
  readonly readsOwnWrites = true;
  readonly #options: WmiOptions;
  readonly #powerShell: PowerShell;
  /** Learnt from the first batch, and then not asked for again. */
  #place: ProviderPlace;
  /** How many comparisons a query of a class may have; halved where a site finds a query too complex. */
  readonly #queryTerms = new Map<string, number>();

  constructor(options: WmiOptions) {
    this.#options = options;
    const { executable, scriptPath, environment, folder, place, limits } = options;
    this.#powerShell = {
      executable,
      scriptPath,
      environment,
      folder: folder.path,
      outputBytes: limits.outputBytes,
      debug: options.debug,
    };
    this.#place = {
      computer: place.computer ?? '',
      protocols: place.protocol === 'auto' ? ['wsman', 'dcom'] : [place.protocol],
      namespace: '',
    };
  }

  async run<const Batch extends readonly Operation[]>(
    operations: Batch,
    order: BatchOrder,
    cancelled: AbortSignal,
  ): Promise<Outcomes<Batch>> {
    const outcomes: Outcome<unknown>[] = [];
    let pending: readonly Pending[] = operations.map((operation, place) => {
      if (order === 'in-order' && isConversed(operation)) {
        throw new TypeError(`A batch in order cannot hold a ${operation.verb}.`);
      }
      return { place, operation };
    });
    for (let attempt = 1; pending.length > 0;) {
      const answers = await this.#runOnce(pending, order, cancelled);
      for (const { place, outcome } of answers) outcomes[place] = outcome;
      const tooComplex = answers.filter(({ again }) => again?.because === 'too-complex');
      const failed = answers.filter(({ again }) => again?.because === 'transient');
      pending = [...tooComplex, ...failed];
      const [first] = failed;
      if (first?.again === undefined) continue;
      if (attempt === this.#options.retry.attempts || cancelled.aborted) {
        pending = tooComplex;
        continue;
      }
      attempt += 1;
      await this.#pause(attempt, nameOperation(first.operation), first.again.why, failed.length, cancelled);
    }
    // Each outcome was made for the operation at its place.
    return decodedOutcomes(operations, outcomes) as Outcomes<Batch>;
  }

  removalCommands(removals: readonly ManualRemoval[], siteCode: string): readonly ManualCommands[] {
    const { computer, protocols, namespace } = this.#place;
    const [protocol = 'wsman'] = protocols;
    const place = { computer, protocol, namespace: namespace || `root\\SMS\\site_${siteCode}` };
    // Of a provider on this machine the name is not known under which its administration service would be found.
    const service =
      computer === ''
        ? undefined
        : curlRemovals(
            {
              address: `https://${computer}/AdminService`,
              isByToken: false,
              caCertificate: undefined,
              platform: process.platform,
            },
            removals,
          );
    return [powerShellRemovals(place, removals), service].filter((commands) => commands !== undefined);
  }

  async close(): Promise<void> {
    await this.#options.folder.remove();
  }

  async #runOnce(
    pending: readonly Pending[],
    order: BatchOrder,
    cancelled: AbortSignal,
  ): Promise<readonly Answered[]> {
    const { limits, place } = this.#options;
    const asked = pending.map((each) => ({ ...each, ...this.#forScript(each.operation) }));
    const calls = asked.reduce(
      (sum, { script }) => sum + (script.verb === 'query' ? script.texts.length : 1),
      0,
    );
    const batch = {
      operations: asked.map(({ script }) => script),
      order,
      place: this.#place,
      siteCode: place.siteCode ?? '',
      credential: place.credential,
      operationSeconds: limits.operationSeconds,
      batchSeconds: limits.startSeconds + limits.operationSeconds + calls * SECONDS_FOR_EACH_OPERATION,
    };
    const run: ScriptRun = cancelled.aborted
      ? NEVER_BEGUN
      : await runScript(this.#powerShell, batch, cancelled);
    this.#learn(run.lines);

    const lines = new Map(run.lines.flatMap((line) => ('number' in line ? [[line.number, line]] : [])));
    const hasPlace = run.lines.some(({ kind }) => kind === 'place');
    const silentFrom = asked.findIndex((_, number) => !lines.has(number));
    const hasEndedAtFailure =
      order === 'in-order' && [...lines.values()].some(({ kind }) => kind === 'failed');
    // In order, what follows the one that failed comes again after it.
    const [restAgain] = asked.flatMap(({ operation }, number) => {
      const line = lines.get(number);
      return line?.kind === 'failed' ? [againWithoutEffect(line, operation)] : [];
    });
    return asked.map(({ place: at, operation, forUs }, number) => {
      const context = this.#context(operation);
      const line = lines.get(number);
      if (line !== undefined) {
        const again = this.#again(line, operation, order);
        return { place: at, operation, outcome: outcomeOf(line, operation, forUs, context), again };
      }
      if (hasEndedAtFailure && run.end.ended === 'by-itself') {
        return {
          place: at,
          operation,
          outcome: { state: 'not-attempted', diagnosis: undefined },
          again: restAgain,
        };
      }
      const progress = hasPlace && number === silentFrom ? 'begun' : 'not-begun';
      const outcome = ended(operation, progress, diagnoseEnd(run, this.#powerShell.executable, context));
      return { place: at, operation, outcome, again: againAfter(run) };
    });
  }

  #forScript(operation: Operation): {
    readonly script: ScriptOperation;
    readonly forUs: readonly Condition[];
  } {
    if (operation.verb !== 'query') return { script: operation, forUs: [] };
    const { forSite, forUs } = splitConditions(operation.where, canBeInQuery);
    const properties = [...new Set([...operation.properties, ...forUs.map(({ property }) => property)])];
    const selected = [...new Set([...properties, ...operation.key])];
    const terms = this.#queryTerms.get(operation.class) ?? FIRST_QUERY_TERMS;
    const texts = queryTexts(operation, selected, forSite, terms);
    return {
      script: {
        verb: 'query',
        class: operation.class,
        texts,
        properties,
        lazyPropertiesBy: operation.withLazyProperties?.key ?? '',
        most: operation.rows?.kind === 'one-is-enough' && forUs.length === 0 ? 1 : LARGEST_SINT32,
      },
      forUs,
    };
  }

  /** Whether an operation that failed is worth another attempt. */
  #again(line: BatchLine, operation: Operation, order: BatchOrder): Again | undefined {
    if (line.kind !== 'failed') return undefined;
    const kind = kindOf(line.failure);
    const hasOtherWay = isOfWsManagement(kind) && this.#takeOtherProtocol();
    const withoutEffect = againWithoutEffect(line, operation);
    if (withoutEffect !== undefined || order === 'in-order') return withoutEffect;
    const why = wordsOfFailure(line.failure);
    if (operation.verb === 'query' && kind === 'query-too-complex') {
      const terms = Math.min(
        termsOf(operation.where),
        this.#queryTerms.get(operation.class) ?? FIRST_QUERY_TERMS,
      );
      if (longestListOf(operation.where) === 1 || terms <= operation.where.length) return undefined;
      this.#queryTerms.set(operation.class, Math.max(operation.where.length, Math.floor(terms / 2)));
      return { because: 'too-complex', why };
    }
    const isRead = operation.verb === 'query' || operation.verb === 'get' || operation.verb === 'describe';
    return isRead && (isTransient(kind) || hasOtherWay) ? { because: 'transient', why } : undefined;
  }

  /** Puts DCOM before WS-Management for the batches that come, where the choice is free. */
  #takeOtherProtocol(): boolean {
    const { computer, protocols } = this.#place;
    if (computer === '' || this.#options.place.protocol !== 'auto') return false;
    const isNew = protocols[0] !== 'dcom';
    this.#place = { ...this.#place, protocols: ['dcom', 'wsman'] };
    return isNew;
  }

  #learn(lines: readonly BatchLine[]): void {
    for (const line of lines) {
      if (line.kind !== 'place') continue;
      const { computer, namespace } = line;
      const worked = (['wsman', 'dcom'] as const).filter((protocol) => protocol === line.protocol);
      const others = this.#place.protocols.filter((protocol) => protocol !== line.protocol);
      this.#place = { computer, namespace, protocols: worked.length === 0 ? [] : [...worked, ...others] };
    }
  }

  #context(operation: Operation): FailureContext {
    const { place, account } = this.#options;
    return {
      operation: capitalised(nameOperation(operation)),
      computer: this.#place.computer,
      during: 'operation',
      operationSeconds: this.#options.limits.operationSeconds,
      denied: {
        account: place.credential?.user ?? account ?? ACCOUNT_OF_PROCESS,
        right: rightFor(operation),
      },
    };
  }

  async #pause(
    attempt: number,
    label: string,
    why: string,
    operations: number,
    cancelled: AbortSignal,
  ): Promise<void> {
    const { retry, clock, random, onRetry } = this.#options;
    const delayMilliseconds = delayBefore(attempt, retry, random);
    onRetry({
      label: operations > 1 ? `${label} and ${operations - 1} more` : label,
      why,
      attempt,
      attempts: retry.attempts,
      delayMilliseconds,
    });
    await clock.sleep(delayMilliseconds, cancelled);
  }
}

interface Pending {
  readonly place: number;
  readonly operation: Operation;
}

interface Again {
  readonly because: 'too-complex' | 'transient';
  readonly why: string;
}

interface Answered extends Pending {
  readonly outcome: Outcome<unknown>;
  readonly again: Again | undefined;
}

const NEVER_BEGUN: ScriptRun = {
  lines: [],
  end: { ended: 'killed', why: 'cancelled', stderr: '' },
  outOfTime: false,
};

/** A failure that says by itself that nothing was done and that this will pass: whatever was asked may be sent again. */
function againWithoutEffect(
  { failure }: BatchLine & { kind: 'failed' },
  { verb }: Operation,
): Again | undefined {
  if (kindOf(failure) !== 'ws-man-busy' || mayHaveTakenEffect(failure, verb)) return undefined;
  return { because: 'transient', why: wordsOfFailure(failure) };
}

/** A script that did not get as far as the provider has done nothing, so that even writes may be sent again. */
function againAfter(run: ScriptRun): Again | undefined {
  const stopped = run.lines.find((line) => line.kind === 'stopped');
  if (stopped?.why !== 'connect' || !isTransient(kindOf(stopped.failure))) return undefined;
  return { because: 'transient', why: wordsOfFailure(stopped.failure) };
}
