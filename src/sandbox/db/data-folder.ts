import { tmpdir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import envPaths from 'env-paths';

/** Where the sandbox's data last between runs when no `--db` is given. */
export function defaultDatabaseFile(): string {
  return join(dataFolder(), 'sandbox.db');
}

/** A relative folder, from a relative XDG_DATA_HOME or an empty HOME, would be inside somebody's repository. */
function dataFolder(): string {
  const { data } = envPaths('toado-mcp', { suffix: '' });
  return isAbsolute(data) ? data : join(homeOfUser(), '.local', 'share', 'toado-mcp');
}

function homeOfUser(): string {
  const { HOME = '' } = process.env;
  if (isAbsolute(HOME)) return HOME;
  try {
    const { homedir } = userInfo();
    if (isAbsolute(homedir)) return homedir;
  } catch {
    // A user that the system doesn't know, as in containers.
  }
  return tmpdir();
}
