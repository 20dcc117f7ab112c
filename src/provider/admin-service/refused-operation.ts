import { nameOperation, type Operation, type Outcome, type Query, type Refusal } from '../port.js';
import { diagnose, siteWords, wordsOf } from './answer-diagnosis.js';
import type { DialogueContext } from './dialogue.js';
import { notTheService } from './unexpected-response.js';
import { isSuccess, type HttpAnswer } from './http-exchange.js';

/** A gateway may answer so although the request had reached the provider. */
const REQUEST_TIMEOUT = 408;

/** The outcome of an operation whose answer is not a success. */
export function withoutSuccess(
  answer: HttpAnswer,
  operation: Operation,
  context: DialogueContext,
): Outcome<never> {
  // An answer that was a success and got here could not be read.
  const refusal = isSuccess(answer)
    ? unreadable(answer.body, operation, context)
    : refusalOf(answer, operation, context);
  if (operation.verb === 'query' || operation.verb === 'get' || operation.verb === 'describe') {
    return { state: 'refused', refusal };
  }
  switch (answer.kind) {
    case 'not-attempted':
      return { state: 'not-attempted', refusal: undefined };
    case 'no-answer':
      return answer.sent ? { state: 'unknown', refusal } : { state: 'not-attempted', refusal };
    case 'answered':
      // A server that failed, or a gateway that gave up on it, does not say whether the provider did what it was asked.
      return answer.status >= 500 || answer.status === REQUEST_TIMEOUT
        ? { state: 'unknown', refusal }
        : { state: 'refused', refusal };
  }
}

function refusalOf(answer: HttpAnswer, operation: Operation, context: DialogueContext): Refusal {
  const name = nameOperation(operation);
  const diagnosis = diagnose(answer, { ...context, operation: capitalised(name) });
  return { operation: name, words: wordsOf(answer), diagnosis };
}

/** For a response that is no answer to the operation. */
export function unreadable(body: string, operation: Operation, context: DialogueContext): Refusal {
  const name = nameOperation(operation);
  const words = siteWords(body).slice(0, 200);
  const what = `${capitalised(name)}: ${context.address} answered what cannot be read${words === '' ? '' : `: ${words}`}.`;
  return { operation: name, words, diagnosis: notTheService(what, { ...context, operation: name }) };
}

/** For a next page that is not of this service. */
export function strangeNextLink(link: string, operation: Query, context: DialogueContext): Refusal {
  const name = nameOperation(operation);
  const shown = link.slice(0, 200);
  const what = `${capitalised(name)}: the answer sends us on to ${shown}, which is not under ${context.address}; not followed.`;
  return { operation: name, words: shown, diagnosis: notTheService(what, { ...context, operation: name }) };
}

/** For pages that lead nowhere. */
export function endlessPages(operation: Query, context: DialogueContext): Refusal {
  const name = nameOperation(operation);
  const what = `${capitalised(name)}: ${context.address} sends page after page without an end.`;
  return { operation: name, words: '', diagnosis: notTheService(what, { ...context, operation: name }) };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
