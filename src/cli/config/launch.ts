/** How a client starts this server. */
import { realpathSync } from 'node:fs';

export interface Launch {
  command: string;
  args: string[];
}

/** Absolute paths: a desktop program often has another PATH than a terminal. */
export function installedLaunch(): Launch {
  return { command: process.execPath, args: [realpathSync(process.argv[1]!)] };
}

/** For a file that a team shares: everybody's own `toado-mcp`, wherever it is installed. */
export const SHARED_LAUNCH: Launch = { command: 'toado-mcp', args: [] };
