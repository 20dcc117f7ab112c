import type { Instance } from '../instance.js';
import { nameOperation, type ConversedOperation, type Operation, type Outcome } from '../port.js';
import type { TypedProperties } from '../cim-value.js';
import { readEntity, readObject } from './answer-body.js';
import type { DialogueContext } from './dialogue.js';
import { isSuccess, type HttpAnswer, type HttpRequest } from './http-exchange.js';
import { jsonProperties } from './json-values.js';
import { keySegment } from './odata-literal.js';
import { unreadable, withoutSuccess } from './refused-operation.js';
import type { ServiceAddress } from './service-address.js';

/** An operation that is one request. */
export type SingleRequestOperation = Exclude<Operation, ConversedOperation>;

/** The one request of an operation that needs no more. */
export function requestFor(operation: SingleRequestOperation, address: ServiceAddress): HttpRequest {
  const url = `${address}/wmi/${operation.class}`;
  const label = nameOperation(operation);
  switch (operation.verb) {
    case 'get':
      return { method: 'GET', url: url + keySegment(operation.key), body: undefined, label, effect: 'read' };
    case 'create': {
      const effect = operation.keyFrom === 'site' ? 'write-once' : 'write';
      return { method: 'POST', url, body: jsonBody(operation.properties), label, effect };
    }
    case 'update': {
      const body = jsonBody({ ...operation.key, ...operation.properties });
      return { method: 'PUT', url: url + keySegment(operation.key), body, label, effect: 'write' };
    }
    case 'delete':
      return {
        method: 'DELETE',
        url: url + keySegment(operation.key),
        body: undefined,
        label,
        effect: 'write',
      };
    case 'invoke': {
      // A method without parameters needs `{}`: without a body the answer is 411.
      const body = jsonBody(operation.arguments);
      return { method: 'POST', url: `${url}.${operation.method}`, body, label, effect: 'write' };
    }
  }
}

function jsonBody(properties: TypedProperties): string {
  return JSON.stringify(jsonProperties(properties));
}

/** What the response to that request means. */
export function singleOutcome(
  operation: SingleRequestOperation,
  answer: HttpAnswer,
  context: DialogueContext,
): Outcome<Instance | undefined> {
  if (!isSuccess(answer)) return withoutSuccess(answer, operation, context);
  switch (operation.verb) {
    case 'get': {
      const object = readObject(answer.body, Object.keys(operation.key));
      if (object !== undefined) return { state: 'done', result: object };
      return { state: 'refused', diagnosis: unreadable(answer.body, operation, context) };
    }
    case 'create':
    case 'invoke': {
      const entity = readEntity(answer.body);
      // Something said yes, but hardly the administration service: whether the site did it has to be looked up.
      if (entity === undefined)
        return { state: 'unknown', diagnosis: unreadable(answer.body, operation, context) };
      return { state: 'done', result: entity };
    }
    case 'update':
    case 'delete':
      if (readEntity(answer.body) === undefined) {
        return { state: 'unknown', diagnosis: unreadable(answer.body, operation, context) };
      }
      return { state: 'done', result: undefined };
  }
}
