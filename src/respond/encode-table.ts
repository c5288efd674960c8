/** Lists of like things as a table: a line each, with what is the same in all of them said once above. */
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import { cell, fieldName, isFlat, LONG_CELL, namesOfIds, ONE_LINE, withName } from './encode-value.ts';

/** Rows of Toado's own have fewer columns; beyond, a table is written only where at least a quarter of its cells are filled. */
const MANY_COLUMNS = 32;

/** Whether a list is written as a table: also where up to a fifth of the items have a long text or one of several lines. */
export function isTable(items: JsonObject[]): boolean {
  const rows = items.filter(isRow).length;
  return rows === items.length || (rows >= items.length * 0.8 && items.every(isShallow));
}

function isShallow(value: JsonObject): boolean {
  return Object.values(value).every(
    (inner) => typeof inner !== 'object' || inner === null || isRow({ inner }),
  );
}

/** Whether it fits on one line of a table: short texts without line breaks, nothing deeply nested. */
function isRow(value: JsonObject): boolean {
  return Object.entries(value).every(([key, inner]) => {
    if (typeof inner === 'string')
      return inner.length <= LONG_CELL && (!inner.includes('\n') || ONE_LINE.has(key));
    if (Array.isArray(inner)) return inner.every((one) => (isJsonObject(one) ? isFlat(one) : true));
    return !isJsonObject(inner) || isFlat(inner);
  });
}

/** @returns undefined where things have so little in common that it would be mostly empty. */
export function encodeTable(all: JsonObject[], indent: string): string | undefined {
  const rows = all.map(named);
  const names = new Set<string>();
  let filled = 0;
  for (const row of rows) {
    for (const name in row) {
      if (row[name] === undefined) continue;
      names.add(name);
      filled++;
    }
  }
  if (names.size > MANY_COLUMNS && names.size * rows.length > 4 * filled) return undefined;
  const columns = [...names].map((key) => columnOf(key, rows));
  const ids = columns.find(({ key }) => key === 'id')?.cells;
  const same: string[] = [];
  const shown: Column[] = [];
  for (const column of columns) {
    const once = rows.length > 1 ? saidOnce(column, ids) : undefined;
    if (once === undefined) shown.push(rows.length > 1 ? withDayInHead(column) : column);
    else same.push(once);
  }
  // Columns that are rarely filled stand last: the ends of lines that say nothing are left out.
  const filledIn = ({ cells }: Column) => cells.filter((one) => one !== '').length;
  const order = shown.sort((a, b) => filledIn(b) - filledIn(a));
  const line = (row: readonly string[]) => indent + withoutEmptyEnd(row).join(' | ');
  const head = same.length > 0 ? `${indent}all: ${same.join('; ')}\n` : '';
  if (order.length === 0) return head.trimEnd();
  const body = rows.map((_, at) => line(order.map(({ cells }) => cells[at]!)));
  return `${head}${line(order.map(({ title }) => title))}\n${body.join('\n')}`;
}

interface Column {
  key: string;
  title: string;
  cells: string[];
}

function named(row: JsonObject): JsonObject {
  const names = namesOfIds(row);
  if (!names) return row;
  const copy = { ...row };
  for (const name of names) {
    copy[`${name}_id`] = withName(row, `${name}_id`);
    delete copy[name];
  }
  return copy;
}

function columnOf(key: string, rows: JsonObject[]): Column {
  const cells = rows.map((row) => (row[key] === undefined ? '' : cell(row[key])));
  return { key, title: fieldName(key), cells };
}

/** A column whose cells are all the same, or the same but for the row's own id. */
function saidOnce({ key, cells }: Column, ids: readonly string[] | undefined): string | undefined {
  const [first = ''] = cells;
  if (cells.every((one) => one === first)) return `${fieldName(key)}=${first}`;
  if (!ids || key === 'id' || !first.endsWith(ids[0]!)) return undefined;
  const before = first.slice(0, first.length - ids[0]!.length);
  return cells.every((one, at) => one === before + ids[at]!) ? `${key}=${before}<id>` : undefined;
}

const SHORT_TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;

function withDayInHead({ key, title, cells }: Column): Column {
  let day: string | undefined;
  for (const one of cells) {
    if (one === '') continue;
    const dayOfCell = SHORT_TIME.exec(one)?.[1];
    if (!dayOfCell || (day && day !== dayOfCell)) return { key, title, cells };
    day = dayOfCell;
  }
  if (!day) return { key, title, cells };
  return { key, title: `${title} (${day})`, cells: cells.map((one) => one.replace(SHORT_TIME, '$2')) };
}

function withoutEmptyEnd(cells: readonly string[]): readonly string[] {
  let end = cells.length;
  while (end > 0 && cells[end - 1] === '') end--;
  return cells.slice(0, end);
}
