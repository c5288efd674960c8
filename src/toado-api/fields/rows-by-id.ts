/** Lists that come as an object with a row under each id: `{"t-8fK2aQ": {…}, "t-9xY1bC": {…}}`. */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { MAX_WHOLE_LENGTH } from '../json/parse-json.ts';
import { ENVELOPE, FOLDERS, LISTS, WRAPPERS } from './envelope-names.ts';

/** What has to be known of the rows. */
export interface RowSchema {
  fields: Readonly<Record<string, unknown>>;
  fieldOf(data: JsonObject, field: string): unknown;
  countFields(data: JsonObject, enough?: number): number;
}

/** Names that are no rows' ids: below them stands one thing, or what an envelope says. */
const NOT_IDS = new Set([...WRAPPERS, ...LISTS, ...FOLDERS, ...ENVELOPE]);
/** Ids have a digit or a hyphen in them, and no field of an envelope has. */
const AN_ID = /^(?=.*[\d-])\S{1,200}$/;

const A_NUMBER = /^\d+$/;

/** Whether a row is known by more than an id and a name, which other things have, too. */
export function isRowOf(schema: RowSchema, row: unknown): boolean {
  if (!isJsonObject(row)) return false;
  const common = ['id', 'name', 'title'].filter(
    (field) => field in schema.fields && schema.fieldOf(row, field) !== undefined,
  ).length;
  return schema.countFields(row, common + 1) > common;
}

/** The rows of such an object, each with its id, and their keys; undefined where it is another one. */
export interface RowsById {
  rows: JsonObject[];
  keys: string[];
}

/** @param isNamed whether it stands where a list is meant: then words may be ids, too. */
export function rowsById(place: unknown, schema: RowSchema, isNamed: boolean): RowsById | undefined {
  if (!isJsonObject(place)) return undefined;
  const keys = Object.keys(place);
  if (keys.length === 0 || schema.countFields(place, 1) > 0) return undefined;
  const isRow = (key: string) => {
    const row = place[key];
    if (NOT_IDS.has(key) || !isJsonObject(row) || schema.countFields(row, 1) === 0) return false;
    if (isNamed) return true;
    // A position may be the key of a row that has its own id.
    const isPosition = A_NUMBER.test(key) && isRowOf(schema, row);
    return isPosition || (AN_ID.test(key) && [undefined, key].includes(idOf(row, schema)));
  };
  return keys.every(isRow)
    ? { keys, rows: keys.map((key) => withKey(place[key] as JsonObject, key, schema)) }
    : undefined;
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

/** Every string, with the colon behind those that are names. */
const STRINGS = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/gs;

/**
 * The rows in the order in which they were written: an object's own order is another one where keys are numbers.
 * @param path to the object in the text; an empty text is none.
 * @returns undefined where that order can't be told.
 */
export function asWritten(
  { rows, keys }: RowsById,
  written: string,
  path: readonly string[],
): JsonObject[] | undefined {
  if (rows.length < 2 || written === '' || !keys.some((key) => A_NUMBER.test(key))) return rows;
  // What is parsed in pieces isn't parsed twice.
  if (written.length > MAX_WHOLE_LENGTH) return undefined;
  const named = written.replace(STRINGS, (string, colon?: string) =>
    colon ? `"#${string.slice(1)}` : string,
  );
  let place: unknown;
  try {
    place = JSON.parse(named.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
  for (const name of path) place = isJsonObject(place) ? place[`#${name}`] : undefined;
  const byKey = new Map(keys.map((key, at) => [`#${key}`, rows[at]!]));
  const ordered = Object.keys(isJsonObject(place) ? place : {}).flatMap((key): JsonObject[] => {
    const row = byKey.get(key);
    return row ? [row] : [];
  });
  return ordered.length === rows.length ? ordered : undefined;
}
