import { distance } from 'fastest-levenshtein';

import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import { shown } from '../../parameters/input-errors.js';
import { INPUTS, type InputName, type InputTexts } from '../../parameters/input-table.js';

export interface ServiceArguments {
  readonly texts: InputTexts;
  /** What is wrong with the arguments themselves. */
  readonly errors: readonly Diagnosis[];
  readonly json: boolean;
  /** The file that the report goes to. */
  readonly report: string | undefined;
}

/** `--site-code LAB` or `--site-code=LAB`; secrets come from the environment. */
export function readServiceArguments(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): ServiceArguments {
  const errors: Diagnosis[] = [];
  const texts: Partial<Record<InputName, string>> = {};
  let json = false;
  let report: string | undefined;
  for (const { argument, place, option, value } of optionsIn(args)) {
    if (option === undefined) errors.push(notAnInput(argument, place));
    else if (option === 'json') {
      json = true;
      if (value !== undefined) errors.push(jsonWithValue());
    } else if (option === 'report') {
      if (value === undefined || value === '') errors.push(withoutValue(option));
      else if (report !== undefined) errors.push(givenTwice(option));
      else report = value;
    } else {
      const error = takeInput(option, value, texts);
      if (error !== undefined) errors.push(error);
    }
  }
  return { texts: { ...texts, ...secretsIn(environment) }, errors, json, report };
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
      option !== undefined && option !== 'json' && inline === undefined && next?.startsWith('--') === false;
    if (takesNext) place++;
    options.push({ argument, place: number, option, value: inline ?? (takesNext ? next : undefined) });
  }
  return options;
}

/** Puts the value where it belongs, or says why not. */
function takeInput(
  option: string,
  value: string | undefined,
  texts: Partial<Record<InputName, string>>,
): Diagnosis | undefined {
  const input = INPUTS.find(({ name }) => name === option);
  if (input === undefined) return unknownInput(option);
  if (input.kind.is === 'secret') return secretAsArgument(option, input.kind.environmentVariable);
  if (value === undefined) return withoutValue(option);
  if (texts[input.name] !== undefined) return givenTwice(option);
  texts[input.name] = value;
  return undefined;
}

/** How this host spells an input, for messages. */
export function spellInput(name: InputName): string {
  const input = INPUTS.find((each) => each.name === name);
  return input?.kind.is === 'secret' ? input.kind.environmentVariable : `--${name}`;
}

function secretsIn(environment: NodeJS.ProcessEnv): InputTexts {
  const secrets = INPUTS.flatMap(({ name, kind }) => {
    const value = kind.is === 'secret' ? environment[kind.environmentVariable] : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(secrets);
}

const SEE_HELP = 'See: configmgr-offline-servicing service --help';

function unknownInput(option: string): Diagnosis {
  const names = INPUTS.filter(({ kind }) => kind.is !== 'secret').map(({ name }) => name);
  const nearest = names.reduce(
    (best, name) => (distance(option, name) < distance(option, best) ? name : best),
    'image',
  );
  return {
    code: 'OS104',
    what: `There is no input --${shown(option).slice(1, -1)}.`,
    cause:
      distance(option, nearest) <= 4 ? `Perhaps --${nearest} is meant.` : 'The name is none of this version.',
    next: SEE_HELP,
  };
}

/** A stray argument may be a secret whose name was misspelt, so only what looks like a name is shown. */
function notAnInput(argument: string, place: number): Diagnosis {
  const name = /^-[A-Za-z-]{0,30}$/.exec(argument)?.[0];
  return {
    code: 'OS104',
    what: `Argument ${place}${name === undefined ? '' : `, ${name},`} is no input.`,
    cause: 'Every input is a name and a value. A value with spaces needs quotes around it.',
    next: SEE_HELP,
  };
}

function withoutValue(option: string): Diagnosis {
  return {
    code: 'OS105',
    what: `--${option} has no value.`,
    cause: 'Every input but --json takes one; booleans too: true or false.',
    next: `Write --${option} VALUE. A value that begins with -- is written --${option}=VALUE.`,
  };
}

function jsonWithValue(): Diagnosis {
  return {
    code: 'OS105',
    what: '--json takes no value.',
    cause: 'It is a switch: there or not there.',
    next: 'Write --json alone.',
  };
}

function givenTwice(option: string): Diagnosis {
  return {
    code: 'OS105',
    what: `--${option} is given twice.`,
    cause: 'Which of the two is meant cannot be known.',
    next: 'Leave out one of them.',
  };
}

function secretAsArgument(option: string, environmentVariable: string): Diagnosis {
  return {
    code: 'OS108',
    what: `--${option} is a secret and is not taken as an argument.`,
    cause: 'Everybody on the machine can read the arguments of a process, and shells keep them.',
    next: `Set the environment variable ${environmentVariable} instead, and renew the secret that was put here.`,
  };
}
