import type { NameReference, NamesInLine } from './servicing-request.js';

/** A name that is looked for, and the whole line that it was cut out of, where it was. */
export interface MeantName {
  readonly name: string;
  readonly line: string | undefined;
}

/** Everything that the site has to be asked for, in one request: a line with commas, and the names in it. */
export function lookedUpFor(references: readonly [NameReference, ...NameReference[]]): NonEmptyNames;
export function lookedUpFor(references: readonly NameReference[]): readonly string[];
export function lookedUpFor(references: readonly NameReference[]): readonly string[] {
  return references.flatMap((each) => (typeof each === 'string' ? [each] : [each.line, ...each.names]));
}

type NonEmptyNames = readonly [string, ...string[]];

/** What the references mean, once it is known what there is: a line that is a name is one, and not cut at its commas. */
export function meantNames(
  references: readonly NameReference[],
  isThere: (name: string) => boolean,
): { readonly names: readonly MeantName[]; readonly wholeLines: readonly string[] } {
  const isWhole = ({ line }: NamesInLine): boolean => isThere(line);
  const names = references.flatMap((each): readonly MeantName[] => {
    if (typeof each === 'string') return [{ name: each, line: undefined }];
    if (isWhole(each)) return [{ name: each.line, line: undefined }];
    return each.names.map((name) => ({ name, line: each.line }));
  });
  return {
    // A name that stands in two lines is looked for once.
    names: [...new Map(names.map((each) => [each.name, each])).values()],
    wholeLines: references.flatMap((each) => (typeof each !== 'string' && isWhole(each) ? [each.line] : [])),
  };
}
