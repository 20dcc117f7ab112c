import { shown, type InputErrors } from './input-errors.js';
import { INPUTS, type ConnectionKind, type InputName, type InputTexts } from './input-table.js';

/** How a host takes inputs. */
export interface InputHost {
  /** Where it puts an input, for messages: `--site-code` on a command line. */
  readonly spell: (name: InputName) => string;
  readonly connections: readonly ConnectionKind[];
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

  /** The one value of a list: one value a line or, in a single line, a comma between. */
  one(name: InputName): string | undefined {
    const given = this.text(name);
    if (given === undefined) return undefined;
    // With a line end, be it the last character, commas belong to the values.
    const separator = /[\r\n]/.test(this.#texts[name] ?? '') ? /[\r\n]+/ : ',';
    const [only, ...more] = given
      .split(separator)
      .map((value) => value.trim())
      .filter((value) => value !== '');
    if (only !== undefined && more.length === 0) return only;
    return this.errors.add(
      'OS110',
      `${this.spell(name)} names ${only === undefined ? 'nothing' : `${more.length + 1} values`}: ${shown(given)}.`,
      'This version takes one value a run. A comma separates values.',
      'Run the step once for each value, in a matrix of the pipeline. For a name with a comma give its ID, or end the line: then only lines separate values.',
    );
  }
}

/** A line end after a secret comes from the file or the pipe that it was taken from. */
export function withoutLineEnd(text: string): string {
  let end = text.length;
  while (end > 0 && '\r\n'.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
