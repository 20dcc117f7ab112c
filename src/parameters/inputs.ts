import { assignment } from '../diagnosis/input-mention.js';
import type { NameReference } from '../plan/servicing-request.js';
import type { ConnectionKind } from './connection-kinds.js';
import { readDuration } from './duration.js';
import { exampleOf } from './input-examples.js';
import { shown, type InputErrors } from './input-errors.js';
import type { ChoiceOf, InputDefinition, InputTexts, NameIn } from './input-definition.js';
import { isUnresolvedVariable, unresolvedVariableIn } from './unresolved-variable.js';

/** How a host takes inputs. */
export interface InputHost {
  /** Where it puts an input, for messages: `--site-code` on a command line. */
  readonly spell: (name: string) => string;
  /** What its users write: `name: value` in YAML, or the arguments of a command. */
  readonly writtenIn: 'yaml' | 'arguments';
  readonly connections: readonly ConnectionKind[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The inputs of one verb, read one by one; what is wrong with one goes to the errors. */
export class Inputs<Of extends readonly InputDefinition[] = readonly InputDefinition[]> {
  readonly definitions: readonly InputDefinition[];
  readonly #texts: InputTexts;
  /** Those that an error was already given for: they count neither as given nor as missing. */
  readonly #refused: ReadonlySet<string>;
  readonly host: InputHost;
  readonly errors: InputErrors;

  constructor(definitions: Of, texts: InputTexts, host: InputHost, errors: InputErrors) {
    this.definitions = definitions;
    this.#texts = texts;
    this.host = host;
    this.errors = errors;
    this.#refused = new Set(
      definitions
        .filter((each) => this.#isUnresolved(each) || this.#isWronglyEmpty(each))
        .map(({ name }) => name),
    );
  }

  /** The same inputs for a reader of some of them: the compiler sees that they are among those of the verb. */
  part<Part extends readonly Of[number][]>(definitions: Part): Inputs<Part> {
    for (const { name } of definitions) this.#definition(name);
    return this as unknown as Inputs<Part>;
  }

  #definition(name: string): InputDefinition {
    const found = this.definitions.find((input) => input.name === name);
    if (found === undefined) throw new TypeError(`The verb has no input ${name}.`);
    return found;
  }

  spell(name: string): string {
    return this.host.spell(name);
  }

  /** `connection: wmi` or `--connection wmi`. */
  assign(name: string, value: string): string {
    return assignment(this.spell(name), value, this.host.writtenIn === 'yaml');
  }

  /** `, for example --image "Windows Server 2022"`, or nothing where there is no example. */
  example(name: string): string {
    const value = exampleOf(this.#definition(name));
    if (value === undefined) return '';
    const needsQuotes = this.host.writtenIn === 'arguments' && /[\s\\]/.test(value);
    return `, for example ${this.assign(name, needsQuotes ? `"${value}"` : value)}`;
  }

  /** Without the white space around it; undefined when not given and without a default. */
  text(name: NameIn<Of, 'text' | 'boolean' | 'choice' | 'duration' | 'secret'>): string | undefined {
    const given = this.#given(name);
    if (given !== '') return given;
    return this.isRefused(name) ? undefined : this.#definition(name).default;
  }

  /** Adds that a required input is missing, unless an error says already what is wrong with it. */
  missing(name: string, why: string): undefined {
    if (this.isRefused(name)) return undefined;
    return this.errors.add('OS101', `${this.spell(name)} is missing${why}.`, `Add it${this.example(name)}.`);
  }

  /** Whether an error was given for it before it was read. */
  isRefused(name: string): boolean {
    return this.#refused.has(name);
  }

  /** Whether somebody chose a value: a form sends the defaults of the inputs that it hides, too. */
  isChosen(name: string): boolean {
    const given = this.#given(name);
    return given !== '' && given !== this.#definition(name).default;
  }

  /** White space around a secret may belong to it. */
  secret(name: NameIn<Of, 'secret'>): string | undefined {
    if (this.isRefused(name)) return undefined;
    const [text = ''] = this.#textsOf(name);
    const given = withoutLineEnd(text);
    return given.trim() === '' ? undefined : given;
  }

  /** `values`: those that the host offers; by default all of the definition. */
  choice<Name extends NameIn<Of, 'choice'>>(
    name: Name,
    values: readonly ChoiceOf<Of, Name>[] = this.#choices(name),
  ): ChoiceOf<Of, Name> | undefined {
    const given = this.text(name);
    if (given === undefined) return undefined;
    return (
      values.find((value) => value === given) ??
      this.errors.add(
        'OS102',
        `${this.spell(name)} is ${shown(given)}.`,
        `Write ${oneOf(values)}, in this spelling: ${this.assign(name, meantBy(given, values))}.`,
      )
    );
  }

  #choices<Name extends NameIn<Of, 'choice'>>(name: Name): readonly ChoiceOf<Of, Name>[] {
    const { kind } = this.#definition(name);
    // The type of the definitions has the values of each.
    return (kind.is === 'choice' ? kind.of : []) as readonly ChoiceOf<Of, Name>[];
  }

  /** In milliseconds. */
  duration(name: NameIn<Of, 'duration'>): number | undefined {
    const given = this.text(name);
    if (given === undefined) return undefined;
    return (
      readDuration(given) ??
      this.errors.add(
        'OS106',
        `${this.spell(name)} is ${shown(given)}, which is no duration.`,
        `Write a whole number with s, m, h or d after it, up to 20d${this.example(name)}.`,
      )
    );
  }

  /** In any letter case: a boolean parameter of Azure Pipelines arrives as True or False. */
  boolean(name: NameIn<Of, 'boolean'>): boolean | undefined {
    const given = this.text(name);
    if (given === undefined) return undefined;
    const lower = given.toLowerCase();
    if (lower === 'true' || lower === 'false') return lower === 'true';
    return this.errors.add(
      'OS103',
      `${this.spell(name)} is ${shown(given)}.`,
      `Write true or false${this.example(name)}.`,
    );
  }

  /**
   * The values of a list that names nothing with a comma in it, such as KB numbers: each line is cut at its commas too.
   * Each once; none when not given.
   */
  list(name: NameIn<Of, 'list'>): readonly string[] {
    const values = this.#lines(name).flatMap((line) => line.values.flatMap((value) => value.split(',')));
    return [...new Set(values.map((value) => value.trim()).filter((value) => value !== ''))];
  }

  /** The same for a list that names objects of the site, where a single line may be one name with commas in it. */
  names(name: NameIn<Of, 'list'>): readonly NameReference[] {
    const found = this.#lines(name).flatMap(({ line, values }): readonly NameReference[] => {
      const [first, ...others] = new Set(values);
      const isCut = first !== undefined && line !== undefined && line !== first;
      return isCut ? [{ line, names: [first, ...others] }] : values;
    });
    const keyOf = (each: NameReference): string => (typeof each === 'string' ? each : `,${each.line}`);
    return [...new Map(found.map((each) => [keyOf(each), each])).values()];
  }

  /** The values in each text of a list, with the line that was cut at commas; a text of several lines is cut at these only. */
  #lines(
    name: NameIn<Of, 'list'>,
  ): readonly { readonly line: string | undefined; readonly values: readonly string[] }[] {
    if (this.isRefused(name)) return [];
    return this.#textsOf(name)
      .filter((text) => text.trim() !== '')
      .map((text) => {
        // With a line end, be it the last character, commas belong to the values.
        const hasLines = /[\r\n]/.test(text);
        const values = text
          .split(hasLines ? /[\r\n]+/ : ',')
          .map((value) => value.trim())
          .filter((value) => value !== '');
        if (values.length === 0) {
          this.errors.add(
            'OS106',
            `${this.spell(name)} names nothing: ${shown(text.trim())}.`,
            `Write one value a line, or values with commas between them${this.example(name)}.`,
          );
        }
        return { line: hasLines ? undefined : text.trim(), values };
      });
  }

  #textsOf(name: string): readonly string[] {
    const given = this.#texts[name] ?? [];
    return typeof given === 'string' ? [given] : given;
  }

  /** Empty when not given, or when an error was given for it. */
  #given(name: string): string {
    return this.isRefused(name) ? '' : this.#textsOf(name).join('\n').trim();
  }

  #isUnresolved({ name, kind }: InputDefinition): boolean {
    const found = this.#textsOf(name).flatMap((text) => unresolvedIn(kind, text));
    const [variable] = found;
    if (variable === undefined) return false;
    const isSecret = kind.is === 'secret';
    this.errors.add(
      'OS112',
      isSecret
        ? `${this.spell(name)} is the name of a variable that was not replaced by its value, and is not sent.`
        : `${this.spell(name)} has ${shown(variable)}, a variable that was not replaced by its value.`,
      `Define the variable, or link the group that has it${isSecret ? '' : `; or write the value itself${this.example(name)}`}.`,
    );
    return true;
  }

  #isWronglyEmpty({ name, refusesEmpty, kind, default: fallback }: InputDefinition): boolean {
    const texts = this.#textsOf(name);
    if (refusesEmpty !== true || texts.length === 0 || texts.some((text) => text.trim() !== '')) return false;
    // Such a host sends an empty text where nobody gave the input.
    if (fallback === undefined && this.host.writtenIn === 'yaml') return false;
    const meaning = kind.is === 'boolean' ? 'An empty text does not count as false' : 'It has no value';
    const remove =
      fallback === undefined ? 'or remove the input' : `or remove the input, which means ${fallback}`;
    this.errors.add(
      'OS105',
      `${this.spell(name)} is empty. ${meaning}.`,
      `Write a value${this.example(name)}; ${remove}.`,
    );
    return true;
  }
}

function unresolvedIn(kind: InputDefinition['kind'], text: string): readonly string[] {
  if (isUnresolvedVariable(text)) return [text.trim()];
  if (kind.is === 'list') {
    return text
      .split(/[\r\n,]+/)
      .map((value) => value.trim())
      .filter(isUnresolvedVariable);
  }
  // Neither a host, nor an account, a path or a time has such a part; a password might.
  const contained = kind.is === 'text' ? unresolvedVariableIn(text) : undefined;
  return contained === undefined ? [] : [contained];
}

/** `draft-first or as-console`, `wmi, admin-service or simulator`. */
function oneOf(values: readonly string[]): string {
  const last = values.at(-1) ?? '';
  const others = values.slice(0, -1);
  return others.length === 0 ? last : `${others.join(', ')} or ${last}`;
}

/** The value that differs in its letter case or its separators only; else the first. */
function meantBy(given: string, values: readonly string[]): string {
  const folded = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, '');
  return values.find((value) => folded(value) === folded(given)) ?? values[0] ?? '';
}

/** A line end after a secret comes from the file or the pipe that it was taken from. */
export function withoutLineEnd(text: string): string {
  let end = text.length;
  while (end > 0 && '\r\n'.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
