/* eslint-disable @typescript-eslint/no-unused-vars -- Only the generator of the schema reads the parameters. */

/*
 * Types whose bounds the compiler does not check. `npm run manifests` turns them into keywords of a JSON Schema.
 */

/** A whole number, both bounds included. */
export type Integer<_Least extends number, _Most extends number> = number;

/**
 * A text. `Expected` says in an error message what it must be; a format is a check that the reader of the schema makes.
 */
export type Text<
  _Expected extends string,
  _Check extends { readonly pattern: string } | { readonly format: string },
> = string;

/** A field that a document can leave out; reading it fills the value in. */
export type Default<T, _Value extends Partial<T>> = T;

/** The default of an object whose fields all have one. */
export type Empty = Record<string, never>;
