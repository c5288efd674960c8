/** A zod schema as the JSON Schema that leaves the process. Ranges are said in the descriptions and checked by us. */
import * as z from 'zod';
import type { JsonSchema, ObjectSchema } from '../catalogue/index.ts';

type Raw = Record<string, unknown>;

export function jsonSchema(schema: z.ZodObject, io: 'input' | 'output'): ObjectSchema {
  return portable(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Raw) as ObjectSchema;
}

/** @throws Error where a schema needs more than clients take. */
function portable(raw: Raw): JsonSchema {
  const { type, description, properties, required, items, enum: values } = raw;
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
  };
}
