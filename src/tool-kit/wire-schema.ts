/**
 * The JSON Schema that leaves the process: the common subset of what MCP clients and model providers accept.
 * An object at the root, types, names, descriptions and enums; nothing else. Ranges are said in the descriptions and
 * checked by us.
 */
import * as z from 'zod';

export type WireSchema = {
  type: string;
  description?: string;
  properties?: Record<string, WireSchema>;
  required?: string[];
  items?: WireSchema;
  enum?: unknown[];
};

type Raw = Record<string, unknown>;

type WireObject = WireSchema & { type: 'object' };

export function wireSchema(schema: z.ZodObject, io: 'input' | 'output'): WireObject {
  return cleaned(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Raw) as WireObject;
}

function cleaned(raw: Raw): WireSchema {
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
              cleaned(one),
            ]),
          ),
        }
      : {}),
    ...(Array.isArray(required) && required.length > 0 ? { required } : {}),
    ...(items ? { items: cleaned(items as Raw) } : {}),
    ...(Array.isArray(values) ? { enum: values } : {}),
  };
}
