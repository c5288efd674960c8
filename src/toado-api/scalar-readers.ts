/** Reads single values tolerantly: texts, numbers, flags, times, ids. */
import { Misshapen, type Reading, typeName } from './reading.ts';

/** Gives back the value, brought into the contract's form in place where that is needed. @throws Misshapen */
export type Reader<Value> = (value: unknown, reading: Reading) => Value;
export type Read<R> = R extends Reader<infer Value> ? Value : never;

/** A text; numbers are taken for their digits. */
export const text: Reader<string> = (value, reading) => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') throw new Misshapen('text', value);
  reading.note('', 'a number instead of text');
  return String(value);
};

export const count: Reader<number> = (value, reading) => {
  if (typeof value === 'number') return value;
  const number =
    typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isFinite(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER)
    throw new Misshapen('a number', value);
  reading.note('', 'text instead of a number');
  return number;
};

const FLAGS: Record<string, boolean> = { true: true, false: false, '1': true, '0': false };
export const flag: Reader<boolean> = (value, reading) => {
  if (typeof value === 'boolean') return value;
  const known = typeof value === 'string' || typeof value === 'number' ? FLAGS[String(value)] : undefined;
  if (known === undefined) throw new Misshapen('true or false', value);
  reading.note('', `${typeName(value)} instead of true or false`);
  return known;
};

/** A time as ISO 8601; seconds and milliseconds since 1970 are understood. Other texts stay as they are. */
export const time: Reader<string> = (value, reading) => {
  // `2026-…`, as nearly all are.
  if (typeof value === 'string' && value.charCodeAt(4) === HYPHEN) return value;
  const digits = typeof value === 'string' && /^\d{9,16}(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof digits === 'string') return digits;
  const iso = typeof digits === 'number' ? isoOf(digits) : undefined;
  if (iso === undefined) throw new Misshapen('a time', value);
  reading.note('', `${typeName(value)} instead of a time`);
  return iso;
};
const HYPHEN = 45;

/** From here on a number is a time in milliseconds: as seconds it would be in the year 5138. */
const MILLISECONDS_FROM = 1e11;
/** Seconds since 1970 of March 1973: what is smaller counts from somewhere else. */
const SECONDS_FROM = 1e8;

/** The time that a number stands for; undefined where it isn't one since 1970. */
export function isoOf(number: number): string | undefined {
  if (!(number >= SECONDS_FROM)) return undefined;
  const date = new Date(number >= MILLISECONDS_FROM ? number : number * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** The id of something that may be given whole. */
export const reference: Reader<string> = (value, reading) => {
  if (typeof value !== 'object' || value === null) return text(value, reading);
  const { id } = value as { id?: unknown };
  if (typeof id !== 'string' && typeof id !== 'number') throw new Misshapen('an id', value);
  reading.note('', 'an object instead of an id');
  return String(id);
};

/** May be there or not, whatever it is. */
export const anything: Reader<unknown> = (value) => value;
