/**
 * Writes an answer's data as text for a model, in as few tokens as its facts take: lists of like things become a
 * table, what is the same in all of them is said once above it, times are short, the day stands in the column's head
 * where rows share it. Nothing is left out but what is empty. On one line, `; ` stands between things and `, ` between the
 * fields of one.
 */
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import { encodeTable, isTable } from './encode-table.ts';
import {
  fieldName,
  inline,
  isFlat,
  isReference,
  LONG_CELL,
  moreOf,
  namesOfIds,
  ONE_LINE,
  onLine,
  scalar,
  withName,
} from './encode-value.ts';
import { fullLength } from './full-length.ts';

/** Lists of short words stand on one line. */
const SHORT_ITEM = 60;

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

/** @returns undefined where there is nothing to say. */
function entry(key: string, value: unknown, indent: string): string | undefined {
  if (value === undefined) return undefined;
  const at = `${indent}${fieldName(key)}`;
  if (Array.isArray(value)) {
    const all = fullLength(value);
    const count = all > value.length ? `${value.length} of ${all}` : value.length;
    if (value.length === 0) return indent ? undefined : `${at}: none`;
    if (value.every((item) => typeof item !== 'object' || item === null)) {
      if (value.every((item) => scalar(item).length <= SHORT_ITEM))
        return `${at}: ${[...value.map(onLine), ...moreOf(value)].join('; ')}`;
      const lines = [...value.map(scalar), ...moreOf(value)];
      return `${at}:\n${lines.map((text) => `${indent}- ${text.replaceAll('\n', `\n${indent}  `)}`).join('\n')}`;
    }
    const references = value.every(isReference) ? value.map((one) => inline(one)).join('; ') : '';
    if (references !== '' && references.length <= LONG_CELL) return `${at} (${count}): ${references}`;
    return `${at} (${count}):\n${list(value, indent)}`;
  }
  if (isJsonObject(value)) {
    if (isEmpty(value)) return undefined;
    const line = isFlat(value) ? inline(value) : undefined;
    if (line !== undefined && !line.includes('\n') && line.length <= LONG_CELL) return `${at}: ${line}`;
    return `${at}:\n${encode(value, `${indent}  `)}`;
  }
  const text = scalar(value);
  if (!text.includes('\n')) return `${at}: ${text}`;
  return ONE_LINE.has(key) ? `${at}: ${onLine(text)}` : `${at}:\n${indented(text, `${indent}  `)}`;
}

function list(items: unknown[], indent: string): string {
  if (!items.every(isJsonObject))
    return items
      .map((item) => (isJsonObject(item) ? block(item, indent) : `${indent}- ${scalar(item)}`))
      .join('\n');
  const rows = isTable(items) ? encodeTable(items, indent) : undefined;
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
  const shared: JsonObject = {};
  const rest = items.map((item) => ({ ...item }));
  for (const key in items[0]!) {
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
  return rest.some(isEmpty) ? { shared: {}, rest: items } : { shared, rest };
}

function indented(text: string, indent: string): string {
  return indent + text.replaceAll('\n', `\n${indent}`);
}

function isEmpty(value: JsonObject): boolean {
  for (const name in value) if (value[name] !== undefined) return false;
  return true;
}
