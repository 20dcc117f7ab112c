import { nameOperation, type Operation } from '../port.js';
import { changeObject } from './change-dialogue.js';
import type { Dialogue, DialogueContext } from './dialogue.js';
import { isSuccess } from './http-exchange.js';
import { findClass } from './metadata-document.js';
import { queryRows } from './query-dialogue.js';
import { unreadable, withoutSuccess } from './refused-operation.js';
import { requestFor, singleOutcome, type SingleRequestOperation } from './single-request.js';

/** The conversation of an operation. */
export function converse(operation: Operation, context: DialogueContext): Dialogue {
  switch (operation.verb) {
    case 'query':
      return queryRows(operation, context);
    case 'change':
      return changeObject(operation, context);
    case 'describe':
      return describe(operation, context);
    case 'get':
    case 'create':
    case 'update':
    case 'delete':
    case 'invoke':
      return single(operation, context);
  }
}

function* single(operation: SingleRequestOperation, context: DialogueContext): Dialogue {
  const [answer] = yield [requestFor(operation, context.address)];
  return singleOutcome(operation, answer ?? { kind: 'not-attempted' }, context);
}

function* describe(operation: Operation & { verb: 'describe' }, context: DialogueContext): Dialogue {
  if (context.metadata === undefined) {
    const url = `${context.address}/wmi/$metadata`;
    const label = nameOperation(operation);
    const [answer] = yield [{ method: 'GET', url, body: undefined, label, effect: 'read' }];
    if (answer === undefined || !isSuccess(answer)) {
      return withoutSuccess(answer ?? { kind: 'not-attempted' }, operation, context);
    }
    context.metadata = answer.body;
  }
  try {
    return { state: 'done', result: findClass(context.metadata, operation.class) };
  } catch {
    return { state: 'refused', diagnosis: unreadable(context.metadata, operation, context) };
  }
}
