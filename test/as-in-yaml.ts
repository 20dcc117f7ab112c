import { spelledFor } from '../src/diagnosis/input-mention.js';

/** A text with the inputs that it names spelled as GitHub has them. */
export function asInYaml(text: string): string {
  return spelledFor({ spell: (name) => name, writtenIn: 'yaml' }, text);
}
