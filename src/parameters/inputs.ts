import { shown, type InputErrors } from './input-errors.js';
import { INPUTS, type ConnectionKind, type InputName, type InputTexts } from './input-table.js';

/** How a host takes inputs. */
export interface InputHost {
  /** Where it puts an input, for messages: `--site-code` on a command line. */
  readonly spell: (name: InputName) => string;
  readonly connections: readonly ConnectionKind[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The texts of the inputs, read one by one; what is wrong with one goes to the errors. */
export class Inputs {
  readonly #texts: InputTexts;
  readonly host: InputHost;
  readonly errors: InputErrors;

  constructor(texts: InputTexts, host: InputHost, errors: InputErrors) {
    this.#texts = texts;
    this.host = host;
    this.errors = errors;
  }

  spell(name: InputName): string {
    return this.host.spell(name);
  }

  /** Without the white space around it; undefined when not given and without a default. */
  text(name: InputName): string | undefined {
    const given = this.#texts[name]?.trim() ?? '';
    if (given !== '') return given;
    const definition = INPUTS.find((input) => input.name === name);
    if (definition?.required === true) {
      return this.errors.add(
        'OS101',
        `${this.spell(name)} is missing.`,
        'The input is required.',
        definition.help,
      );
    }
    return definition?.default;
  }

  /** Whether somebody chose a value: a form sends the defaults of the inputs that it hides, too. */
  isChosen(name: InputName): boolean {
    const given = this.#texts[name]?.trim() ?? '';
    return given !== '' && given !== INPUTS.find((input) => input.name === name)?.default;
  }

  /** White space around a secret may belong to it. */
  secret(name: InputName): string | undefined {
    const given = withoutLineEnd(this.#texts[name] ?? '');
    return given.trim() === '' ? undefined : given;
  }

  choice<Value extends string>(name: InputName, values: readonly Value[]): Value | undefined {
    const given = this.text(name);
    if (given === undefined) return undefined;
    const allowed = values.join(', ');
    return (
      values.find((value) => value === given) ??
      this.errors.add(
        'OS102',
        `${this.spell(name)} is ${shown(given)}.`,
        `Allowed is one of: ${allowed}.`,
        'Give one of them, in this spelling.',
      )
    );
  }

  boolean(name: InputName): boolean | undefined {
    const given = this.text(name);
    if (given === undefined) return undefined;
    if (given === 'true' || given === 'false') return given === 'true';
    return this.errors.add(
      'OS103',
      `${this.spell(name)} is ${shown(given)}.`,
      'Allowed is true or false, in lower case.',
      'Give one of the two. A boolean parameter of Azure Pipelines reads True or False: write ${{ lower(parameters.name) }}.',
    );
  }

  /** The values of a list: one value a line or, in a single line, a comma between. Each once; none when not given. */
  list(name: InputName): readonly string[] {
    const given = this.text(name);
    if (given === undefined) return [];
    // With a line end, be it the last character, commas belong to the values.
    const separator = /[\r\n]/.test(this.#texts[name] ?? '') ? /[\r\n]+/ : ',';
    const values = given
      .split(separator)
      .map((value) => value.trim())
      .filter((value) => value !== '');
    if (values.length === 0) {
      this.errors.add(
        'OS106',
        `${this.spell(name)} names nothing: ${shown(given)}.`,
        'There are commas, and no value between them.',
        'Give one value a line or, in a single line, a comma between.',
      );
    }
    return [...new Set(values)];
  }
}

/** A line end after a secret comes from the file or the pipe that it was taken from. */
export function withoutLineEnd(text: string): string {
  let end = text.length;
  while (end > 0 && '\r\n'.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
