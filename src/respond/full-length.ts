/** How long a list was before something of it was left out: its text says so, wherever it stands. */
const lengths = new WeakMap<readonly unknown[], number>();

export function fullLength(list: readonly unknown[]): number {
  return lengths.get(list) ?? list.length;
}

/** `list.map`, which keeps in mind how long the list was. */
export function mapItems<Item, Made>(list: readonly Item[], make: (item: Item) => Made): Made[] {
  return leftOf(
    list.map((item) => make(item)),
    fullLength(list),
  );
}

/** @returns the list, which is what is left of one of that length. */
export function leftOf<Item>(list: Item[], length: number): Item[] {
  if (length > list.length) lengths.set(list, length);
  else lengths.delete(list);
  return list;
}
