import type { AccountText } from '../denied-operation.js';
import type { Outcome } from '../port.js';
import type { HttpAnswer, HttpRequest } from './http-exchange.js';
import type { LoginExamination } from './login-examination.js';
import type { LoginKind, ServiceAddress } from './service-address.js';
import { pageOf } from './answer-body.js';

/**
 * One operation as a conversation with the site: yields the requests that can go out together, is given their
 * answers in the same order, and returns the outcome. The connection sends those of all operations of a batch
 * in one curl process.
 */
export type Dialogue = Generator<readonly HttpRequest[], Outcome<unknown>, readonly HttpAnswer[]>;

/** What a connection knows, and what its dialogues learn for those after them. */
export interface DialogueContext {
  readonly address: ServiceAddress;
  readonly login: LoginKind;
  /** Who it is of, for people. */
  readonly account: AccountText;
  /** How many comparisons a filter on a class may have; halved where a site refuses a long filter. */
  readonly filterLengths: Map<string, number>;
  /** The most rows that this service has put into one response: it may cut a list that has as many, without a word. */
  mostRows: number;
  /** Whether the site took the login of any request so far. */
  wasAccepted: boolean;
  /** What was found out about the first login that was refused. */
  examination: LoginExamination | undefined;
  /** `$metadata`, several megabytes on a real site, once it was fetched. */
  metadata: string | undefined;
}

/** Learns from responses how many rows this service puts into one. */
export function noteRows(answers: readonly HttpAnswer[], context: DialogueContext): void {
  for (const answer of answers)
    context.mostRows = Math.max(context.mostRows, pageOf(answer)?.rows.length ?? 0);
}
