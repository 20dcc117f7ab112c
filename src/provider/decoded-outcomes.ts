import { DiagnosedError } from '../diagnosis/diagnosis.js';
import type { Instance } from './instance.js';
import type { Operation, Outcome } from './port.js';

/** Decodes what a connection was given, each result by its own operation. Throws only what is a defect of a decoder. */
export function decodedOutcomes(
  operations: readonly Operation[],
  outcomes: readonly Outcome<unknown>[],
): readonly Outcome<unknown>[] {
  return outcomes.map((outcome, index) => {
    const operation = operations[index];
    return operation === undefined ? outcome : decodedOutcome(operation, outcome);
  });
}

function decodedOutcome(operation: Operation, outcome: Outcome<unknown>): Outcome<unknown> {
  if (outcome.state !== 'done') return outcome;
  try {
    return { state: 'done', result: decodedResult(operation, outcome.result) };
  } catch (error) {
    if (!(error instanceof DiagnosedError)) throw error;
    return { state: 'unreadable', diagnosis: error.diagnoses[0] };
  }
}

/** A connection gives instances to the operations that have a decoder, and has made the results of the others itself. */
function decodedResult(operation: Operation, result: unknown): unknown {
  switch (operation.verb) {
    case 'query':
      return (result as readonly Instance[]).map(operation.decode);
    case 'get':
    case 'create':
    case 'invoke':
      return operation.decode(result as Instance);
    case 'update':
    case 'change':
    case 'delete':
    case 'describe':
      return result;
  }
}
