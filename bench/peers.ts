/** Other makers' servers, for comparison: installed from the registry into a folder outside the checkout. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Candidate } from './child.ts';

const FOLDER = join(tmpdir(), 'toado-mcp-bench-peers');

/** Made-up secrets: the servers list their tools without asking anybody. */
const PEERS: { package: string; bin: string; args: string[]; env: Record<string, string> }[] = [
  { package: '@modelcontextprotocol/server-memory', bin: 'mcp-server-memory', args: [], env: {} },
  { package: '@modelcontextprotocol/server-everything', bin: 'mcp-server-everything', args: [], env: {} },
  {
    package: '@notionhq/notion-mcp-server',
    bin: 'notion-mcp-server',
    args: [],
    env: { NOTION_TOKEN: 'ntn_made_up' },
  },
  {
    package: '@supabase/mcp-server-supabase',
    bin: 'mcp-server-supabase',
    args: ['--access-token', 'sbp_0000000000000000000000000000000000000000'],
    env: {},
  },
  { package: '@sentry/mcp-server', bin: 'sentry-mcp', args: ['--access-token', 'made-up'], env: {} },
];

/** Installs a package there once. @returns its folder. */
function install(name: string): string {
  mkdirSync(FOLDER, { recursive: true });
  if (!existsSync(join(FOLDER, 'package.json')))
    writeFileSync(join(FOLDER, 'package.json'), '{"private":true}\n');
  const place = join(FOLDER, 'node_modules', name);
  if (!existsSync(join(place, 'package.json')))
    execFileSync('npm', ['install', '--silent', '--no-fund', '--no-audit', `${name}@latest`], {
      cwd: FOLDER,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  return place;
}

export function peers(): Candidate[] {
  return PEERS.map(({ package: name, bin, args, env }) => {
    const place = install(name);
    const manifest = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as {
      version: string;
      bin: Record<string, string>;
    };
    return {
      name: `${name} ${manifest.version}`,
      args: [join(place, manifest.bin[bin]!), ...args],
      env,
      isPeer: true,
    };
  });
}

/** The Node of a major version, as the registry has it. */
export function nodeOf(major: string): string {
  const folder = join(FOLDER, `node-${major}`);
  const node = join(folder, 'node_modules', 'node', 'bin', 'node');
  if (!existsSync(node)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
    execFileSync('npm', ['install', '--silent', '--no-fund', '--no-audit', `node@${major}`], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return node;
}
