/**
 * The JSON Schema that leaves the process: the common subset of what MCP clients and model providers accept.
 * An object at the root, types, names, descriptions, enums, bounds and defaults; nothing else.
 */
import * as z from 'zod';

export type WireSchema = {
  type: string;
  description?: string;
  properties?: Record<string, WireSchema>;
  required?: string[];
  items?: WireSchema;
  enum?: unknown[];
  default?: unknown;
} & Partial<Record<Bound, number>>;

/** Of a number, and of a list's length. How long a text may be helps nobody to write it. */
const BOUNDS = ['minimum', 'maximum', 'minItems', 'maxItems'] as const;
type Bound = (typeof BOUNDS)[number];

type Raw = Record<string, unknown>;

type WireObject = WireSchema & { type: 'object' };

export function wireSchema(schema: z.ZodObject, io: 'input' | 'output'): WireObject {
  return cleaned(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Raw) as WireObject;
}

function cleaned(raw: Raw): WireSchema {
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
              cleaned(one),
            ]),
          ),
        }
      : {}),
    ...(Array.isArray(required) && required.length > 0 ? { required } : {}),
    ...(items ? { items: cleaned(items as Raw) } : {}),
    ...(Array.isArray(values) ? { enum: values } : {}),
    ...bounds(raw),
    ...(otherwise === undefined ? {} : { default: otherwise }),
  };
}

/** Those that somebody set: every whole number is safe. */
function bounds(raw: Raw): Partial<Record<Bound, number>> {
  return Object.fromEntries(
    BOUNDS.filter(
      (name) => Number.isInteger(raw[name]) && Math.abs(raw[name] as number) < Number.MAX_SAFE_INTEGER,
    ).map((name) => [name, raw[name] as number]),
  );
}
