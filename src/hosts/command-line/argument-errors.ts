import { wrongInput, type Diagnosis } from '../../diagnosis/diagnosis.js';
import { shown } from '../../parameters/input-errors.js';
import type { InputDefinition } from '../../parameters/input-definition.js';
import { meantOption } from './meant-option.js';

/** For `--imgae`, `--siteCode`, `-SiteCode` and `/image`: says which option is right. */
export function unknownInput(
  inputs: readonly InputDefinition[],
  verb: string,
  argument: string,
  option: string,
): Diagnosis {
  const written = `${/^(?:--|-|\/)/.exec(argument)?.[0] ?? ''}${shown(option).slice(1, -1)}`;
  const meant = meantOption(inputs, option);
  const input = inputs.find(({ name }) => name === meant?.name);
  if (input?.kind.is === 'secret') return secretAsArgument(written, input.kind.environmentVariable);
  if (meant === undefined && /pass|pwd|secret|credential|token/i.test(option))
    return unknownSecret(inputs, written);
  const hint = meant === undefined ? '' : ` Did you mean --${meant.name}?`;
  return wrongInput(
    'OS104',
    `There is no input ${written}.${hint}`,
    `See configmgr-offline-servicing ${verb} --help.`,
  );
}

function unknownSecret(inputs: readonly InputDefinition[], written: string): Diagnosis {
  const variables = inputs.flatMap(({ kind }) => (kind.is === 'secret' ? [kind.environmentVariable] : []));
  return wrongInput(
    'OS108',
    `There is no input ${written}, and a secret is never an argument: everybody on the machine can read arguments.`,
    variables.length === 0
      ? 'Remove it, and renew the secret that was put here.'
      : `Renew the secret that was put here. Secrets come from the environment: ${variables.join(', ')}.`,
  );
}

/** A stray argument may be a secret whose name was misspelt, so only what looks like a name is shown. */
export function notAnInput(argument: string, place: number): Diagnosis {
  const name = /^-[A-Za-z-]{0,30}$/.exec(argument)?.[0];
  return wrongInput(
    'OS104',
    `Argument ${place}${name === undefined ? '' : `, ${name},`} is no input.`,
    'Write each input as --name value, and put quotes around a value with spaces, for example --image "Windows Server 2022".',
  );
}

/** Only words without signs that a shell expands are put into a command that somebody copies. */
export function unquotedValue(option: string, place: number, words: readonly string[]): Diagnosis {
  const value = words.join(' ');
  const isPlain = value.length <= 80 && /^[\p{L}\p{N} .,:;()+_/-]*$/u.test(value);
  const hint = isPlain
    ? `Did you mean --${option} "${value}"?`
    : `Put quotes around the value of --${option}.`;
  return wrongInput(
    'OS104',
    `Argument ${place} is no input. ${hint}`,
    'A value with spaces needs quotes around it.',
  );
}

export function withoutValue(option: string): Diagnosis {
  return wrongInput(
    'OS105',
    `--${option} has no value.`,
    `Write --${option} VALUE. A value that begins with -- is written --${option}=VALUE.`,
  );
}

export function switchWithValue(option: string): Diagnosis {
  return wrongInput('OS105', `--${option} takes no value.`, `Write only --${option}, or remove it.`);
}

export function givenTwice(option: string): Diagnosis {
  return wrongInput(
    'OS105',
    `--${option} is given twice.`,
    'Remove one of the two; only a list can be repeated.',
  );
}

/** `written`: with the dashes, as it was given. */
export function secretAsArgument(written: string, environmentVariable: string): Diagnosis {
  return wrongInput(
    'OS108',
    `${written} is a secret and is not taken as an argument, which everybody on the machine can read.`,
    `Set the environment variable ${environmentVariable} instead, and renew the secret that was put here.`,
  );
}
