/** How a client starts this server: from where it is installed, or through npx. */
import { realpathSync } from 'node:fs';

export interface Launch {
  command: string;
  args: string[];
}

/** Absolute paths: a desktop program often has another PATH than a terminal. */
export function installedLaunch(): Launch {
  return { command: process.execPath, args: [realpathSync(process.argv[1]!)] };
}

export function npxLaunch(platform: NodeJS.Platform = process.platform): Launch {
  // On Windows npx is a script, which only a shell can start.
  if (platform === 'win32') return { command: 'cmd', args: ['/c', 'npx', '-y', 'toado-mcp'] };
  return { command: 'npx', args: ['-y', 'toado-mcp'] };
}

/** npx keeps packages in a cache that it may clear: its path is no place to point a client at. */
export function startedByNpx(): boolean {
  return /[\\/]_npx[\\/]/.test(process.argv[1] ?? '');
}
