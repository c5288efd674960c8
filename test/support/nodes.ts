/** Other releases of Node, from npm's `node` package: installed once a machine. */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const folder = process.env.TOADO_NODES_FOLDER ?? join(tmpdir(), 'toado-mcp-nodes');

/** @returns the path of that Node. */
export async function nodeOf(major: number): Promise<string> {
  const own = join(folder, String(major));
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'package.json'), '{"private":true}');
  const install = ['install', '--no-audit', '--no-fund', '--prefer-offline', `node@${major}`];
  await promisify(execFile)('npm', install, { cwd: own });
  return join(own, 'node_modules', 'node', 'bin', 'node');
}
