import { isAbsolute, join } from 'node:path';
import envPaths from 'env-paths';
import { homeOfUser } from '../../base/home-of-user.ts';

/** Where the sandbox's data last between runs when no `--db` is given. */
export function defaultDatabaseFile(): string {
  return join(dataFolder(), 'sandbox.db');
}

/** A relative folder, from a relative XDG_DATA_HOME or an empty HOME, would be inside somebody's repository. */
function dataFolder(): string {
  const { data } = envPaths('toado-mcp', { suffix: '' });
  return isAbsolute(data) ? data : join(homeOfUser(), '.local', 'share', 'toado-mcp');
}
