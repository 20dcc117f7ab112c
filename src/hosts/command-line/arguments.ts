import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { InputDefinition, InputTexts } from '../../parameters/input-definition.js';
import type { Verb } from '../../verbs/verb.js';
import {
  givenTwice,
  notAnInput,
  secretAsArgument,
  switchWithValue,
  unknownInput,
  unquotedValue,
  withoutValue,
} from './argument-errors.js';
import { meantOption } from './meant-option.js';

export interface VerbArguments {
  readonly texts: InputTexts;
  /** What is wrong with the arguments themselves. */
  readonly errors: readonly Diagnosis[];
  readonly json: boolean;
  /** Debug output is wanted. */
  readonly verbose: boolean;
  /** The file that the report goes to. */
  readonly report: string | undefined;
}

/** What was given so far, of each input; a list may be given several times. */
type GivenTexts = Partial<Record<string, readonly [string, ...string[]]>>;

/**
 * `--site-code LAB` or `--site-code=LAB`. A bare `--dry-run` is true, and a list that is given again has more values.
 * Secrets come from the environment.
 */
export function readArguments(
  { name: verb, inputs }: Verb,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): VerbArguments {
  const errors: Diagnosis[] = [];
  const texts: GivenTexts = {};
  const switches = new Set<string>();
  let report: string | undefined;
  for (const given of optionsIn(inputs, args)) {
    const { argument, place, option, value, strays } = given;
    if (option === undefined) errors.push(notAnInput(argument, place));
    else if (argument.startsWith('--') && isSwitch(option)) {
      switches.add(option);
      if (value !== undefined) errors.push(switchWithValue(option));
    } else if (argument.startsWith('--') && option === 'report') {
      if (value === undefined || value === '') errors.push(withoutValue(option));
      else if (report !== undefined) errors.push(givenTwice(option));
      else report = value;
    } else {
      const error = takeInput(inputs, verb, given, option, texts);
      if (error !== undefined) errors.push(error);
    }
    if (strays.length > 0) errors.push(...strayErrors(inputs, given));
  }
  return {
    texts: { ...textsOf(inputs, texts), ...secretsIn(inputs, environment) },
    errors,
    json: switches.has('json'),
    verbose: switches.has('verbose'),
    report,
  };
}

/** Of every verb, and without a value. */
function isSwitch(option: string): boolean {
  return option === 'json' || option === 'verbose';
}

interface Option {
  readonly argument: string;
  /** From 1. */
  readonly place: number;
  /** Without the dashes; undefined for an argument that is no option. */
  readonly option: string | undefined;
  readonly value: string | undefined;
  /** The words after the value: the rest of a value without quotes, or arguments that belong to nothing. */
  readonly strays: readonly string[];
}

function optionsIn(inputs: readonly InputDefinition[], args: readonly string[]): readonly Option[] {
  const options: Option[] = [];
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? '';
    const place = index + 1;
    const { option, inline } = optionOf(inputs, argument);
    const next = args[index + 1];
    const isValue = next !== undefined && canBeValue(inputs, option, next);
    const takesNext = option !== undefined && !isSwitch(option) && inline === undefined && isValue;
    if (takesNext) index++;
    const value = inline ?? (takesNext ? next : undefined);
    const strays: string[] = [];
    while (value !== undefined && value !== '' && isStray(inputs, args[index + 1])) {
      strays.push(args[index + 1] ?? '');
      index++;
    }
    options.push({ argument, place, option, value, strays });
  }
  return options;
}

interface SplitOption {
  readonly option?: string | undefined;
  readonly inline?: string | undefined;
}

/** `-SiteCode` and `/site-code` are options only where they name one: a path and a stray word begin so as well. */
function optionOf(inputs: readonly InputDefinition[], argument: string): SplitOption {
  const [, long, value] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
  if (long !== undefined) return { option: long, inline: value };
  // PowerShell writes -Name:value as well.
  const [, option, inline] = /^[-/]([A-Za-z][A-Za-z_-]*)(?:[=:](.*))?$/s.exec(argument) ?? [];
  if (option === undefined) return {};
  return meantOption(inputs, option)?.isSure === true ? { option, inline } : {};
}

/** A switch of PowerShell that follows a boolean is not the boolean's value. */
function canBeValue(inputs: readonly InputDefinition[], option: string | undefined, next: string): boolean {
  if (next.startsWith('--')) return false;
  const isBoolean = inputs.some(({ name, kind }) => name === option && kind.is === 'boolean');
  return !isBoolean || optionOf(inputs, next).option === undefined;
}

function isStray(inputs: readonly InputDefinition[], next: string | undefined): boolean {
  return next !== undefined && !next.startsWith('-') && optionOf(inputs, next).option === undefined;
}

/** What follows a secret or an option that does not exist may be a secret itself, so it is not shown. */
function strayErrors(
  inputs: readonly InputDefinition[],
  { place, option, argument, value, strays }: Option,
): readonly Diagnosis[] {
  const first = place + (argument.includes('=') ? 1 : 2);
  const input = inputs.find(({ name }) => name === option);
  const isWords = input?.kind.is === 'text' || input?.kind.is === 'list' || option === 'report';
  if (isWords && option !== undefined && argument.startsWith('--'))
    return [unquotedValue(option, first, [value ?? '', ...strays])];
  return strays.map((stray, index) => notAnInput(stray, first + index));
}

/** Puts the value where it belongs, or says why not. */
function takeInput(
  inputs: readonly InputDefinition[],
  verb: string,
  { argument, value }: Option,
  option: string,
  texts: GivenTexts,
): Diagnosis | undefined {
  const input = argument.startsWith('--') ? inputs.find(({ name }) => name === option) : undefined;
  if (input === undefined) return unknownInput(inputs, verb, argument, option);
  if (input.kind.is === 'secret') return secretAsArgument(`--${option}`, input.kind.environmentVariable);
  const text = value ?? (input.kind.is === 'boolean' ? 'true' : undefined);
  if (text === undefined) return withoutValue(option);
  const before = texts[input.name];
  if (before !== undefined && input.kind.is !== 'list') return givenTwice(option);
  texts[input.name] = [...(before ?? []), text];
  return undefined;
}

function textsOf(inputs: readonly InputDefinition[], given: GivenTexts): InputTexts {
  const entries = inputs.flatMap(({ name, kind }) => {
    const texts = given[name];
    return texts === undefined ? [] : [[name, kind.is === 'list' ? texts : texts[0]] as const];
  });
  return Object.fromEntries(entries);
}

/** How this host spells an input, for messages. */
export function spellInput({ inputs }: Verb): (name: string) => string {
  return (name) => {
    const input = inputs.find((each) => each.name === name);
    return input?.kind.is === 'secret' ? input.kind.environmentVariable : `--${name}`;
  };
}

function secretsIn(inputs: readonly InputDefinition[], environment: NodeJS.ProcessEnv): InputTexts {
  const secrets = inputs.flatMap(({ name, kind }) => {
    const value = kind.is === 'secret' ? environment[kind.environmentVariable] : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(secrets);
}
