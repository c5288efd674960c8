/** Reads single values tolerantly: texts, numbers, flags, times, ids. */
import { Reading, SchemaMismatch, typeName } from './reading.ts';

/** Gives back the value, brought into the contract's form in place where that is needed. @throws SchemaMismatch */
export type Reader<Value> = (value: unknown, reading: Reading) => Value;
export type Read<R> = R extends Reader<infer Value> ? Value : never;

type ScalarType = 'string' | 'number' | 'boolean';
const types = new WeakMap<Reader<unknown>, ScalarType>();

/** A reader whose values, in the contract's own form, are of that type. */
export function scalar<Value>(type: ScalarType, read: Reader<Value>): Reader<Value> {
  types.set(read, type);
  return read;
}

/** @returns undefined where it reads objects or lists. */
export function scalarTypeOf(read: Reader<unknown>): ScalarType | undefined {
  return types.get(read);
}

/** A text; numbers are taken for their digits. */
export const text = scalar<string>('string', (value, reading) => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') {
    const inside = insideOf(value);
    if (inside === undefined) throw new SchemaMismatch('text', value);
    reading.note('', 'an object instead of text');
    return inside;
  }
  reading.note('', 'a number instead of text');
  return String(value);
});

/** MongoDB writes ids and long numbers as objects: `{"$oid": "…"}`. */
function insideOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { $oid, $uuid, $numberLong, $numberInt, $numberDouble } = value as Record<string, unknown>;
  const inside = $oid ?? $uuid ?? $numberLong ?? $numberInt ?? $numberDouble;
  return typeof inside === 'string' || typeof inside === 'number' ? String(inside) : undefined;
}

export const count = scalar<number>('number', (given, reading) => {
  if (typeof given === 'number') return given;
  const value = insideOf(given) ?? given;
  const number =
    typeof value === 'string' && /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isFinite(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER)
    throw new SchemaMismatch('a number', value);
  reading.note('', 'text instead of a number');
  return number;
});

const FLAGS: Record<string, boolean> = {
  ...{ true: true, '1': true, yes: true, y: true, t: true, on: true },
  ...{ false: false, '0': false, no: false, n: false, f: false, off: false },
};
export const flag = scalar<boolean>('boolean', (value, reading) => {
  if (typeof value === 'boolean') return value;
  const known =
    typeof value === 'string' || typeof value === 'number' ? FLAGS[String(value).toLowerCase()] : undefined;
  if (known === undefined) throw new SchemaMismatch('true or false', value);
  reading.note('', `${typeName(value)} instead of true or false`);
  return known;
});

/** A time as ISO 8601; seconds and milliseconds since 1970 are understood. Other texts stay as they are. */
export const time = scalar<string>('string', (value, reading) => {
  // `2026-…`, as nearly all are.
  if (typeof value === 'string' && value.charCodeAt(4) === HYPHEN) return value;
  const digits = typeof value === 'string' && /^\d{9,19}(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof digits === 'string') return isoInText(digits) ?? digits;
  const iso = typeof digits === 'number' ? isoOf(digits) : isoInside(value);
  if (iso === undefined) throw new SchemaMismatch('a time', value);
  reading.note('', `${typeName(value)} instead of a time`);
  return iso;
});
const HYPHEN = 45;

/** `/Date(1767225600000)/`, as older .NET writes it; `Thu, 01 Jan 2026 00:00:00 GMT`, as HTTP does. */
function isoInText(text: string): string | undefined {
  if (/^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (GMT|UTC|[+-]\d{4})$/.test(text)) {
    const at = Date.parse(text);
    return Number.isNaN(at) ? undefined : new Date(at).toISOString();
  }
  const number = /^\/Date\((-?\d{9,14})(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
  return number === undefined ? undefined : isoOf(Number(number));
}

/** `{seconds, nanoseconds}` of Firestore and protobuf, `{"$date": …}` of MongoDB. */
function isoInside(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { seconds, _seconds, nanoseconds, _nanoseconds, nanos, $date } = value as Record<string, unknown>;
  if (typeof $date === 'string') return $date;
  const milliseconds = $date === undefined ? undefined : Number(insideOf($date) ?? $date);
  if (milliseconds !== undefined)
    return Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : undefined;
  const whole = Number(seconds ?? _seconds ?? Number.NaN);
  return isoOf(whole * 1000 + Math.floor(Number(nanoseconds ?? _nanoseconds ?? nanos ?? 0) / 1e6));
}

/** From here on a number is a time in milliseconds: as seconds it would be in the year 5138. */
const MILLISECONDS_FROM = 1e11;
/** Seconds since 1970 of March 1973: what is smaller counts from somewhere else. */
const SECONDS_FROM = 1e8;

/** Microseconds and nanoseconds have three and six digits more. */
function inMilliseconds(number: number): number {
  return number >= 1e17 ? number / 1e6 : number >= 1e14 ? number / 1e3 : number;
}

/** The time that a number stands for; undefined where it isn't one since 1970. */
export function isoOf(number: number): string | undefined {
  if (!(number >= SECONDS_FROM)) return undefined;
  const date = new Date(number < MILLISECONDS_FROM ? number * 1000 : inMilliseconds(number));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** The id of something that may be given whole. */
export const reference = scalar<string>('string', (value, reading) => {
  if (typeof value !== 'object' || value === null) return text(value, reading);
  const { id, _id, uuid } = value as { id?: unknown; _id?: unknown; uuid?: unknown };
  const found = id ?? _id ?? uuid ?? value;
  const inside = typeof found === 'string' || typeof found === 'number' ? String(found) : insideOf(found);
  if (inside === undefined) throw new SchemaMismatch('an id', value);
  reading.note('', 'an object instead of an id');
  return inside;
});

/** May be there or not, whatever it is. */
export const anything: Reader<unknown> = (value) => value;

/** For readings whose differences nobody asks for. */
const UNUSED_READING = new Reading(undefined, false);

/** The same, where there is something to be done with a value of another shape. */
export function readIf<Value>(read: Reader<Value>, value: unknown): Value | undefined {
  try {
    return read(value, UNUSED_READING);
  } catch (error) {
    if (error instanceof SchemaMismatch) return undefined;
    throw error;
  }
}
