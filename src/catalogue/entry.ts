import type { Gated } from '../access/access.ts';

/** Of a number, and of a list's length. */
export const BOUNDS = ['minimum', 'maximum', 'minItems', 'maxItems'] as const;

/**
 * As much of JSON Schema as MCP clients and model providers all take: an object at the root, types, names,
 * descriptions, enums, bounds and defaults.
 */
export interface JsonSchema extends Partial<Record<(typeof BOUNDS)[number], number>> {
  type: string;
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  enum?: unknown[] | undefined;
  default?: unknown;
}

export type ObjectSchema = JsonSchema & { type: 'object' };

/** Everything about a tool that is known without its code: what is listed, and what access is decided on. */
export interface CatalogueEntry extends Gated {
  title: string;
  description: string;
  /** What `as: "file"` gives, where a folder for files is named. */
  asFile?: string;
  inputSchema: ObjectSchema;
  outputSchema: ObjectSchema;
}
