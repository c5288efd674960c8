/** Under which names a field may come: the contract's in other spellings, other usual words for it, a map's. */
import type { JsonObject } from '../../base/json-object.ts';
import { camelCase, pascalCase } from '../../base/letter-case.ts';
import { setField } from '../../base/set-field.ts';
import type { Reading } from './reading.ts';
import { type Reader, readIf } from './scalar-readers.ts';

export interface Spelling {
  field: string;
  /** Only another way to write the same word. */
  same: boolean;
}

export function spellingsOf(
  fields: string[],
  also: Record<string, readonly string[] | undefined>,
): Map<string, Spelling> {
  const spellings = new Map<string, Spelling>();
  const add = (name: string, field: string, same: boolean) => {
    if (!fields.includes(name) && !spellings.has(name)) spellings.set(name, { field, same });
  };
  for (const field of fields) for (const other of spelled(field)) add(other, field, true);
  for (const field of fields) {
    for (const other of also[field] ?? []) {
      add(other, field, false);
      for (const spelling of spelled(other)) add(spelling, field, false);
    }
  }
  return spellings;
}

/** `projectId`, `ProjectId`, `project-id`. */
function spelled(name: string): string[] {
  return [camelCase(name), pascalCase(name), name.replaceAll('_', '-')];
}

/**
 * `columnId` → `column_id`. The contract's own spelling counts where both are there.
 * @returns the same object where nothing in it has another name, otherwise one of its own: taking fields out of an
 * object makes it, and whatever is done with it, many times slower than writing it anew.
 */
export function respell(
  data: JsonObject,
  fields: Record<string, Reader<unknown>>,
  spellings: ReadonlyMap<string, Spelling>,
  reading: Reading,
): JsonObject {
  let other = false;
  for (const name in data) {
    if (!spellings.has(name)) continue;
    other = true;
    break;
  }
  if (!other) return data;
  const respelled: JsonObject = {};
  const put = (field: string, value: unknown, name: string) => {
    respelled[field] = value;
    if (reading.isKept) reading.note(field, `${name} instead of ${field}`);
  };
  for (const name in data) {
    const value = data[name];
    const spelling = spellings.get(name);
    if (!spelling) {
      // Another name for it may have come before, where this one says nothing.
      if (value !== null || !Object.hasOwn(respelled, name)) setField(respelled, name, value);
      continue;
    }
    const { field, same } = spelling;
    if (same) {
      if (field in data || field in respelled) respelled[name] = value;
      else put(field, value, name);
      continue;
    }
    // Another word may mean something else: it counts only where it can be read as this.
    const read =
      value === null || isThere(data[field]) || isThere(respelled[field])
        ? undefined
        : readIf(fields[field]!, value);
    if (read !== undefined) put(field, read, name);
    // An object says more than the field that was taken from it.
    if (read === undefined || (typeof value === 'object' && typeof read !== 'object'))
      respelled[name] = value;
  }
  return respelled;
}

const isThere = (value: unknown) => value !== undefined && value !== null;

/** All are looked up before any is put: names may change places. */
export function rename(data: JsonObject, names: Record<string, string>): void {
  const found = Object.entries(names).flatMap(([field, source]): [string, string, unknown][] => {
    let value: unknown = data;
    for (const step of source.split('.'))
      value =
        typeof value === 'object' && value !== null && Object.hasOwn(value, step)
          ? (value as JsonObject)[step]
          : undefined;
    return value === undefined ? [] : [[field, source, value]];
  });
  for (const [, source] of found) if (!source.includes('.')) delete data[source];
  for (const [field, , value] of found) setField(data, field, value);
}
