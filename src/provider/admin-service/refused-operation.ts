import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import { inputSetTo } from '../../diagnosis/input-mention.js';
import { rightFor } from '../denied-operation.js';
import { nameOperation, type Operation, type Outcome, type Query } from '../port.js';
import { diagnose, siteWords } from './answer-diagnosis.js';
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
  const diagnosis = isSuccess(answer)
    ? unreadable(answer.body, operation, context)
    : diagnosisOf(answer, operation, context);
  if (operation.verb === 'query' || operation.verb === 'get' || operation.verb === 'describe') {
    return { state: 'refused', diagnosis };
  }
  switch (answer.kind) {
    case 'not-attempted':
      return { state: 'not-attempted', diagnosis: undefined };
    case 'no-answer':
      return answer.sent ? { state: 'unknown', diagnosis } : { state: 'not-attempted', diagnosis };
    case 'answered':
      // A server that failed, or a gateway that gave up on it, does not say whether the provider did what it was asked.
      return answer.status >= 500 || answer.status === REQUEST_TIMEOUT
        ? { state: 'unknown', diagnosis }
        : { state: 'refused', diagnosis };
  }
}

function diagnosisOf(answer: HttpAnswer, operation: Operation, context: DialogueContext): Diagnosis {
  return diagnose(answer, {
    ...context,
    operation: capitalised(nameOperation(operation)),
    denied: { account: context.account, right: rightFor(operation) },
  });
}

/** For a response that is no answer to the operation. */
export function unreadable(body: string, operation: Operation, context: DialogueContext): Diagnosis {
  const name = nameOperation(operation);
  const words = siteWords(body).slice(0, 200);
  const what = `${capitalised(name)}: ${context.address} answered what cannot be read${words === '' ? '' : `: ${words}`}.`;
  return notTheService(what, { ...context, operation: name });
}

/** For arrays that a change was to empty, and that still have elements afterwards. */
export function notEmptied(
  properties: readonly string[],
  operation: Operation,
  { address }: DialogueContext,
): Diagnosis {
  return {
    code: 'OS210',
    what: `${capitalised(nameOperation(operation))}: ${address} kept the elements of ${properties.join(', ')}.`,
    cause:
      'The administration service takes no empty array. The property was left out, and this site keeps what is left out.',
    next: `Empty it in the console, or use ${inputSetTo('connection', 'wmi')}.`,
  };
}

/** For an object that cannot be written back, because of numbers that would come back as others. */
export function notExact(
  properties: readonly string[],
  operation: Operation,
  { address }: DialogueContext,
): Diagnosis {
  return {
    code: 'OS210',
    what: `${capitalised(nameOperation(operation))}: ${address} gave a number in ${properties.join(', ')} that is too large to be written back exactly.`,
    cause:
      'A change sends back the other properties of the object. This number has more digits than JSON keeps here.',
    next: `Nothing was written. Report it with the version of the site, or use ${inputSetTo('connection', 'wmi')}.`,
  };
}

/** For a next page that is not of this service. */
export function strangeNextLink(link: string, operation: Query, context: DialogueContext): Diagnosis {
  const name = nameOperation(operation);
  const shown = link.slice(0, 200);
  const what = `${capitalised(name)}: the answer sends us on to ${shown}, which is not under ${context.address}; not followed.`;
  return notTheService(what, { ...context, operation: name });
}

/** For pages that lead nowhere. */
export function endlessPages(operation: Query, context: DialogueContext): Diagnosis {
  const name = nameOperation(operation);
  const what = `${capitalised(name)}: ${context.address} sends page after page without an end.`;
  return notTheService(what, { ...context, operation: name });
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
