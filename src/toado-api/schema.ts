/**
 * Reads JSON as the REST contract shapes it, tolerantly: a known field may come in snake_case or camelCase, unknown
 * fields stay as they are, and what may be absent may be null. Every answer passes through here, and the first one
 * before anything is offered: it allocates nothing where an answer comes as it should.
 */

/** Gives back the value, respelled in place where that is needed. @throws Misshapen */
export type Reader<Value> = (value: unknown) => Value;
export type Read<R> = R extends Reader<infer Value> ? Value : never;

type Fields = Record<string, Reader<unknown>>;
type Optional<F extends Fields> = {
  [Name in keyof F]: undefined extends Read<F[Name]> ? Name : never;
}[keyof F];
type Shaped<F extends Fields> = { [Name in Exclude<keyof F, Optional<F>>]: Read<F[Name]> } & {
  [Name in Optional<F>]?: Read<F[Name]>;
} & { [unknown: string]: unknown };

/** An answer is not of the shape that this version knows. */
export class Misshapen extends Error {
  /** Names and positions, from the top. */
  readonly path: (string | number)[] = [];
}

function ofType<Value>(name: string): Reader<Value> {
  return (value) => {
    if (typeof value !== name) throw new Misshapen(`not a ${name}`);
    return value as Value;
  };
}

export const text = ofType<string>('string');
export const count = ofType<number>('number');
export const flag = ofType<boolean>('boolean');
/** May be there or not, whatever it is. */
export const anything: Reader<unknown> = (value) => value;

export function maybe<Value>(read: Reader<Value>): Reader<Value | null | undefined> {
  return (value) => (value === undefined || value === null ? value : read(value));
}

export function list<Value>(read: Reader<Value>): Reader<Value[]> {
  return (value) => {
    if (!Array.isArray(value)) throw new Misshapen('not a list');
    for (let at = 0; at < value.length; at++) value[at] = within(at, read, value[at]);
    return value;
  };
}

export function shape<F extends Fields>(fields: F): Reader<Shaped<F>> {
  const known = Object.entries(fields);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Misshapen('not an object');
    const data = value as Record<string, unknown>;
    respell(data, fields);
    for (const [name, read] of known) {
      const was = data[name];
      const now = within(name, read, was);
      if (now !== was) data[name] = now;
    }
    return data as Shaped<F>;
  };
}

/** The same, where there is something to be done with a value of another shape. */
export function readIf<Value>(read: Reader<Value>, value: unknown): Value | undefined {
  try {
    return read(value);
  } catch (error) {
    if (error instanceof Misshapen) return undefined;
    throw error;
  }
}

function within<Value>(at: string | number, read: Reader<Value>, value: unknown): Value {
  try {
    return read(value);
  } catch (error) {
    if (error instanceof Misshapen) error.path.unshift(at);
    throw error;
  }
}

/** `columnId` → `column_id` where the shape knows the latter. */
function respell(data: Record<string, unknown>, fields: Fields): void {
  for (const name in data) {
    if (Object.hasOwn(fields, name)) continue;
    const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (snake === name || !Object.hasOwn(fields, snake) || snake in data) continue;
    data[snake] = data[name];
    delete data[name];
  }
}
