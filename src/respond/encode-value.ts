/** One value on one line, as `encode.ts` writes it in a field, a list's item or a table's cell. */
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import { quoteName } from '../base/quote-name.ts';
import { fullLength } from './full-length.ts';

/** Characters: a longer text stands on lines of its own. */
export const LONG_CELL = 240;

/** Names and words that stand on one line: a break in them would only pass for the next field or row. */
export const ONE_LINE = new Set([
  ...['name', 'title', 'label', 'email', 'role', 'shown_as', 'project', 'column', 'branch_name'],
  ...['page_title', 'id', 'status', 'url', 'source_url', 'content_type', 'level', 'kind', 'method'],
]);

/** `column: 'To Do'` beside `column_id` is said with it: `column_id: To Do (col_1)`. @returns undefined where none is. */
export function namesOfIds(data: JsonObject): Set<string> | undefined {
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

export function withName(data: JsonObject, key: string): unknown {
  const value = data[key];
  if (!key.endsWith('_id') || typeof value !== 'string') return value;
  const name = data[key.slice(0, -3)];
  return typeof name === 'string' ? { id: value, name } : value;
}

/** A field's name that could be taken for a field and its value is said in quotation marks. */
export function fieldName(key: string): string {
  return /^[\p{L}\p{N}_$@/.][\p{L}\p{N}_$@/.<> -]*$/u.test(key) ? key : JSON.stringify(key);
}

/** A value inside a line: what would break the line is escaped. */
export function onLine(value: unknown): string {
  return written(value, forLine);
}

/** A value in a table's cell: what would break the columns, too. */
export function cell(value: unknown): string {
  return written(value, forCell);
}

/** In place of what was left out of a list. */
export function moreOf(list: readonly unknown[]): string[] {
  const more = fullLength(list) - list.length;
  return more > 0 ? [`… and ${more} more`] : [];
}

type Escape = (text: string) => string;

const forLine: Escape = (text) => (text.includes('\n') ? text.replaceAll('\n', '\\n') : text);

const forCell: Escape = (text) =>
  /[\\\n|]/.test(text) ? text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('|', '\\|') : text;

function written(value: unknown, toSafe: Escape): string {
  if (Array.isArray(value)) return [...value.map((one) => written(one, toSafe)), ...moreOf(value)].join('; ');
  return isJsonObject(value) ? inline(value, toSafe) : toSafe(scalar(value));
}

/**
 * `{id: 'usr_1', name: 'Mia'}` → `Mia (usr_1)`, a size → `800x600`, who did something and when → `Mia, 2026-…`;
 * other objects name their fields.
 */
export function inline(value: JsonObject, toSafe: Escape = forLine): string {
  const say = (inner: unknown) => written(inner, toSafe);
  const { id, name, width, height, shown_as, at } = value;
  /** Not by a spread of what is left: that takes forty times as long where the fields are many. */
  const others = (...first: string[]) => {
    let text = '';
    const add = (key: string) => {
      if (value[key] !== undefined) text += `, ${fieldName(key)}=${say(value[key])}`;
    };
    for (const key of first) add(key);
    for (const key in value) if (!SAID_FIRST.has(key)) add(key);
    return text;
  };
  if (shown_as !== undefined)
    return `${say(shown_as)}${at === undefined ? '' : `, ${say(at)}`}${others('id', 'name', 'width', 'height')}`;
  if (id !== undefined && name !== undefined)
    return `${typeof name === 'string' ? say(quoteName(name)) : say(name)} (${say(id)})${others('width', 'height', 'at')}`;
  if (width !== undefined && height !== undefined)
    return `${say(width)}x${say(height)}${others('id', 'name', 'at')}`;
  return others('id', 'name', 'width', 'height', 'at').slice(2);
}

const SAID_FIRST = new Set(['id', 'name', 'width', 'height', 'shown_as', 'at']);

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|\+00:00)$/;

export function scalar(value: unknown): string {
  if (typeof value === 'string') {
    if (value.length < 20 || value.length > 35 || value[10] !== 'T') return value;
    return TIME.test(value) ? `${value.slice(0, 10)} ${value.slice(11, 19)}` : value;
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number' && !Number.isInteger(value)) return String(rounded(value));
  return String(value);
}

/** Browsers measure to the trillionth of a millisecond. */
function rounded(value: number): number {
  return Math.abs(value) < 0.1 ? value : Math.round(value * 1000) / 1000;
}

/** Whether it only says which one is meant: `{id: 'usr_1', name: 'Mia'}`. */
export function isReference(value: unknown): value is JsonObject {
  if (!isJsonObject(value) || typeof value.id !== 'string' || typeof value.name !== 'string') return false;
  for (const name in value) if (name !== 'id' && name !== 'name' && value[name] !== undefined) return false;
  return true;
}

export function isFlat(value: JsonObject): boolean {
  for (const name in value) if (typeof value[name] === 'object' && value[name] !== null) return false;
  return true;
}
