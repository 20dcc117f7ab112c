import type { AuthenticationKind, ConnectionKind } from './connection-kinds.js';

/** One input of a verb: what a host offers, its manifest says and the documentation lists follows from it. */
export interface InputDefinition {
  /** In kebab case, as GitHub and the command line spell it; Azure Pipelines has it in camel case. */
  readonly name: string;
  readonly kind: InputKind;
  /** Undefined: required, or required where the help says so. */
  readonly default: string | undefined;
  readonly required: boolean;
  /** For a form: 40 characters at most. */
  readonly label: string;
  /** The part of a form that it belongs to. */
  readonly group: InputGroup;
  /**
   * An explicitly empty text is an error. For inputs whose default does something at a site that the author of an empty
   * variable may not have meant: a real run in place of a dry one, a start at once, the default connection, no check of
   * the site.
   */
  readonly refusesEmpty?: true;
  /** Has a use with any of these alone. A form may hide it with others; its default may arrive all the same. */
  readonly onlyWith?: readonly [InputUse, ...InputUse[]];
  /** A value that a person can copy; booleans and choices have theirs in their kind. */
  readonly example?: string;
  /** One or two sentences for the person who fills it in, on whichever host. */
  readonly help: string;
  /** A sentence for the users of one host, after `help`. */
  readonly helpOn?: Readonly<Partial<Record<InputHostKind, string>>>;
}

/** A host that has a spelling of its own, and its own place for secrets. */
export type InputHostKind = 'github' | 'azure' | 'command-line';

/** The help of an input for the users of one host. */
export function helpFor({ help, helpOn }: InputDefinition, host: InputHostKind): string {
  const own = helpOn?.[host];
  return own === undefined ? help : `${help} ${own}`;
}

/** The choices of other inputs that give an input a use. */
export interface InputUse {
  readonly connection: ConnectionKind;
  /** Undefined: with every login of that connection. */
  readonly authentication?: AuthenticationKind;
}

export type InputGroup = 'site' | 'work' | 'advanced';

/** In the order of a form. */
export const INPUT_GROUPS: Readonly<Record<InputGroup, string>> = {
  site: 'Site',
  work: 'Images and updates',
  advanced: 'Advanced',
};

export type InputKind =
  | { readonly is: 'text' }
  | { readonly is: 'list' }
  /** `told`: what the settings line of a run says of it; without it the line does not name the input. */
  | { readonly is: 'boolean'; readonly told?: { readonly true: string; readonly false: string } }
  /** `90s`, `30m`, `8h`, `7d`. */
  | { readonly is: 'duration' }
  /** `words`: what a form shows for a value; the value itself stays what a pipeline holds. */
  | {
      readonly is: 'choice';
      readonly of: readonly string[];
      readonly words?: Readonly<Partial<Record<string, string>>>;
    }
  /** Never an argument: an environment variable. */
  | { readonly is: 'secret'; readonly environmentVariable: string };

/** An output of a verb. */
export interface OutputDefinition {
  /** In kebab case, as GitHub spells it; Azure Pipelines and the report have it in camel case. */
  readonly name: string;
  readonly help: string;
}

/** The names of the inputs of these definitions, of one kind or of any. */
export type NameIn<
  Of extends readonly InputDefinition[],
  Is extends InputKind['is'] = InputKind['is'],
> = Extract<Of[number], { readonly kind: { readonly is: Is } }>['name'];

/** The values of one choice. */
export type ChoiceOf<Of extends readonly InputDefinition[], Name extends string> = Extract<
  Of[number],
  { readonly name: Name; readonly kind: { readonly is: 'choice' } }
>['kind'] extends { readonly of: readonly (infer Value extends string)[] }
  ? Value
  : never;

/**
 * What a host was given. Absent: nobody gave the input. An empty text counts as not given too, as pipelines write it; of
 * a list there can be several texts.
 */
export type InputTexts = Partial<Readonly<Record<string, string | readonly string[]>>>;

/** `'site-code'` → `'siteCode'`. */
export type CamelName<Kebab extends string> = Kebab extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelName<Rest>>}`
  : Kebab;

/** `site-code` → `siteCode`. */
export function camelName(kebab: string): string {
  return kebab.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
