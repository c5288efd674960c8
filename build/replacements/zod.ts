/**
 * zod for the bundle: the same functions, but a schema is made when it is first used. The MCP SDK,
 * the catalogue and the REST shapes write down many; a session uses few, and the start waited for all of them.
 *
 * A deferred schema is a proxy. What only builds on it (`optional()`, `extend(…)`) is deferred too; anything else
 * makes the real schema and goes to it.
 */
import type * as Zod from 'zod';
import type * as MadeOf from './zod-itself.ts';

/** zod itself, loaded with the first schema that is made. */
let loaded: typeof MadeOf | undefined;
declare const require: (file: string) => typeof MadeOf;
function zod(): typeof MadeOf {
  loaded ??= require('./zod-itself.js');
  return loaded;
}

/**
 * zod writes a parser's code when an object's schema first parses: quicker for every later call, but not worth the
 * wait at the start.
 */
const START_MS = 1_000;
let starting = true;
setTimeout(() => {
  starting = false;
}, START_MS).unref();
const WHILE_STARTING = { jitless: true };

type Schema = Zod.ZodType;
type Maker = (...args: never[]) => unknown;
type Shape = Record<string, unknown>;

interface Deferred {
  make: () => Schema;
  made?: Schema;
  /** What it would have, without making it: an object's `shape`, an enumeration's `options`. */
  known?: Record<string, () => unknown>;
  /** The made schema's methods, bound. */
  methods: Map<string | symbol, unknown>;
}

const deferredOf = new WeakMap<object, Deferred>();

/** Methods that make another schema of this one. */
const BUILDING = new Set(
  (
    'optional nullable nullish array or and transform default prefault catch pipe readonly describe meta refine ' +
    'superRefine check brand min max length nonempty int positive nonnegative negative regex startsWith endsWith ' +
    'trim toLowerCase toUpperCase gt gte lt lte multipleOf extend safeExtend merge pick omit partial required ' +
    'strict strip loose passthrough catchall url'
  ).split(' '),
);
/** Of those, the ones that leave an object's fields as they are. */
const SAME_FIELDS = new Set(
  'describe meta strict strip loose passthrough catchall refine superRefine'.split(' '),
);

const handler: ProxyHandler<Deferred> = {
  get(deferred, name) {
    const method = deferred.methods.get(name);
    if (method) return method;
    if (typeof name === 'string' && BUILDING.has(name))
      return (...args: unknown[]) => build(deferred, name, args);
    const known = deferred.known?.[name as string];
    if (known) return known();
    const schema = made(deferred);
    const value = Reflect.get(schema, name, schema);
    if (typeof value !== 'function') return value;
    const bound = name === 'safeParse' ? safeParseOf(schema) : value.bind(schema);
    deferred.methods.set(name, bound);
    return bound;
  },
  set: (deferred, name, value) => Reflect.set(made(deferred), name, value),
  has: (deferred, name) => Reflect.has(made(deferred), name),
  getPrototypeOf: (deferred) => Reflect.getPrototypeOf(made(deferred)),
};

function safeParseOf(schema: Schema): Schema['safeParse'] {
  return (value, params) => schema.safeParse(value, starting ? { ...params, ...WHILE_STARTING } : params);
}

function made(deferred: Deferred): Schema {
  deferred.made ??= deferred.make();
  return deferred.made;
}

function defer(make: () => Schema, known?: Deferred['known']): Schema {
  const deferred: Deferred = { make, known, methods: new Map() };
  const proxy = new Proxy(deferred, handler) as unknown as Schema;
  deferredOf.set(proxy, deferred);
  return proxy;
}

function build(base: Deferred, name: string, args: unknown[]): Schema {
  const make = () => {
    const schema = made(base) as unknown as Record<string, Maker>;
    return (schema[name] as (...given: unknown[]) => Schema)(...args.map(real));
  };
  const fields = base.known?.shape as (() => Shape) | undefined;
  if (fields && SAME_FIELDS.has(name)) return defer(make, base.known);
  if (fields && name === 'extend')
    return defer(make, { shape: () => ({ ...fields(), ...(args[0] as Shape) }) });
  if (fields && name === 'pick')
    return defer(make, { shape: () => picked(fields(), Object.keys(args[0] as Shape)) });
  return defer(make);
}

function picked(fields: Shape, names: string[]): Shape {
  return Object.fromEntries(names.map((name) => [name, fields[name]]));
}

/** The real schemas in place of deferred ones, also inside the lists and plain objects that makers take. */
function real(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const deferred = deferredOf.get(value);
  if (deferred) return made(deferred);
  if (Array.isArray(value)) return value.map(real);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy: Shape = {};
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    if ('value' in property) copy[name] = real(property.value);
    else Object.defineProperty(copy, name, property);
  }
  return copy;
}

type Makers = Pick<
  typeof MadeOf,
  { [Name in keyof typeof MadeOf]: (typeof MadeOf)[Name] extends Maker ? Name : never }[keyof typeof MadeOf]
>;

function later<Name extends keyof Makers>(name: Name): Makers[Name] {
  return ((...args: unknown[]) => defer(() => make(zod()[name], args))) as unknown as Makers[Name];
}

/** @param what the schema shows of its first argument, before it is made. */
function laterKnowing<Name extends keyof Makers>(what: string, name: Name): Makers[Name] {
  return ((...args: unknown[]) =>
    defer(() => make(zod()[name], args), { [what]: () => args[0] ?? {} })) as unknown as Makers[Name];
}

function make(maker: unknown, args: unknown[]): Schema {
  return (maker as (...given: unknown[]) => Schema)(...args.map(real));
}

export const any = later('any');
export const array = later('array');
export const boolean = later('boolean');
export const discriminatedUnion = later('discriminatedUnion');
export const email = later('email');
const enumeration = laterKnowing('options', 'enum');
export const int = later('int');
export const intersection = later('intersection');
export const lazy = later('lazy');
export const literal = later('literal');
export const looseObject = laterKnowing('shape', 'looseObject');
const nothing = later('null');
export const number = later('number');
export const object = laterKnowing('shape', 'object');
export const optional = later('optional');
export const preprocess = later('preprocess');
export const record = later('record');
export const strictObject = laterKnowing('shape', 'strictObject');
export const string = later('string');
export const union = later('union');
export const unknown = later('unknown');
export const url = later('url');
export const iso = {
  datetime: (...args: unknown[]) => defer(() => make(zod().iso.datetime, args)),
  date: (...args: unknown[]) => defer(() => make(zod().iso.date, args)),
};
export const coerce = {
  boolean: (...args: unknown[]) => defer(() => make(zod().coerce.boolean, args)),
  number: (...args: unknown[]) => defer(() => make(zod().coerce.number, args)),
  string: (...args: unknown[]) => defer(() => make(zod().coerce.string, args)),
};
export { enumeration as enum, nothing as null };

export const safeParse: typeof Zod.safeParse = (schema, ...rest) =>
  zod().safeParse(real(schema) as typeof schema, ...rest);
export const toJSONSchema = ((schema: unknown, options?: never) =>
  zod().toJSONSchema(real(schema) as Schema, options)) as typeof Zod.toJSONSchema;

/** As zod has them. */
export const NEVER = Object.freeze({ status: 'aborted' }) as typeof Zod.NEVER;
export const ZodIssueCode = { custom: 'custom' };
