/**
 * Texts that name an input, before the host is known that shows them. The rooms below the hosts write an input between
 * two marks; a host puts its own spelling in their place (`spelledFor`), so that every advice can be followed as printed.
 */

/** Every input that a text below the hosts names. */
export const MENTIONED_INPUTS = [
  'allow-failed-updates',
  'authentication',
  'ca-certificate',
  'cim-protocol',
  'connection',
  'dry-run',
  'exclude-updates',
  'if-scheduled',
  'image',
  'not-required-updates',
  'password',
  'powershell',
  'remove-superseded-updates',
  'required-distribution-points',
  'schedule-id',
  'site-code',
  'site-server',
  'sms-provider',
  'start',
  'start-timeout',
  'token',
  'unsupported-images',
  'unusable-updates',
  'update-group',
  'updates',
  'username',
  'wait',
  'wait-timeout',
] as const;

export type MentionedInput = (typeof MENTIONED_INPUTS)[number];

/** How a host spells inputs, and what its users write them in. */
export interface InputSpelling {
  /** `update-group`, `updateGroup` or `--update-group`. */
  readonly spell: (name: MentionedInput) => string;
  /** YAML takes `name: value` and reads numbers where quotes are missing; a command line takes `--name value`. */
  readonly writtenIn: 'yaml' | 'arguments';
}

// Noncharacters of Unicode, which no text of a site or a user has a use for.
const INPUT = '\ufdd0';
const VALUE = '\ufdd1';
const YAML = '\ufdd2';
const END = '\ufdd3';

/** The input of that name: `sms-provider`. */
export function inputNamed(name: MentionedInput): string {
  return `${INPUT}${name}${END}`;
}

/** The input with a value: `authentication: token`. */
export function inputSetTo(name: MentionedInput, value: string): string {
  return `${INPUT}${name}${VALUE}${value}${END}`;
}

/** A sentence that only somebody who writes YAML can use; it begins with a blank, so that nothing is left without it. */
export function inYaml(sentence: ` ${string}`): string {
  return `${YAML}${sentence}${END}`;
}

const MENTION = /\ufdd0([^\ufdd0-\ufdd3]{1,100})(?:\ufdd1([^\ufdd0-\ufdd3]{0,1000}))?\ufdd3/g;
const FOR_YAML = /\ufdd2([^\ufdd2\ufdd3]{0,4000})\ufdd3/g;

/** The text in the spelling of a host. One without marks stays as it is. */
export function spelledFor({ spell, writtenIn }: InputSpelling, text: string): string {
  const isYaml = writtenIn === 'yaml';
  return text
    .replace(MENTION, (whole, name: string, value: string | undefined) => {
      const mentioned = MENTIONED_INPUTS.find((each) => each === name);
      if (mentioned === undefined) return whole;
      return assignment(spell(mentioned), value, isYaml);
    })
    .replace(FOR_YAML, (_, sentence: string) => (isYaml ? sentence : ''));
}

/** `name: value` or `--name value`; the name by itself without a value. */
export function assignment(spelled: string, value: string | undefined, isYaml: boolean): string {
  if (value === undefined) return spelled;
  return isYaml ? `${spelled}: ${value}` : `${spelled} ${value}`;
}

/** Applies `change` to everything but the mentions, which have to stay whole until a host spells them. */
export function besideMentions(text: string, change: (part: string) => string): string {
  let from = 0;
  let changed = '';
  for (const mention of text.matchAll(MENTION)) {
    changed += change(text.slice(from, mention.index)) + mention[0];
    from = mention.index + mention[0].length;
  }
  return changed + change(text.slice(from));
}
