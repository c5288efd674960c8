/** How long a list was before something of it was left out: its text says so, wherever it stands. */
const lengths = new WeakMap<readonly unknown[], number>();

export function fullLength(list: readonly unknown[]): number {
  return lengths.get(list) ?? list.length;
}

/** @returns the list, which is what is left of one of that length. */
export function leftOf<Item>(list: Item[], length: number): Item[] {
  if (length > list.length) lengths.set(list, length);
  return list;
}
