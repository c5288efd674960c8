/** A zod schema as the JSON Schema that leaves the process. How long a text may be is checked, and not announced. */
import * as z from 'zod';
import { BOUNDS, type JsonSchema, type ObjectSchema } from '../../catalogue/index.ts';

type Raw = Record<string, unknown>;

export function jsonSchema(schema: z.ZodObject, io: 'input' | 'output'): ObjectSchema {
  return portable(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Raw) as ObjectSchema;
}

/** @throws Error where a schema needs more than clients take. */
function portable(raw: Raw): JsonSchema {
  const { type, description, properties, required, items, enum: values, default: otherwise } = raw;
  if (typeof type !== 'string') throw new Error(`Not portable: ${JSON.stringify(raw)}`);
  return {
    type,
    ...(typeof description === 'string' ? { description } : {}),
    ...(type === 'object'
      ? {
          properties: Object.fromEntries(
            Object.entries((properties ?? {}) as Record<string, Raw>).map(([name, one]) => [
              name,
              portable(one),
            ]),
          ),
        }
      : {}),
    ...(Array.isArray(required) && required.length > 0 ? { required } : {}),
    ...(items ? { items: portable(items as Raw) } : {}),
    ...(Array.isArray(values) ? { enum: values } : {}),
    ...bounds(raw),
    ...(otherwise === undefined ? {} : { default: otherwise }),
  };
}

/** Those that somebody set: every whole number is safe. */
function bounds(raw: Raw): Pick<JsonSchema, (typeof BOUNDS)[number]> {
  const isSet = (bound: unknown) =>
    Number.isInteger(bound) && Math.abs(bound as number) < Number.MAX_SAFE_INTEGER;
  return Object.fromEntries(
    BOUNDS.filter((name) => isSet(raw[name])).map((name) => [name, raw[name] as number]),
  );
}
