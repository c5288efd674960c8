/** `toado-mcp config` in a home folder of the test's own. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { clients } from '../../../src/cli/config/clients/index.ts';
import { type Ended, runHere, runToEnd } from '../../support/command.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** How the client is to start the server: with what needs quoting in every format. */
export const LAUNCH = { command: '/a b/node', args: ['/it"s/main.js'] };

/** A home of the test's own, so that nobody's real configuration is read or changed. */
export function home() {
  const folder = temporaryFolder();
  const env = {
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, '.config'),
    TOADO_API_TOKEN: 'tok_must_not_show',
  };
  return { folder, env };
}

/** Below the home: where a client's own file is on a system; undefined where that is not documented. */
export function ownFile(name: string, platform: NodeJS.Platform = process.platform): string | undefined {
  const client = clients.find((one) => one.name === name)!;
  const appData = join('AppData', 'Roaming');
  return client.file?.user?.({ platform, home: '', config: '.config', appData, env: {} });
}

export const VSCODE = ownFile('vscode')!;
export const GOOSE = ownFile('goose')!;

interface Home {
  folder: string;
  env: Record<string, string>;
}

/** `config NAME …` in a home; nothing it says may hold the token. */
export async function config(args: string[], { folder, env }: Home = home()) {
  return said(await runHere(['config', ...args], env), folder);
}

/** The same by the built program. */
export async function configOfProgram(args: string[], { folder, env }: Home = home()) {
  return said(await runToEnd(['config', ...args], { env }), folder);
}

function said(ended: Ended, folder: string) {
  expect(ended.stdout + ended.stderr).not.toContain('tok_must_not_show');
  const at = (path: string) => join(folder, path);
  return { ...ended, at, read: (path: string) => readFileSync(at(path), 'utf8') };
}

export function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
