/**
 * `npm run mcpb`: the bundle for Claude Desktop, made and checked by @anthropic-ai/mcpb, then started from what it
 * unpacks to. Nothing native goes in (libsql, sharp): a bundle is one file for every system, and either would be for
 * the one it was built on. So the sandbox is not in it, and pictures that need scaling come as their address.
 */

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import manifest from '../package.json' with { type: 'json' };
import { mcpbManifest } from './manifests.ts';
import { copyServer } from './server-files.ts';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));
/** Not among the development dependencies: only this command needs it, and it is large. */
const MCPB = ['exec', '--yes', '--package=@anthropic-ai/mcpb@2.1.2', '--', 'mcpb'];

async function mcpb(...args: string[]): Promise<void> {
  const { stdout } = await execute('npm', [...MCPB, ...args], { cwd: root });
  console.log(stdout.trim());
}

const folder = mkdtempSync(join(tmpdir(), 'toado-mcp-mcpb-'));
const bundle = join(root, `${manifest.name}-${manifest.version}.mcpb`);
try {
  const staged = join(folder, 'staged');
  mkdirSync(staged);
  copyServer(join(staged, 'server'));
  cpSync(join(root, 'LICENSE'), join(staged, 'LICENSE'));
  writeFileSync(join(staged, 'manifest.json'), JSON.stringify(mcpbManifest(), null, 2));
  await mcpb('validate', join(staged, 'manifest.json'));
  await mcpb('pack', staged, bundle);

  const unpacked = join(folder, 'unpacked');
  await mcpb('unpack', bundle, unpacked);
  const server = await startedFrom(unpacked);
  if (server.version !== manifest.version) throw new Error(`it says it is ${server.version}`);
  console.log(
    `${bundle}: ${Math.round(statSync(bundle).size / 1024)} kB; what it unpacks to answers initialize as ${server.name} ${server.version}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Starts it as the manifest says, far from this folder's node_modules. */
async function startedFrom(unpacked: string): Promise<{ name: string; version: string }> {
  const { command, args } = mcpbManifest().server.mcp_config;
  const child = spawn(
    command,
    args.map((arg) => arg.replace('$'.concat('{__dirname}'), unpacked)),
    {
      cwd: unpacked,
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        PATH: process.env.PATH,
        TOADO_API_TOKEN: 'tok_checked_later',
        TOADO_API_URL: 'http://127.0.0.1:9',
        TOADO_READ_ONLY: 'false',
        TOADO_LOG_LEVEL: 'error',
      },
    },
  );
  const initialize = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'mcpb', version: '1' } },
  };
  child.stdin.write(`${JSON.stringify(initialize)}\n`);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  child.kill();
  return (JSON.parse(line) as { result: { serverInfo: { name: string; version: string } } }).result
    .serverInfo;
}
