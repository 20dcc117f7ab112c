import type { InputDefinition } from './input-definition.js';

/** A value that a person can copy. Undefined for a secret: its place is never in a file. */
export function exampleOf({ kind, example }: InputDefinition): string | undefined {
  switch (kind.is) {
    case 'boolean':
      return 'true';
    case 'choice':
      return kind.of[0];
    case 'secret':
      return undefined;
    case 'text':
    case 'list':
      return example;
  }
}
