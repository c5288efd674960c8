/** What several schemas need. */

export type Data = Record<string, unknown>;

export const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands for a thing may be its id alone. */
export const fromId = (value: unknown): Data | undefined =>
  typeof value === 'string' || typeof value === 'number' ? { id: String(value) } : undefined;

/** Other names of an id. */
export const ID = ['_id', 'uuid', 'gid', 'pk'];
