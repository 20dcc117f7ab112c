import type { KeyProperties, Scalar } from '../cim-value.js';

/**
 * Whether OData can ask for this value at all: a backslash inside a literal is answered with 404, and a control
 * character cannot be carried reliably (docs/configmgr.md, "Query options of the administration service").
 */
export function canBeLiteral(value: Scalar): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return typeof value !== 'string' || (!/[\\\u0000-\u001f\u007f]/.test(value) && value.isWellFormed());
}

/** An OData literal, percent-encoded for its place in a URL. */
export function literal(value: Scalar): string {
  if (typeof value !== 'string') return String(value);
  return percentEncode(`'${value.replaceAll("'", "''")}'`);
}

/** Encodes everything but unreserved characters; `'` as well, which encodeURIComponent lets through. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `(123)`, `('ABC00001')` or `(A=1,B='x')`: the key of one object, for the path of a URL. */
export function keySegment(key: KeyProperties): string {
  const parts = Object.entries(key);
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only !== undefined) return `(${literal(only[1].value)})`;
  return `(${parts.map(([name, { value }]) => `${name}=${literal(value)}`).join(',')})`;
}
