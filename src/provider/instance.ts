/** A value as JSON carries it. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/**
 * The properties of one object. Keys are in lower case, because the casing that a site answers with can differ
 * from the SDK's pages (docs/configmgr.md, "Requests of the administration service").
 */
export type Instance = ReadonlyMap<string, JsonValue>;

export function instanceOf(properties: Readonly<Record<string, JsonValue>>): Instance {
  return new Map(Object.entries(properties).map(([name, value]) => [name.toLowerCase(), value]));
}
