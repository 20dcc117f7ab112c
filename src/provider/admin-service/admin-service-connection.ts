import type { Clock } from '../clock.js';
import type { Debug } from '../debug-line.js';
import { decodedOutcomes } from '../decoded-outcomes.js';
import { curlRemovals } from '../curl-removal.js';
import { ACCOUNT_OF_PROCESS, type AccountText } from '../denied-operation.js';
import type { ManualCommands, ManualRemoval } from '../manual-removal.js';
import {
  isConversed,
  type BatchOrder,
  type Operation,
  type Outcome,
  type Outcomes,
  type SmsProvider,
} from '../port.js';
import { powerShellRemovals } from '../powershell-removal.js';
import type { PrivateFolder } from '../private-folder.js';
import { delayBefore, type RetryNotice, type RetryPolicy } from '../retry-policy.js';
import { isJson } from './answer-body.js';
import { wordsOf } from './answer-diagnosis.js';
import type { CurlSettings } from './curl-configuration.js';
import { CURL, runCurl, type Curl } from './curl-process.js';
import { isSuccess, UNAUTHORIZED, type HttpAnswer, type HttpRequest } from './http-exchange.js';
import { noteRows, type Dialogue, type DialogueContext } from './dialogue.js';
import { examineLogin } from './login-examination.js';
import { converse } from './operation-dialogue.js';
import type { ServiceAddress } from './service-address.js';
import { requestFor, singleOutcome } from './single-request.js';

export interface AdminServiceOptions {
  readonly address: ServiceAddress;
  /** Absolute path. */
  readonly curlExecutable: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly settings: CurlSettings;
  readonly folder: PrivateFolder;
  readonly retry: RetryPolicy;
  readonly clock: Clock;
  /** From 0 up to 1, for the jitter of retries. */
  readonly random: () => number;
  readonly onRetry: (notice: RetryNotice) => void;
  readonly debug?: Debug | undefined;
  /** Who a login without a token is of, for people; undefined where that is not known. */
  readonly account?: AccountText | undefined;
}

/** The SMS Provider through its administration service: OData over HTTPS, spoken by curl. */
export class AdminServiceConnection implements SmsProvider {
  /** Requests go out at once, and filters find a new object only after a while. */
  readonly readsOwnWrites = false;
  readonly #options: AdminServiceOptions;
  readonly #curl: Curl;
  readonly #context: DialogueContext;

  constructor(options: AdminServiceOptions) {
    this.#options = options;
    this.#curl = {
      executable: options.curlExecutable,
      environment: options.environment,
      folder: options.folder.path,
      settings: options.settings,
      debug: options.debug,
    };
    this.#context = {
      address: options.address,
      login: options.settings.login.kind,
      account:
        options.settings.login.kind === 'token'
          ? 'the user of the token'
          : (options.account ?? ACCOUNT_OF_PROCESS),
      filterLengths: new Map(),
      mostRows: 0,
      wasAccepted: false,
      examination: undefined,
      metadata: undefined,
    };
  }

  async run<const Batch extends readonly Operation[]>(
    operations: Batch,
    order: BatchOrder,
    cancelled: AbortSignal,
  ): Promise<Outcomes<Batch>> {
    const outcomes =
      order === 'in-order'
        ? await this.#runInOrder(operations, cancelled)
        : await this.#runAtOnce(operations, cancelled);
    // Each outcome was made for the operation at its place.
    return decodedOutcomes(operations, outcomes) as Outcomes<Batch>;
  }

  removalCommands(removals: readonly ManualRemoval[], siteCode: string): readonly ManualCommands[] {
    const { address, settings } = this.#options;
    const { login, caCertificate, platform } = settings;
    const isByToken = login.kind === 'token';
    // The service may be published under another name than that of the provider, so PowerShell runs on the provider itself.
    const provider = { computer: '', protocol: 'wsman', namespace: `root\\SMS\\site_${siteCode}` } as const;
    return [
      powerShellRemovals(provider, removals),
      curlRemovals({ address, isByToken, caCertificate, platform }, removals),
    ].filter((commands) => commands !== undefined);
  }

  async close(): Promise<void> {
    await this.#options.folder.remove();
  }

  /** Lets all operations talk at once: whatever they want to send next goes out in one curl process. */
  async #runAtOnce(
    operations: readonly Operation[],
    cancelled: AbortSignal,
  ): Promise<readonly Outcome<unknown>[]> {
    const outcomes: Outcome<unknown>[] = [];
    let talking: Turn[] = [];
    const note = (
      place: number,
      dialogue: Dialogue,
      step: IteratorResult<readonly HttpRequest[], Outcome<unknown>>,
    ): void => {
      if (step.done === true) outcomes[place] = step.value;
      else talking.push({ place, dialogue, requests: step.value });
    };
    for (const [place, operation] of operations.entries()) {
      const dialogue = converse(operation, this.#context);
      note(place, dialogue, dialogue.next());
    }
    while (talking.length > 0) {
      const turns = talking;
      talking = [];
      const answers = await this.#exchange(
        turns.flatMap(({ requests }) => requests),
        'unordered',
        cancelled,
      );
      // Before any of them goes on: what one list shows of the service spares the others a question.
      noteRows(answers, this.#context);
      let first = 0;
      for (const { place, dialogue, requests } of turns) {
        note(place, dialogue, dialogue.next(answers.slice(first, first + requests.length)));
        first += requests.length;
      }
    }
    return outcomes;
  }

  async #runInOrder(
    operations: readonly Operation[],
    cancelled: AbortSignal,
  ): Promise<readonly Outcome<unknown>[]> {
    const singles = operations.map((operation) => {
      if (isConversed(operation)) {
        throw new TypeError(`A batch in order cannot hold a ${operation.verb}.`);
      }
      return operation;
    });
    const requests = singles.map((operation) => requestFor(operation, this.#context.address));
    const answers = await this.#exchange(requests, 'in-order', cancelled);
    return singles.map((operation, place) =>
      singleOutcome(operation, answers[place] ?? { kind: 'not-attempted' }, this.#context),
    );
  }

  /** Sends requests, repeats what may be repeated, and returns the last answer to each. */
  async #exchange(
    requests: readonly HttpRequest[],
    order: BatchOrder,
    cancelled: AbortSignal,
  ): Promise<readonly HttpAnswer[]> {
    const { retry, clock, random, onRetry } = this.#options;
    const answers = requests.map((): HttpAnswer => ({ kind: 'not-attempted' }));
    let pending = requests.map((request, place) => ({ request, place }));

    for (let attempt = 1; ; attempt++) {
      const received = cancelled.aborted
        ? pending.map((): HttpAnswer => CANCELLED_BEFORE_SENDING)
        : await runCurl(
            this.#curl,
            pending.map(({ request }) => request),
            order,
            cancelled,
          );
      for (const [index, { place }] of pending.entries())
        answers[place] = received[index] ?? { kind: 'not-attempted' };

      const failedAt = pending.findIndex(({ request, place }) => mayRepeat(request, answers[place]));
      const failed = pending[failedAt];
      if (failed === undefined || attempt === retry.attempts || cancelled.aborted) {
        await this.#noteLogins(answers, cancelled);
        return answers;
      }
      // In order, what follows the one that failed was not attempted and comes again after it.
      pending =
        order === 'in-order'
          ? pending.slice(failedAt)
          : pending.filter(({ request, place }) => mayRepeat(request, answers[place]));

      const delayMilliseconds = delayBefore(attempt + 1, retry, random);
      onRetry({
        label:
          pending.length > 1 && order === 'unordered'
            ? `${failed.request.label} and ${pending.length - 1} more`
            : failed.request.label,
        why: reasonOf(answers[failed.place]),
        attempt: attempt + 1,
        attempts: retry.attempts,
        delayMilliseconds,
      });
      await clock.sleep(delayMilliseconds, cancelled);
    }
  }

  /** Once in the life of a connection, asks curl why a login was refused: by itself it does not say. */
  async #noteLogins(answers: readonly HttpAnswer[], cancelled: AbortSignal): Promise<void> {
    const context = this.#context;
    context.wasAccepted ||= answers.some(isSuccess);
    const isRefused = answers.some((answer) => answer.kind === 'answered' && answer.status === UNAUTHORIZED);
    if (!isRefused || context.login !== 'integrated' || cancelled.aborted) return;
    context.examination ??= await examineLogin(this.#curl, context.address, cancelled);
  }
}

interface Turn {
  readonly place: number;
  readonly dialogue: Dialogue;
  readonly requests: readonly HttpRequest[];
}

const CANCELLED_BEFORE_SENDING: HttpAnswer = {
  kind: 'no-answer',
  sent: false,
  curlCode: undefined,
  words: '',
  because: 'cancelled',
};

/** Statuses of a service that is overloaded, restarting or behind a gateway that gave up. */
const TRANSIENT_STATUSES = [408, 429, 500, 502, 503, 504];
const NEVER_TRANSIENT_CODES: readonly number[] = [CURL.untrustedCertificate, CURL.badCaFile];

function mayRepeat(request: HttpRequest, answer: HttpAnswer | undefined): boolean {
  if (answer === undefined || answer.kind === 'not-attempted' || request.isSentOnce === true) return false;
  if (answer.kind === 'answered') {
    // 429 says by itself that nothing was done.
    if (request.effect !== 'read') return answer.status === 429;
    return TRANSIENT_STATUSES.includes(answer.status) || (isSuccess(answer) && isTorn(request, answer.body));
  }
  const isTransient = answer.because === 'deadline' || answer.because === 'transfer';
  if (!isTransient || (answer.curlCode !== undefined && NEVER_TRANSIENT_CODES.includes(answer.curlCode)))
    return false;
  return request.effect === 'read' || !answer.sent;
}

/** `$metadata` is the one answer that is XML. */
function isTorn(request: HttpRequest, body: string): boolean {
  return request.url.endsWith('/$metadata') ? !body.trimEnd().endsWith('>') : !isJson(body);
}

function reasonOf(answer: HttpAnswer | undefined): string {
  if (answer === undefined) return '';
  const words = wordsOf(answer);
  if (answer.kind === 'answered') return `answer ${answer.status}${words === '' ? '' : `, ${words}`}`;
  return words === '' ? 'no answer' : words;
}
