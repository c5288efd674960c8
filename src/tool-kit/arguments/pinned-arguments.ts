import type { JsonSchema } from '../../catalogue/index.ts';

/** The schema without the arguments that the person who started the server has fixed (`--project`, `--company`). */
export function withoutProperties<Schema extends JsonSchema>(
  schema: Schema,
  fixed: readonly string[],
): Schema {
  if (fixed.length === 0) return schema;
  const { required: all, ...rest } = schema;
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => !fixed.includes(name));
  const required = all?.filter((name) => !fixed.includes(name)) ?? [];
  return {
    ...rest,
    properties: Object.fromEntries(properties),
    ...(required.length > 0 ? { required } : {}),
  } as Schema;
}
