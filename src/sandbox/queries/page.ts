import { type Json, withFields } from './json.ts';

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

/** The answer that a page of JSON texts is. */
export function pageJson<T>({ items, cursor }: Page<Json<T>>): Json<Page<T>> {
  return withFields(`{"items":[${items.join(',')}]}`, {
    cursor: cursor === undefined ? undefined : JSON.stringify(cursor),
  });
}
