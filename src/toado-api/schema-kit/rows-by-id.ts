/** Lists that come as an object with a row under each id: `{"t-8fK2aQ": {…}, "t-9xY1bC": {…}}`. */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { hasNumberAsName, type WrittenOrder } from '../json/written-order.ts';
import { ENVELOPE, FOLDERS, LISTS, WRAPPERS } from '../vocabulary/envelope-names.ts';
import { looksLikeId } from '../vocabulary/ids.ts';
import { isError, isFilled } from '../vocabulary/outcome-words.ts';

/** What has to be known of the rows. */
export interface RowSchema {
  fields: Readonly<Record<string, unknown>>;
  fieldOf(data: JsonObject, field: string): unknown;
  countFields(data: JsonObject, enough?: number): number;
}

/** Names that are no rows' ids: below them stands one thing, or what an envelope says. */
const NOT_IDS = new Set([...WRAPPERS, ...LISTS, ...FOLDERS, ...ENVELOPE]);
const A_NUMBER = /^\d+$/;

/** Whether a row is known by more than an id and a name, which other things have, too. */
export function isRowOf(schema: RowSchema, row: unknown): boolean {
  if (!isJsonObject(row)) return false;
  const common = ['id', 'name', 'title'].filter(
    (field) => field in schema.fields && schema.fieldOf(row, field) !== undefined,
  ).length;
  return schema.countFields(row, common + 1) > common;
}

/** The rows of such an object, each with its id, and their keys. */
export interface RowsById {
  place: JsonObject;
  keys: string[];
  rows: JsonObject[];
  /** What is said in the place of those that were not read, where they were too many. */
  rest?: string;
}

/** How `parse-large.ts` says that an object goes on. */
const REST = '…';

/**
 * @param isNamed whether it stands where a list is meant: then words may be ids, too.
 * @returns undefined where it is another object.
 */
export function rowsById(
  place: unknown,
  schema: RowSchema,
  { isNamed }: { isNamed: boolean },
): RowsById | undefined {
  if (!isJsonObject(place)) return undefined;
  const rest = place[REST];
  const keys = Object.keys(place).filter((key) => key !== REST);
  if (keys.length === 0 || schema.countFields(place, 1) > 0) return undefined;
  const isRow = (key: string) => {
    const row = place[key];
    if (NOT_IDS.has(key) || !isJsonObject(row) || schema.countFields(row, 1) === 0) return false;
    if (isNamed) return true;
    // A position may be the key of a row that has its own id.
    const isPosition = A_NUMBER.test(key) && isRowOf(schema, row);
    return isPosition || (looksLikeId(key) && [undefined, key].includes(idOf(row, schema)));
  };
  let known: string | undefined;
  const lacking: string[] = [];
  for (const key of keys) {
    if (isRow(key)) known ??= key;
    else if (looksLikeId(key) && !NOT_IDS.has(key) && isNoRow(place[key])) lacking.push(key);
    else return undefined;
  }
  if (known === undefined || !lacking.every((key) => areAlike(key, known))) return undefined;
  return {
    place,
    keys,
    rows: keys.map((key) => rowAt(place[key], key, schema)),
    ...(typeof rest === 'string' && { rest: `${REST} ${rest}` }),
  };
}

/** What stands among rows for one that isn't there, or was refused. */
function isNoRow(value: unknown): boolean {
  if (isJsonObject(value)) return isError(value.error) || isFilled(value.errors);
  return value === null || value === false || typeof value === 'string';
}

/** Of one kind of id: as long as each other, or with the same beginning. */
function areAlike(key: string, other: string): boolean {
  const beginning = (text: string) => /^[a-z]+[_:-]/i.exec(text)?.[0];
  return key.length === other.length || (beginning(key) ?? key) === beginning(other);
}

function rowAt(value: unknown, key: string, schema: RowSchema): JsonObject {
  return isJsonObject(value) ? withKey(value, key, schema) : withKey({ other: String(value) }, key, schema);
}

/** What the key says is the row's id; where the row has its own, it may be the name. */
function withKey(row: JsonObject, key: string, schema: RowSchema): JsonObject {
  const id = idOf(row, schema);
  if (id === undefined) return 'id' in schema.fields ? { ...row, id: key } : row;
  const isNameless = 'name' in schema.fields && schema.fieldOf(row, 'name') === undefined;
  return id !== key && isNameless ? { ...row, name: key } : row;
}

function idOf(row: JsonObject, schema: RowSchema): string | undefined {
  const id = 'id' in schema.fields ? schema.fieldOf(row, 'id') : undefined;
  return id === undefined ? undefined : String(id);
}

/**
 * The rows in the order in which they were written: an object's own order is another one where keys are numbers.
 * @returns undefined where that order can't be told.
 */
export function asWritten({ rows, keys, place }: RowsById, order: WrittenOrder): JsonObject[] | undefined {
  if (rows.length < 2 || !hasNumberAsName(place)) return rows;
  const byKey = new Map(keys.map((key, at) => [key, rows[at]!]));
  return order.of(place)?.flatMap((key): JsonObject[] => {
    const row = byKey.get(key);
    return row ? [row] : [];
  });
}
