import { join } from 'node:path';
import envPaths from 'env-paths';

/** Where the sandbox's data last between runs when no `--db` is given. */
export function defaultDatabaseFile(): string {
  return join(envPaths('toado-mcp', { suffix: '' }).data, 'sandbox.db');
}
