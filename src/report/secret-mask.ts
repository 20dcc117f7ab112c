/** Hides secrets and the forms that they take on their way in everything that is printed. */
export type SecretMask = (text: string) => string;

const MASK = '***';
/** Shorter ones would hide half of every word. */
const SHORTEST_SECRET = 4;

export function maskFor(secrets: readonly string[]): SecretMask {
  // As it was given, and as it is sent: without the white space around it, or a single line of it.
  const all = secrets.flatMap((secret) => [secret, secret.trim(), ...secret.split(/[\r\n]+/)]);
  const forms = [...new Set(all.filter((secret) => secret.length >= SHORTEST_SECRET).flatMap(formsOf))].sort(
    // A form that holds another one has to go first.
    (one, other) => other.length - one.length,
  );
  return (text) => forms.reduce((masked, form) => masked.replaceAll(form, MASK), text);
}

/** As it is, and as a header, a URL, a JSON text, a configuration of curl or a doubled quote would carry it. */
export function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  const forms = [
    secret,
    encodeURIComponent(secret),
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(secret, 'utf8').toString('base64url'),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll("'", "''"),
    secret.replaceAll('"', '""'),
  ];
  return [...new Set(forms)];
}
