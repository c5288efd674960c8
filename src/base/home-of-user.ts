import { homedir, tmpdir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** An empty or relative HOME would be inside whatever folder this runs in, which may be somebody's repository. */
export function homeOfUser(): string {
  return knownHome() ?? tmpdir();
}

/** Undefined where neither HOME nor the system says it. */
export function knownHome(): string | undefined {
  const home = homedir();
  if (isAbsolute(home)) return home;
  try {
    const { homedir } = userInfo();
    return isAbsolute(homedir) ? homedir : undefined;
  } catch {
    // A user that the system doesn't know, as in containers.
    return undefined;
  }
}

/** A path whose `~` no shell has replaced, as in `--db=~/x` and in clients' files. */
export function expandHome(path: string): string {
  return /^~(?=$|[/\\])/.test(path) ? join(homeOfUser(), path.slice(1)) : path;
}

/** A path that somebody wrote, from the root on. */
export function absolutePath(path: string): string {
  return resolve(expandHome(path));
}
