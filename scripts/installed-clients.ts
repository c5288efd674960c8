/** Clients that are npm packages, installed outside of the checkout, where they stay for the next time. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** Some of them want a newer Node than this project does. */
const NODE = 'node@24';
const RUN_MS = 120_000;

export const folder = process.env.TOADO_CLIENTS_FOLDER ?? join(tmpdir(), 'toado-mcp-clients');
export const bin = (name: string) => join(folder, 'node_modules', '.bin', name);
/** A path that finds them, and the Node that they want. */
export const pathWith = () => [dirname(bin('node')), process.env.PATH ?? ''].join(delimiter);

export interface Output {
  code: number | null;
  text: string;
}

export function run(
  command: string,
  args: string[],
  { ms = RUN_MS, ...options }: { env?: NodeJS.ProcessEnv; cwd?: string; ms?: number } = {},
): Promise<Output> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), ms);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, text });
    });
  });
}

export async function install(packages: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, 'package.json')))
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const isThere = (name: string) => existsSync(join(folder, 'node_modules', name.replace(/(?<=.)@.*/, '')));
  const missing = [...packages, NODE].filter((name) => !isThere(name));
  if (missing.length === 0) return;
  console.log(`Installing ${missing.join(', ')} into ${folder} (once; about a gigabyte in all) …`);
  const { code, text } = await run('npm', ['install', '--no-audit', '--no-fund', ...missing], {
    cwd: folder,
    ms: 900_000,
  });
  if (code !== 0) throw new Error(`npm install failed:\n${text}`);
}

export function versionOf(name: string): string {
  const manifest = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
