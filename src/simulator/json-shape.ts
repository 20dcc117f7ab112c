/**
 * Reads a value of parsed JSON into a type, or adds what is wrong with it to `problems`, each with its place in the
 * document; undefined stands for a value that was refused.
 */
export type Shape<T> = (value: unknown, at: string, problems: string[]) => T | undefined;

export interface Field<T> {
  readonly shape: Shape<T>;
  /** Undefined: the field is required. */
  readonly fallback: { readonly value: T } | undefined;
}

export type Fields<T> = { readonly [K in keyof T]-?: Field<Exclude<T[K], undefined>> };

export const required = <T>(shape: Shape<T>): Field<T> => ({ shape, fallback: undefined });
export const optional = <T>(shape: Shape<T>, value: T): Field<T> => ({ shape, fallback: { value } });

function refuse(value: unknown, at: string, problems: string[], allowed: string): undefined {
  const text = JSON.stringify(value);
  const short = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  problems.push(`${at}: ${short} is not allowed here; it must be ${allowed}.`);
  return undefined;
}

export const text =
  (allowed = 'a text', pattern = /^/u): Shape<string> =>
  (value, at, problems) =>
    typeof value === 'string' && pattern.test(value) ? value : refuse(value, at, problems, allowed);

export const flag: Shape<boolean> = (value, at, problems) =>
  typeof value === 'boolean' ? value : refuse(value, at, problems, 'true or false');

export const integer =
  (least: number, most: number): Shape<number> =>
  (value, at, problems) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most
      ? value
      : refuse(value, at, problems, `a whole number from ${least} to ${most}`);

export const choice =
  <T extends string>(...choices: readonly T[]): Shape<T> =>
  (value, at, problems) =>
    choices.find((one) => one === value) ??
    refuse(value, at, problems, `one of ${choices.map((one) => JSON.stringify(one)).join(', ')}`);

export const listOf =
  <T>(element: Shape<T>): Shape<readonly T[]> =>
  (value, at, problems) => {
    if (!Array.isArray(value)) {
      return refuse(value, at, problems, 'a list');
    }
    const read = value.map((one: unknown, index) => element(one, `${at}[${index}]`, problems));
    return read.some((one) => one === undefined) ? undefined : (read as T[]);
  };

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with exactly these fields; a field with a fallback may be missing. */
export function objectOf<T extends object>(fields: Fields<T>): Shape<T> {
  // The names of a mapped type are known only as texts when it is walked through.
  const entries = Object.entries<Field<unknown>>(fields);
  const names = entries.map(([name]) => name).join(', ');
  return (value, at, problems) => {
    if (!isObject(value)) {
      return refuse(value, at, problems, `an object with the fields ${names}`);
    }
    const before = problems.length;
    for (const name of Object.keys(value).filter((one) => !Object.hasOwn(fields, one))) {
      problems.push(`${at}: there is no field ${JSON.stringify(name)}; allowed are ${names}.`);
    }
    const read: Record<string, unknown> = {};
    for (const [name, field] of entries) {
      if (Object.hasOwn(value, name)) {
        read[name] = field.shape(value[name], `${at}.${name}`, problems);
      } else if (field.fallback === undefined) {
        problems.push(`${at}: the field "${name}" is missing.`);
      } else {
        read[name] = field.fallback.value;
      }
    }
    return problems.length > before ? undefined : (read as T);
  };
}

/** An object whose names are free. */
export const recordOf =
  <T>(element: Shape<T>): Shape<Readonly<Record<string, T>>> =>
  (value, at, problems) => {
    if (!isObject(value)) {
      return refuse(value, at, problems, 'an object');
    }
    const before = problems.length;
    const read = Object.entries(value).map(
      ([name, one]) => [name, element(one, `${at}.${name}`, problems)] as const,
    );
    return problems.length > before ? undefined : (Object.fromEntries(read) as Record<string, T>);
  };

/** Null, which says that something is not there. */
export const nothing: Shape<null> = (value, at, problems) =>
  value === null ? null : refuse(value, at, problems, 'null');

/** The first shape that takes the value; `allowed` says what all of them take. */
export const either =
  <A, B>(first: Shape<A>, second: Shape<B>, allowed: string): Shape<A | B> =>
  (value, at, problems) => {
    const read = first(value, at, []) ?? second(value, at, []);
    return read === undefined ? refuse(value, at, problems, allowed) : read;
  };
