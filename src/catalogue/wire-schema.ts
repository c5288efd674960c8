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

/** @param without properties that the person who started the server has fixed (`--project`, `--company`). */
export function wireSchema(
  schema: z.ZodObject,
  io: 'input' | 'output',
  without: readonly string[] = [],
): WireSchema & { type: 'object' } {
  const clean = cleaned(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Raw);
  const properties = Object.entries(clean.properties ?? {}).filter(([name]) => !without.includes(name));
  const required = clean.required?.filter((name) => !without.includes(name)) ?? [];
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 ? { required } : {}),
  };
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
