/**
 * Writes an answer's data as text for a model, in as few tokens as its facts take: lists of like things become a
 * table, what is the same in all of them is said once above it, times are short, the day stands in the column's head
 * where rows share it. Nothing is left out but what is empty.
 */
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import { quoteName } from '../base/quote-name.ts';

const LONG_CELL = 240;
/** More than the rows of any list have. */
const MANY_COLUMNS = 32;
/** Lists of short words stand on one line. */
const SHORT_ITEM = 60;

/** Names and words that stand on one line: a break in them would only pass for the next field or row. */
const ONE_LINE = new Set([
  ...[
    'name',
    'title',
    'label',
    'email',
    'role',
    'shown_as',
    'project',
    'column',
    'branch_name',
    'page_title',
  ],
  ...['id', 'status', 'url', 'source_url', 'content_type', 'level', 'kind', 'method'],
]);

export function encode(data: JsonObject, indent = ''): string {
  const lines: string[] = [];
  const names = namesOfIds(data);
  for (const key in data) {
    if (names?.has(key)) continue;
    const line = entry(key, names ? withName(data, key) : data[key], indent);
    if (line !== undefined) lines.push(line);
  }
  return lines.join('\n');
}

/** `column: 'To Do'` beside `column_id` is said with it: `column_id: To Do (col_1)`. @returns undefined where none is. */
function namesOfIds(data: JsonObject): Set<string> | undefined {
  let names: Set<string> | undefined;
  for (const key in data) {
    if (!key.endsWith('_id') || typeof data[key] !== 'string') continue;
    const name = key.slice(0, -3);
    if (typeof data[name] !== 'string') continue;
    names ??= new Set();
    names.add(name);
  }
  return names;
}

function withName(data: JsonObject, key: string): unknown {
  const value = data[key];
  if (!key.endsWith('_id') || typeof value !== 'string') return value;
  const name = data[key.slice(0, -3)];
  return typeof name === 'string' ? { id: value, name } : value;
}

/** A field's name that could be taken for a field and its value is said in quotation marks. */
function fieldName(key: string): string {
  return /^[\p{L}\p{N}_$@/.][\p{L}\p{N}_$@/.<> -]*$/u.test(key) ? key : JSON.stringify(key);
}

/** @returns undefined where there is nothing to say. */
function entry(key: string, value: unknown, indent: string): string | undefined {
  if (value === undefined) return undefined;
  const at = `${indent}${fieldName(key)}`;
  if (Array.isArray(value)) {
    if (value.length === 0) return indent ? undefined : `${at}: none`;
    if (value.every((item) => typeof item !== 'object' || item === null)) {
      if (value.every((item) => scalar(item).length <= SHORT_ITEM))
        return `${at}: ${value.map(cell).join(', ')}`;
      return `${at}:\n${value.map((item) => `${indent}- ${scalar(item).replaceAll('\n', `\n${indent}  `)}`).join('\n')}`;
    }
    return `${at} (${value.length}):\n${list(value, indent)}`;
  }
  if (isJsonObject(value)) {
    if (isEmpty(value)) return undefined;
    const line = isFlat(value) ? inline(value) : undefined;
    if (line !== undefined && !line.includes('\n') && line.length <= LONG_CELL) return `${at}: ${line}`;
    return `${at}:\n${encode(value, `${indent}  `)}`;
  }
  const text = scalar(value);
  if (!text.includes('\n')) return `${at}: ${text}`;
  return ONE_LINE.has(key) ? `${at}: ${cell(text)}` : `${at}:\n${indented(text, `${indent}  `)}`;
}

function list(items: unknown[], indent: string): string {
  if (!items.every(isJsonObject))
    return items
      .map((item) => (isJsonObject(item) ? block(item, indent) : `${indent}- ${scalar(item)}`))
      .join('\n');
  const rows = isTable(items) ? table(items, indent) : undefined;
  if (rows !== undefined) return rows;
  const { shared, rest } = factored(items);
  const head = isEmpty(shared) ? '' : `${indent}all:\n${encode(shared, `${indent}  `)}\n`;
  return head + rest.map((item) => block(item, indent)).join('\n');
}

function block(item: JsonObject, indent: string): string {
  return encode(item, `${indent}  `).replace(`${indent}  `, `${indent}- `);
}

/** What all items have alike, and the items without it; inside of objects, field by field. */
function factored(items: JsonObject[]): { shared: JsonObject; rest: JsonObject[] } {
  if (items.length < 2) return { shared: {}, rest: items };
  const [first, ...others] = items as [JsonObject, ...JsonObject[]];
  const shared: JsonObject = {};
  const rest = items.map((item) => ({ ...item }));
  for (const key in first) {
    const values = items.map((item) => item[key]);
    if (values.every((value) => value === values[0])) {
      if (values[0] !== undefined) shared[key] = values[0];
      for (const item of rest) delete item[key];
    } else if (values.every((value) => isJsonObject(value) && isFlat(value))) {
      const inside = factored(values as JsonObject[]);
      if (isEmpty(inside.shared)) continue;
      shared[key] = inside.shared;
      for (const [at, item] of rest.entries()) item[key] = inside.rest[at];
    }
  }
  // An item of which nothing is left would not be counted.
  return others.length > 0 && rest.every((item) => !isEmpty(item))
    ? { shared, rest }
    : { shared: {}, rest: items };
}

/** @returns undefined where things have so little in common that it would be mostly empty. */
function table(all: JsonObject[], indent: string): string | undefined {
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

/** A value inside a line: what would break the line or the columns is escaped. */
function cell(value: unknown): string {
  if (Array.isArray(value)) return value.map(cell).join('; ');
  if (isJsonObject(value)) return inline(value);
  const text = scalar(value);
  if (!/[\\\n|]/.test(text)) return text;
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('|', '\\|');
}

/**
 * `{id: 'usr_1', name: 'Mia'}` → `Mia (usr_1)`, a size → `800x600`, who did something and when → `Mia, 2026-…`;
 * other objects name their fields.
 */
function inline(value: JsonObject): string {
  const { id, name, width, height, shown_as, at } = value;
  /** Not by a spread of what is left: that takes forty times as long where the fields are many. */
  const others = (...first: string[]) => {
    let text = '';
    const add = (key: string) => {
      if (value[key] !== undefined) text += `, ${fieldName(key)}=${cell(value[key])}`;
    };
    for (const key of first) add(key);
    for (const key in value) if (!SAID_FIRST.has(key)) add(key);
    return text;
  };
  if (shown_as !== undefined)
    return `${cell(shown_as)}${at === undefined ? '' : `, ${cell(at)}`}${others('id', 'name', 'width', 'height')}`;
  if (id !== undefined && name !== undefined)
    return `${typeof name === 'string' ? cell(quoteName(name)) : cell(name)} (${cell(id)})${others('width', 'height', 'at')}`;
  if (width !== undefined && height !== undefined)
    return `${cell(width)}x${cell(height)}${others('id', 'name', 'at')}`;
  return others('id', 'name', 'width', 'height', 'at').slice(2);
}

const SAID_FIRST = new Set(['id', 'name', 'width', 'height', 'shown_as', 'at']);

const TIME = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d{1,9})?(?:Z|\+00:00)$/;

function scalar(value: unknown): string {
  if (typeof value === 'string') {
    if (value.length < 20 || value.length > 35 || value[10] !== 'T') return value;
    return value.replace(TIME, '$1 $2');
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number' && !Number.isInteger(value)) return String(rounded(value));
  return String(value);
}

/** Browsers measure to the trillionth of a millisecond. */
function rounded(value: number): number {
  return Math.abs(value) < 0.1 ? value : Math.round(value * 1000) / 1000;
}

function indented(text: string, indent: string): string {
  return indent + text.replaceAll('\n', `\n${indent}`);
}

function isEmpty(value: JsonObject): boolean {
  for (const name in value) if (value[name] !== undefined) return false;
  return true;
}

function isFlat(value: JsonObject): boolean {
  for (const name in value) if (typeof value[name] === 'object' && value[name] !== null) return false;
  return true;
}

/** One long title doesn't make a list of blocks out of a board. */
function isTable(items: JsonObject[]): boolean {
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
