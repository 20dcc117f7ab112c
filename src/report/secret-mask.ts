import { INPUTS, type InputTexts } from '../parameters/input-table.js';
import { withoutLineEnd } from '../parameters/inputs.js';

/** Hides secrets and the forms that they take on their way in everything that is printed. */
export type SecretMask = (text: string) => string;

const MASK = '***';
/** Shorter ones would hide half of every word. */
const SHORTEST_SECRET = 4;

/** What nobody may see of the inputs: the secrets, and the login, which is encoded as one text made of two. */
export function secretsOf(texts: InputTexts): readonly string[] {
  const secrets = INPUTS.flatMap(({ name, kind }) => {
    const secret = kind.is === 'secret' ? texts[name] : undefined;
    return typeof secret === 'string' ? [secret] : [];
  });
  const [user, password] = [texts.username?.trim() ?? '', withoutLineEnd(texts.password ?? '')];
  return user === '' || password === '' ? secrets : [...secrets, `${user}:${password}`];
}

export function maskFor(secrets: readonly string[]): SecretMask {
  // As it was given, and as it is sent: without the white space around it, or a single line of it.
  const all = secrets.flatMap((secret) => [secret, secret.trim(), ...secret.split(/[\r\n]+/)]);
  const forms = [
    ...new Set(all.filter((secret) => secret.trim().length >= SHORTEST_SECRET).flatMap(formsOf)),
  ].sort(
    // A form that holds another one has to go first.
    (one, other) => other.length - one.length,
  );
  return (text) => forms.reduce((masked, form) => masked.replaceAll(form, MASK), text);
}

/** As it is, and as a header, a URL, a JSON or XML text, a configuration of curl or a doubled quote would carry it. */
export function formsOf(secret: string): readonly string[] {
  const forms = [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    // UTF-16 is what Windows encodes.
    ...base64FormsOf(Buffer.from(secret, 'utf8')),
    ...base64FormsOf(Buffer.from(secret, 'utf16le')),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    secret.replaceAll("'", "''"),
    secret.replaceAll('"', '""'),
  ];
  return [...new Set(forms)];
}

function base64FormsOf(bytes: Buffer): readonly string[] {
  const base64 = bytes.toString('base64');
  return [base64, base64.replace(/=+$/, ''), bytes.toString('base64url')];
}
