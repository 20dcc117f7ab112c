/** A list with at least one element, which the type tells: nothing has to be checked again. */
export type NonEmpty<Item> = readonly [Item, ...Item[]];

/** The list as one that is not empty; undefined for an empty one. */
export function nonEmpty<Item>(items: readonly Item[]): NonEmpty<Item> | undefined {
  return isNonEmpty(items) ? items : undefined;
}

export function isNonEmpty<Item>(items: readonly Item[]): items is NonEmpty<Item> {
  return items.length > 0;
}

/** `Array.map` that keeps what the type knows. */
export function mapNonEmpty<Item, Mapped>(
  [first, ...others]: NonEmpty<Item>,
  map: (item: Item) => Mapped,
): NonEmpty<Mapped> {
  return [map(first), ...others.map(map)];
}

/** `Array.flatMap` that keeps what the type knows: each element becomes one or more. */
export function flatMapNonEmpty<Item, Mapped>(
  [first, ...others]: NonEmpty<Item>,
  map: (item: Item) => NonEmpty<Mapped>,
): NonEmpty<Mapped> {
  const [firstMapped, ...rest] = map(first);
  return [firstMapped, ...rest, ...others.flatMap((item) => map(item))];
}

/** Each element once, by its key; of two with one key the later one, at the place of the first. */
export function uniqueBy<Item>(items: NonEmpty<Item>, keyOf: (item: Item) => unknown): NonEmpty<Item> {
  const [first, ...others] = new Map(items.map((item) => [keyOf(item), item])).values();
  return [first ?? items[0], ...others];
}
