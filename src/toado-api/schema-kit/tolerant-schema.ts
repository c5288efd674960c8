/**
 * Reads JSON as the REST contract shapes it, tolerantly. A known field may come in snake_case or camelCase or under
 * another usual name, an id as a number, a time in seconds or milliseconds; it leaves in the contract's form. Unknown
 * fields stay as they are. A known field that can't be read is shown as it came, under `other`; only what the program
 * itself needs fails. What came differently from the contract is noted in the `Reading`.
 *
 * Every answer passes through here, and the first one before anything is offered: it allocates nothing where an
 * answer comes as it should.
 */
import { isJsonObject, type JsonObject } from '../../base/json-object.ts';
import { setField } from '../../base/set-field.ts';
import { markCut } from '../json/incomplete-lists.ts';
import { rename, respell, type Spelling, spellingsOf } from './field-names.ts';
import { type Reading, SchemaMismatch, typeName } from './reading.ts';
import { asWritten, type RowSchema, rowsById } from './rows-by-id.ts';
import { count, type Read, type Reader, readIf, scalarTypeOf, text } from './scalar-readers.ts';

type Fields = Record<string, Reader<unknown>>;
declare const NEEDED: unique symbol;
/** Of a field without which the program can't go on. */
export type NeededReader<Value> = Reader<Value> & { [NEEDED]: true };
type ObjectOf<F extends Fields> = {
  [Name in keyof F as F[Name] extends NeededReader<unknown> ? Name : never]: Read<F[Name]>;
} & {
  [Name in keyof F as F[Name] extends NeededReader<unknown> ? never : Name]?: Read<F[Name]> | null;
} & { [unknown: string]: unknown };

const neededReaders = new WeakSet<object>();

/** Where it can't be read, the whole answer can't. Every other field may be absent or null. */
export function needed<Value>(read: Reader<Value>): NeededReader<Value> {
  const reader: Reader<Value> = (value, reading) => read(value, reading);
  neededReaders.add(reader);
  return reader as NeededReader<Value>;
}

/** More than anybody lists or is shown. They are read in one piece, and millions would hold the process for long. */
export const MAX_ROWS = 10_000;

export function list<Value>(read: Reader<Value>): Reader<Value[]> {
  // What isn't an object is shown all the same, as a row that holds nothing else.
  const isOfObjects = objectSchemas.has(read);
  return (given, reading) => {
    let value = given;
    if (!Array.isArray(value) && isOfObjects) {
      const byId = rowsById(value, read as unknown as RowSchema, { isNamed: true });
      if (byId) {
        const rows = asWritten(byId, reading.order);
        reading.note(
          '',
          `an object by ids instead of a list${rows ? '' : ', in another order'}`,
          rows !== undefined,
        );
        value = rows ?? byId.rows;
      }
    }
    if (!Array.isArray(value)) throw new SchemaMismatch('a list', given);
    const { length } = value;
    if (length > MAX_ROWS) value.length = MAX_ROWS;
    for (let at = 0; at < value.length; at++) {
      const was: unknown = value[at];
      const first = reading.differences.length;
      let now: unknown;
      try {
        now = read(was, reading);
      } catch (error) {
        if (!(error instanceof SchemaMismatch)) throw error;
        if (!isOfObjects || error.path.length > 0) {
          error.path.unshift(at);
          throw error;
        }
        reading.note('', `${error.was} instead of an object`, false);
        now = { other: was ?? String(was) };
      }
      if (now !== was) value[at] = now;
      if (reading.differences.length > first) onceForAll(reading, first);
    }
    if (length > MAX_ROWS) {
      const rest = `… ${length - MAX_ROWS} more, which were not read`;
      markCut(value).push(isOfObjects ? { other: rest } : rest);
    }
    return value as Value[];
  };
}

/** What differs in one item mostly differs in all of them: it is noted once. */
function onceForAll(reading: Reading, first: number): void {
  reading.inside(first, '[]');
  const { differences } = reading;
  const fresh = differences.splice(first);
  for (const one of fresh) {
    if (!differences.some(({ path, was }) => path === one.path && was === one.was)) differences.push(one);
  }
}

const objectSchemas = new WeakSet<object>();

export interface ObjectSchema<F extends Fields> extends Reader<ObjectOf<F>> {
  schemaName: string;
  fields: F;
  /** Those without which it can't be read. */
  neededFields: readonly string[];
  /** Which of the fields a name stands for: its own, or another usual one. */
  fieldNamed(name: string): (keyof F & string) | undefined;
  /** One field of an object that is not to be changed, under whichever name it has; undefined where it can't be read. */
  fieldOf(data: JsonObject, field: keyof F & string): unknown;
  /** Whether an object has the contract's fields alone, each of the contract's type or null. */
  holdsOnlyFields(data: JsonObject): boolean;
  /** How many of the fields an object has, under whichever names; counted no further than to `enough`. */
  countFields(data: JsonObject, enough?: number): number;
}

export interface ObjectSchemaOptions<F extends Fields> {
  /** Other usual names of a field; camelCase is understood anyway. */
  also?: { [Name in keyof F]?: readonly string[] };
  /** What may stand for the whole object: the id of a person for the person. */
  from?: (value: unknown) => JsonObject | undefined;
  /** Puts together what another API says in other places, before the fields are read. */
  gather?: (data: JsonObject, reading: Reading) => void;
}

/** @param schemaName under which a map corrects the names of its fields. */
export function objectSchema<F extends Fields>(
  schemaName: string,
  fields: F,
  { also = {}, from, gather }: ObjectSchemaOptions<F> = {},
): ObjectSchema<F> {
  const known = Object.entries(fields).map(([name, read]) => ({
    name,
    read,
    isNeeded: neededReaders.has(read),
  }));
  // Made when the first answer is read: a start reads none but the token's.
  let made: Map<string, Spelling> | undefined;
  const spellings = () => {
    made ??= spellingsOf(Object.keys(fields), also as Record<string, readonly string[] | undefined>);
    return made;
  };

  const reader = (value: unknown, reading: Reading) => {
    let data = value as JsonObject;
    if (!isJsonObject(value)) {
      const made = from?.(value);
      if (!made) throw new SchemaMismatch('an object', value);
      reading.note('', `${typeName(value)} instead of an object`);
      data = made;
    }
    const renamed = reading.names?.[schemaName];
    if (renamed) rename(data, renamed);
    data = respell(data, fields, spellings(), reading);
    gather?.(data, reading);
    const { differences } = reading;
    for (const { name, read, isNeeded } of known) {
      const was = data[name];
      if ((was === undefined || was === null) && !isNeeded) continue;
      if (isPlain(read, was)) continue;
      const first = differences.length;
      try {
        const now = read(was, reading);
        if (now !== was) data[name] = now;
      } catch (error) {
        if (!(error instanceof SchemaMismatch)) throw error;
        error.path.unshift(name);
        if (isNeeded) throw error;
        differences.length = first;
        reading.note('', `${error.was} that can't be read`, false);
        setAside(data, name);
      }
      if (differences.length > first) reading.inside(first, name);
    }
    return data as ObjectOf<F>;
  };
  objectSchemas.add(reader);
  let names: Map<string, string[]> | undefined;
  const namesOf = (field: string) => {
    if (!names) {
      names = new Map(known.map(({ name }) => [name, [name]]));
      for (const [other, { field }] of spellings()) names.get(field)!.push(other);
    }
    return names.get(field)!;
  };
  const fieldOf = (data: JsonObject, field: string) => {
    const read = fields[field]!;
    for (const name of namesOf(field)) {
      const value = data[name];
      if (value === undefined || value === null) continue;
      const was = isPlain(read, value) ? value : readIf(read, value);
      if (was !== undefined) return was;
    }
    return undefined;
  };
  const fieldNamed = (name: string) =>
    spellings().get(name)?.field ?? (Object.hasOwn(fields, name) ? name : undefined);
  const neededFields = known.flatMap(({ name, isNeeded }) => (isNeeded ? name : []));
  // By the names that are there, which are fewer than those that may be.
  const countFields = (data: JsonObject, enough = Number.POSITIVE_INFINITY) => {
    const counted: string[] = [];
    for (const name in data) {
      const field = fieldNamed(name);
      const value = field === undefined ? undefined : data[name];
      if (field === undefined || value === undefined || value === null || counted.includes(field)) continue;
      const read = fields[field]!;
      const isReadable = isPlain(read, value) || readIf(read, value) !== undefined;
      if (isReadable && counted.push(field) >= enough) break;
    }
    return counted.length;
  };
  const holdsOnlyFields = (data: JsonObject) => {
    for (const name in data) {
      if (!Object.hasOwn(fields, name)) return false;
      const value = data[name];
      if (value !== null && !isOfType(fields[name]!, value)) return false;
    }
    return true;
  };
  return Object.assign(reader, {
    schemaName,
    fields,
    neededFields,
    fieldNamed,
    fieldOf,
    holdsOnlyFields,
    countFields,
  });
}

/** What is read by a look at its type: nearly every field of nearly every answer. */
function isPlain(read: Reader<unknown>, value: unknown): boolean {
  return typeof value === 'string' ? read === text : typeof value === 'number' && read === count;
}

/** Whether a value is of the type that the contract gives it. */
function isOfType(read: Reader<unknown>, value: unknown): boolean {
  const type = scalarTypeOf(read);
  if (type) return typeof value === type;
  return objectSchemas.has(read) ? isJsonObject(value) : Array.isArray(value);
}

/** A field that can't be read: shown as it came, but not under its name, where something else is promised. */
function setAside(data: JsonObject, name: string): void {
  const { other } = data;
  const aside: JsonObject = isJsonObject(other) ? other : other === undefined ? {} : { other };
  setField(aside, name, data[name]);
  delete data[name];
  data.other = aside;
}
