/**
 * zod for the bundle: the same functions, but a schema is made when it is first used. The MCP SDK,
 * the catalogue and the REST shapes write down many; a session uses few, and the start waited for all of them.
 *
 * A deferred schema is a proxy. What only builds on it (`optional()`, `extend(…)`) is deferred too; anything else
 * makes the real schema and goes to it.
 */
import * as zod from 'zod';

/**
 * zod writes a parser's code when it makes an object's schema: quicker for every later call, but not worth the wait
 * at the start. Schemas that are made later, the tools' and the answers', get theirs.
 */
const START_MS = 1_000;
zod.config({ jitless: true });
setTimeout(() => zod.config({ jitless: false }), START_MS).unref();

type Schema = zod.ZodType;
type Maker = (...args: never[]) => unknown;
type Shape = Record<string, unknown>;

interface Deferred {
  make: () => Schema;
  made?: Schema;
  /** The fields of an object, without making it. */
  shape?: () => Shape;
}

const deferredOf = new WeakMap<object, Deferred>();

/** Methods that make another schema of this one. */
const BUILDING = new Set(
  (
    'optional nullable nullish array or and transform default prefault catch pipe readonly describe meta refine ' +
    'superRefine check brand min max length nonempty int positive nonnegative negative regex startsWith endsWith ' +
    'trim toLowerCase toUpperCase gt gte lt lte multipleOf extend safeExtend merge pick omit partial required ' +
    'strict strip loose passthrough catchall'
  ).split(' '),
);
/** Of those, the ones that leave an object's fields as they are. */
const SAME_FIELDS = new Set('describe meta strict strip loose passthrough refine superRefine'.split(' '));

const handler: ProxyHandler<Deferred> = {
  get(deferred, name) {
    if (typeof name === 'string' && BUILDING.has(name))
      return (...args: unknown[]) => build(deferred, name, args);
    if (name === 'shape' && deferred.shape) return deferred.shape();
    const schema = made(deferred);
    const value = Reflect.get(schema, name, schema);
    return typeof value === 'function' ? value.bind(schema) : value;
  },
  set: (deferred, name, value) => Reflect.set(made(deferred), name, value),
  has: (deferred, name) => Reflect.has(made(deferred), name),
  getPrototypeOf: (deferred) => Reflect.getPrototypeOf(made(deferred)),
};

function made(deferred: Deferred): Schema {
  deferred.made ??= deferred.make();
  return deferred.made;
}

function defer(make: () => Schema, shape?: () => Shape): Schema {
  const deferred: Deferred = { make, shape };
  const proxy = new Proxy(deferred, handler) as unknown as Schema;
  deferredOf.set(proxy, deferred);
  return proxy;
}

function build(base: Deferred, name: string, args: unknown[]): Schema {
  const make = () => {
    const schema = made(base) as unknown as Record<string, Maker>;
    return (schema[name] as (...given: unknown[]) => Schema)(...args.map(real));
  };
  const fields = base.shape;
  if (fields && SAME_FIELDS.has(name)) return defer(make, fields);
  if (fields && name === 'extend') return defer(make, () => ({ ...fields(), ...(args[0] as Shape) }));
  return defer(make);
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

function later<Make extends Maker>(make: Make): Make {
  return ((...args: unknown[]) =>
    defer(() => (make as unknown as (...given: unknown[]) => Schema)(...args.map(real)))) as unknown as Make;
}

function laterWithFields<Make extends Maker>(make: Make): Make {
  return ((...args: unknown[]) =>
    defer(
      () => (make as unknown as (...given: unknown[]) => Schema)(...args.map(real)),
      () => (args[0] ?? {}) as Shape,
    )) as unknown as Make;
}

export const any = later(zod.any);
export const array = later(zod.array);
export const boolean = later(zod.boolean);
export const discriminatedUnion = later(zod.discriminatedUnion);
export const email = later(zod.email);
const enumeration = later(zod.enum);
export const int = later(zod.int);
export const intersection = later(zod.intersection);
export const lazy = later(zod.lazy);
export const literal = later(zod.literal);
export const looseObject = laterWithFields(zod.looseObject);
const nothing = later(zod.null);
export const number = later(zod.number);
export const object = laterWithFields(zod.object);
export const optional = later(zod.optional);
export const preprocess = later(zod.preprocess);
export const record = later(zod.record);
export const strictObject = laterWithFields(zod.strictObject);
export const string = later(zod.string);
export const union = later(zod.union);
export const unknown = later(zod.unknown);
export const url = later(zod.url);
export const iso = { datetime: later(zod.iso.datetime), date: later(zod.iso.date) };
export const coerce = {
  boolean: later(zod.coerce.boolean),
  number: later(zod.coerce.number),
  string: later(zod.coerce.string),
};
export { enumeration as enum, nothing as null };

export const NEVER = zod.NEVER;
export const ZodIssueCode = zod.ZodIssueCode;
export const safeParse: typeof zod.safeParse = (schema, ...rest) =>
  zod.safeParse(real(schema) as typeof schema, ...rest);
export const toJSONSchema = ((schema: unknown, options?: never) =>
  zod.toJSONSchema(real(schema) as Schema, options)) as typeof zod.toJSONSchema;
