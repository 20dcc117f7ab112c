import { wrongInput, type Diagnosis } from '../../diagnosis/diagnosis.js';
import { shown } from '../../parameters/input-errors.js';
import type { InputDefinition, InputTexts } from '../../parameters/input-definition.js';
import { nearestNames } from '../../plan/nearest-names.js';
import type { Verb } from '../../verbs/verb.js';

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
  for (const { argument, place, option, value } of optionsIn(args)) {
    if (option === undefined) errors.push(notAnInput(argument, place));
    else if (isSwitch(option)) {
      switches.add(option);
      if (value !== undefined) errors.push(switchWithValue(option));
    } else if (option === 'report') {
      if (value === undefined || value === '') errors.push(withoutValue(option));
      else if (report !== undefined) errors.push(givenTwice(option));
      else report = value;
    } else {
      const error = takeInput(inputs, verb, option, value, texts);
      if (error !== undefined) errors.push(error);
    }
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
}

function optionsIn(args: readonly string[]): readonly Option[] {
  const options: Option[] = [];
  for (let place = 0; place < args.length; place++) {
    const argument = args[place] ?? '';
    const number = place + 1;
    const [, option, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
    const next = args[place + 1];
    const takesNext =
      option !== undefined && !isSwitch(option) && inline === undefined && next?.startsWith('--') === false;
    if (takesNext) place++;
    options.push({ argument, place: number, option, value: inline ?? (takesNext ? next : undefined) });
  }
  return options;
}

/** Puts the value where it belongs, or says why not. */
function takeInput(
  inputs: readonly InputDefinition[],
  verb: string,
  option: string,
  value: string | undefined,
  texts: GivenTexts,
): Diagnosis | undefined {
  const input = inputs.find(({ name }) => name === option);
  if (input === undefined) return unknownInput(inputs, verb, option);
  if (input.kind.is === 'secret') return secretAsArgument(option, input.kind.environmentVariable);
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

function unknownInput(inputs: readonly InputDefinition[], verb: string, option: string): Diagnosis {
  const names = inputs.filter(({ kind }) => kind.is !== 'secret').map(({ name }) => ({ name, id: name }));
  const [nearest] = nearestNames(option, names);
  const meant = nearest === undefined ? '' : ` Perhaps --${nearest.name} is meant.`;
  return wrongInput(
    'OS104',
    `There is no input --${shown(option).slice(1, -1)}.${meant}`,
    `See configmgr-offline-servicing ${verb} --help.`,
  );
}

/** A stray argument may be a secret whose name was misspelt, so only what looks like a name is shown. */
function notAnInput(argument: string, place: number): Diagnosis {
  const name = /^-[A-Za-z-]{0,30}$/.exec(argument)?.[0];
  return wrongInput(
    'OS104',
    `Argument ${place}${name === undefined ? '' : `, ${name},`} is no input.`,
    'Write each input as --name value, and put quotes around a value with spaces, for example --image "Windows Server 2022".',
  );
}

function withoutValue(option: string): Diagnosis {
  return wrongInput(
    'OS105',
    `--${option} has no value.`,
    `Write --${option} VALUE. A value that begins with -- is written --${option}=VALUE.`,
  );
}

function switchWithValue(option: string): Diagnosis {
  return wrongInput('OS105', `--${option} takes no value.`, `Write only --${option}, or remove it.`);
}

function givenTwice(option: string): Diagnosis {
  return wrongInput(
    'OS105',
    `--${option} is given twice.`,
    'Remove one of the two; only a list can be repeated.',
  );
}

function secretAsArgument(option: string, environmentVariable: string): Diagnosis {
  return wrongInput(
    'OS108',
    `--${option} is a secret and is not taken as an argument, which everybody on the machine can read.`,
    `Set the environment variable ${environmentVariable} instead, and renew the secret that was put here.`,
  );
}
