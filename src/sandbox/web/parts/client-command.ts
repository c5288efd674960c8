import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Beside the running bundle, or in the repository's dist when run from sources. */
const places = ['./main.js', '../../../../dist/main.js'];

/** How a client starts the server on this machine: this installation, or the published package. */
export function programCommand(): string[] {
  const main = places.map((place) => fileURLToPath(new URL(place, import.meta.url))).find(existsSync);
  // What npx keeps in its cache may be gone tomorrow.
  if (!main || /[\\/]_npx[\\/]/.test(main)) return ['npx', '-y', 'toado-mcp'];
  return ['node', main];
}

/** The command as it is typed, with what a shell would take apart in quotes. */
export function typed(command: string[]): string {
  return command
    .map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", `'\\''`)}'`))
    .join(' ');
}

/** The line that adds the server to Claude Code. The name comes first: `--env` takes all that follows it. */
export function claudeCodeCommand(apiUrl: string, token: string): string {
  const environment = [`TOADO_API_URL=${apiUrl}`, `TOADO_API_TOKEN=${token}`];
  return typed([
    'claude',
    'mcp',
    'add',
    'toado',
    ...environment.flatMap((variable) => ['--env', variable]),
    '--',
    ...programCommand(),
  ]);
}

/** A `.mcp.json`, as Claude Code and most other clients read it. */
export function clientConfiguration(apiUrl: string, token: string): string {
  const [command, ...args] = programCommand();
  const server = { command, args, env: { TOADO_API_URL: apiUrl, TOADO_API_TOKEN: token } };
  return JSON.stringify({ mcpServers: { toado: server } }, null, 2);
}
