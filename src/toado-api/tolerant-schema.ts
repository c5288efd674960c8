/**
 * Reads JSON as the REST contract shapes it, tolerantly. A known field may come in snake_case or camelCase or under
 * another usual name, an id as a number, a time in seconds or milliseconds; it leaves in the contract's form. Unknown
 * fields stay as they are. A known field that can't be read is shown as it came, under `other`; only what the program
 * itself needs fails. What came differently from the contract is noted in the `Reading`.
 *
 * Every answer passes through here, and the first one before anything is offered: it allocates nothing where an
 * answer comes as it should.
 */
import { setField } from '../base/set-field.ts';
import { markCut } from './cut-lists.ts';
import { Reading, SchemaMismatch, typeName } from './reading.ts';
import { type Read, type Reader, text } from './scalar-readers.ts';

type Data = Record<string, unknown>;
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
  return (value, reading) => {
    if (!Array.isArray(value)) throw new SchemaMismatch('a list', value);
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
        now = { other: was };
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
  /** One field of an object that is not to be changed, under whichever name it has; undefined where it can't be read. */
  fieldOf(data: Data, field: keyof F & string): unknown;
}

export interface ObjectSchemaOptions<F extends Fields> {
  /** Other usual names of a field; camelCase is understood anyway. */
  also?: { [Name in keyof F]?: readonly string[] };
  /** What may stand for the whole object: the id of a person for the person. */
  from?: (value: unknown) => Data | undefined;
  /** Puts together what another API says in other places, before the fields are read. */
  gather?: (data: Data, reading: Reading) => void;
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
  const spellings = spellingsOf(Object.keys(fields), also as Record<string, readonly string[] | undefined>);

  const reader = (value: unknown, reading: Reading) => {
    let data = value as Data;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      const made = from?.(value);
      if (!made) throw new SchemaMismatch('an object', value);
      reading.note('', `${typeName(value)} instead of an object`);
      data = made;
    }
    const renamed = reading.names?.[schemaName];
    if (renamed) rename(data, renamed);
    respell(data, fields, spellings, reading);
    gather?.(data, reading);
    const { differences } = reading;
    for (const { name, read, isNeeded } of known) {
      const was = data[name];
      if ((was === undefined || was === null) && !isNeeded) continue;
      // Nearly every field of nearly every answer.
      if (read === text && typeof was === 'string') continue;
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
  const names = new Map<string, string[]>(known.map(({ name }) => [name, [name]]));
  for (const [other, { field }] of spellings) names.get(field)!.push(other);
  const fieldOf = (data: Data, field: string) => {
    for (const name of names.get(field)!) {
      const value = data[name];
      if (value === undefined || value === null) continue;
      const read = readIf(fields[field]!, value);
      if (read !== undefined) return read;
    }
    return undefined;
  };
  const neededFields = known.flatMap(({ name, isNeeded }) => (isNeeded ? name : []));
  return Object.assign(reader, { schemaName, fields, neededFields, fieldOf });
}

/** For readings whose differences nobody asks for. */
const UNUSED_READING = new Reading();

/** The same, where there is something to be done with a value of another shape. */
export function readIf<Value>(read: Reader<Value>, value: unknown): Value | undefined {
  try {
    UNUSED_READING.differences.length = 0;
    return read(value, UNUSED_READING);
  } catch (error) {
    if (error instanceof SchemaMismatch) return undefined;
    throw error;
  }
}

/** A field that can't be read: shown as it came, but not under its name, where something else is promised. */
function setAside(data: Data, name: string): void {
  const { other } = data;
  const aside: Data =
    typeof other === 'object' && other !== null && !Array.isArray(other)
      ? (other as Data)
      : other === undefined
        ? {}
        : { other };
  setField(aside, name, data[name]);
  delete data[name];
  data.other = aside;
}

interface Spelling {
  field: string;
  /** Only another way to write the same word. */
  same: boolean;
}

function spellingsOf(
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

export function pascalCase(name: string): string {
  const camel = camelCase(name);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}

export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** `columnId` → `column_id`. The contract's own spelling counts where both are there. */
function respell(
  data: Data,
  fields: Fields,
  spellings: ReadonlyMap<string, Spelling>,
  reading: Reading,
): void {
  for (const name in data) {
    if (Object.hasOwn(fields, name)) continue;
    const spelling = spellings.get(name);
    if (!spelling) continue;
    const { field, same } = spelling;
    const value = data[name];
    if (same) {
      if (field in data) continue;
      data[field] = value;
      delete data[name];
    } else {
      // Another word may mean something else: it counts only where it can be read as this.
      if (value === null || (data[field] !== undefined && data[field] !== null)) continue;
      const read = readIf(fields[field]!, value);
      if (read === undefined) continue;
      data[field] = read;
      // An object says more than the field that was taken from it.
      if (typeof value !== 'object' || typeof read === 'object') delete data[name];
    }
    reading.note(field, `${name} instead of ${field}`);
  }
}

function rename(data: Data, names: Record<string, string>): void {
  for (const [field, source] of Object.entries(names)) {
    const path = source.split('.');
    let value: unknown = data;
    for (const step of path)
      value =
        typeof value === 'object' && value !== null && Object.hasOwn(value, step)
          ? (value as Data)[step]
          : undefined;
    if (value === undefined) continue;
    if (path.length === 1 && source !== field) delete data[source];
    setField(data, field, value);
  }
}
