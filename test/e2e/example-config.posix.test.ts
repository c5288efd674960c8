/** mcp.example.json works in whatever folder, where toado-mcp is on the PATH: each server in it is started as Claude Code would. */

import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, onTestFinished, test } from 'vitest';
import { tools } from '../../tools/index.ts';
import { childEnv, PROGRAM } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';
import { READ_TOOLS } from '../support/tools-of-scopes.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

interface Entry {
  command: string;
  args: string[];
  env?: Record<string, string>;
}
const { mcpServers } = JSON.parse(readFileSync(`${REPOSITORY}/mcp.example.json`, 'utf8')) as {
  mcpServers: Record<string, Entry>;
};

async function start({ command, args, env = {} }: Entry, person: Record<string, string>) {
  const filled = Object.entries(env).map(([name, value]) => [
    name,
    value.replace(/\$\{(\w+)\}/g, (_, variable: string) => person[variable] ?? ''),
  ]);
  // As `npm install -g` or `npm link` puts it there.
  const bin = temporaryFolder();
  symlinkSync(PROGRAM, join(bin, 'toado-mcp'));
  const client = new Client({ name: 'example', version: '1' });
  await client.connect(
    new StdioClientTransport({
      command,
      args,
      cwd: temporaryFolder(),
      env: { ...childEnv(), PATH: `${bin}:${process.env.PATH}`, ...person, ...Object.fromEntries(filled) },
      stderr: 'ignore',
    }),
  );
  onTestFinished(() => client.close());
  return client;
}

test('the real server takes its token from the environment', async () => {
  const toado = await startToado();
  const entry = mcpServers.toado!;
  expect(entry.env?.TOADO_API_TOKEN).toBe(['$', '{TOADO_API_TOKEN}'].join(''));
  const client = await start(entry, toado.env('reader'));
  expect((await client.listTools()).tools).toHaveLength(READ_TOOLS.length);
});

test('the sandbox needs nothing', async () => {
  const client = await start(mcpServers['toado-sandbox']!, { XDG_DATA_HOME: temporaryFolder() });
  expect((await client.listTools()).tools).toHaveLength(tools.length);
});
