import { distance } from 'fastest-levenshtein';

interface Named {
  readonly name: string;
  readonly id: string;
}

const MOST_SUGGESTIONS = 5;

/** What may have been meant: by edits from one name to the other, without regard to case; a part of a name counts as near. */
export function nearestNames<Item extends Named>(reference: string, all: readonly Item[]): readonly Item[] {
  const wanted = reference.toLowerCase();
  const far = ({ name, id }: Item): number => {
    const other = name.toLowerCase();
    const holdsIt = wanted !== '' && (other.includes(wanted) || wanted.includes(other));
    return Math.min(distance(wanted, other), distance(wanted, id.toLowerCase())) / (holdsIt ? 4 : 1);
  };
  return all
    .map((item) => ({ item, far: far(item) }))
    .sort((one, other) => one.far - other.far || one.item.name.localeCompare(other.item.name, 'en'))
    .slice(0, MOST_SUGGESTIONS)
    .map(({ item }) => item);
}
