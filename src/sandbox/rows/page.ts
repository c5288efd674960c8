/** One page of a list; no cursor on the last one. */
export interface Page<Item> {
  items: Item[];
  cursor?: string;
}

/** Cuts rows, read one beyond the limit, to a page. */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  toItem: (row: Row) => Item,
  cursorAfter: (last: Row) => string,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const items = shown.map(toItem);
  return rows.length > limit ? { items, cursor: cursorAfter(shown.at(-1)!) } : { items };
}
