/** What several schemas need. */
import type { JsonObject } from '../../base/json-object.ts';
/** What stands for a thing may be its id alone. */
export const fromId = (value: unknown): JsonObject | undefined =>
  typeof value === 'string' || typeof value === 'number' ? { id: String(value) } : undefined;

/** Other names of an id. */
export const ID = ['_id', 'uuid', 'gid', 'pk'];
