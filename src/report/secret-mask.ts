import type { InputDefinition, InputTexts } from '../parameters/input-definition.js';
import { withoutLineEnd } from '../parameters/inputs.js';
import { withoutEncodedForms } from './encoded-forms.js';

/** Hides secrets and the forms that they take on their way in everything that is printed. */
export type SecretMask = (text: string) => string;

/** For texts of a run without secrets. */
export const NO_MASK: SecretMask = (text) => text;

const MASK = '***';
/** Shorter ones would hide half of every word. */
const SHORTEST_SECRET = 4;

/** What nobody may see of the inputs: the secrets, and the login, which is encoded as one text made of two. */
export function secretsOf(inputs: readonly InputDefinition[], texts: InputTexts): readonly string[] {
  const secrets = inputs
    .filter(({ kind }) => kind.is === 'secret')
    .map(({ name }) => textOf(texts, name))
    .filter((text) => text !== '');
  const [user, password] = [textOf(texts, 'username').trim(), withoutLineEnd(textOf(texts, 'password'))];
  return user === '' || password === '' ? secrets : [...secrets, `${user}:${password}`];
}

function textOf(texts: InputTexts, name: string): string {
  const text = texts[name];
  return typeof text === 'string' ? text : '';
}

/** As a secret was given, and as it is sent: without the white space around it, or a single line of it. */
export function variantsOf(secret: string): readonly string[] {
  return [...new Set([secret, secret.trim(), ...secret.split(/[\r\n]+/)])];
}

/** Has to go over a text before it is escaped for anything: an escape comes between the characters of a secret. */
export function maskFor(secrets: readonly string[]): SecretMask {
  const all = [...new Set(secrets.flatMap(variantsOf))]
    .filter((secret) => secret.trim().length >= SHORTEST_SECRET)
    // One that holds another one has to go first.
    .sort(longestFirst)
    .map((secret) => ({ secret, forms: [...formsOf(secret)].sort(longestFirst) }));
  return (text) =>
    all.reduce((masked, { secret, forms }) => {
      const withoutForms = forms.reduce((each, form) => each.replaceAll(form, MASK), masked);
      return withoutEncodedForms(withoutForms, secret, MASK);
    }, text);
}

function longestFirst(one: string, other: string): number {
  return other.length - one.length;
}

/** As it is, and as a header, a URL, a JSON or XML text, Markdown, a configuration of curl or a doubled quote would carry it. */
export function formsOf(secret: string): readonly string[] {
  const inXml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const forms = [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    // UTF-16 is what Windows encodes.
    ...base64FormsOf(Buffer.from(secret, 'utf8')),
    ...base64FormsOf(Buffer.from(secret, 'utf16le')),
    JSON.stringify(secret).slice(1, -1),
    inXml.replaceAll('"', '&quot;'),
    inXml.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    inXml.replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
    secret.replace(PUNCTUATION, '\\$&'),
    secret.replace(PUNCTUATION, (character) => `&#${character.charCodeAt(0)};`),
    secret.replaceAll("'", "''"),
    secret.replaceAll('"', '""'),
  ];
  return [...new Set(forms)];
}

const PUNCTUATION = /[!-/:-@[-`{-~]/g;

function base64FormsOf(bytes: Buffer): readonly string[] {
  const base64 = bytes.toString('base64');
  return [base64, base64.replace(/=+$/, ''), bytes.toString('base64url')];
}
