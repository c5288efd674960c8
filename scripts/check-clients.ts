/**
 * `npm run clients`: installs the clients that are npm packages, gives each what `toado-mcp config` prints, and has
 * it list this server: once with the sandbox inside, once as with the real Toado (token from the environment). They
 * are large (about a gigabyte), so they go into a folder outside the checkout and stay there for the next time.
 */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { columns } from '../src/base/output.ts';
import { partsOf } from '../src/cli/config/client.ts';
import { type Entry, entryFor } from '../src/cli/config/client-entry.ts';
import { clients } from '../src/cli/config/clients/index.ts';
import { startSandbox } from '../src/sandbox/index.ts';
import { bin, install, type Output, pathWith, run, versionOf } from './installed-clients.ts';

const PACKAGES = {
  'claude-code': '@anthropic-ai/claude-code',
  codex: '@openai/codex',
  gemini: '@google/gemini-cli',
  inspector: '@modelcontextprotocol/inspector',
};
const CLIENT_MS = 120_000;

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** A home of the client's own, so that nobody's real configuration is read or changed. */
interface Place {
  home: string;
  env: NodeJS.ProcessEnv;
}

/** @returns what the client saw, in its own words; throws when it doesn't see the server. */
type Listing = (entry: Entry, place: Place) => Promise<string>;

function printed(name: string, language: string, entry: Entry): string {
  const client = clients.find((one) => one.name === name)!;
  const part = partsOf(client, entry).find((one) => one.language === language);
  return part!.text;
}

function lineAbout({ name }: Entry, { text }: Output, good: RegExp): string {
  const line = text.split('\n').find((one) => one.includes(`${name}:`)) ?? text.trim();
  if (!good.test(line)) throw new Error(line);
  return line.replace(/^.* - /, '').trim();
}

const listings: Record<keyof typeof PACKAGES, Listing> = {
  'claude-code': async (entry, { env }) => {
    const added = await run('sh', ['-c', printed('claude-code', 'sh', entry)], { env });
    if (added.code !== 0) throw new Error(added.text);
    return lineAbout(entry, await run('claude', ['mcp', 'list'], { env }), /Connected/);
  },

  codex: async (entry, { home, env }) => {
    const to = join(home, '.codex');
    mkdirSync(to);
    // Beyond what is printed: this Toado is on another address than the usual one.
    const toml = printed('codex', 'toml', entry).replace('env_vars = [', 'env_vars = ["TOADO_API_URL", ');
    writeFileSync(join(to, 'config.toml'), `${toml}\n`);
    const listed = await run('codex', ['mcp', 'list'], { env });
    if (!listed.text.includes(entry.name)) throw new Error(listed.text);
    return `enabled; its app-server lists ${(await toolsOfCodex(env)).length} tools`;
  },

  gemini: async (entry, { home, env }) => {
    const settings = JSON.parse(printed('gemini', 'json', entry)) as object;
    mkdirSync(join(home, '.gemini'));
    // A folder that nobody has trusted yet starts no servers; a person is asked, a script is not.
    const trusting = { ...settings, security: { folderTrust: { enabled: false } } };
    writeFileSync(join(home, '.gemini', 'settings.json'), JSON.stringify(trusting));
    return lineAbout(entry, await run('gemini', ['mcp', 'list'], { env, cwd: home }), /Connected/);
  },

  inspector: async (entry, { home, env }) => {
    const file = join(home, 'mcp.json');
    // The inspector expands nothing in the file; a shell's job, done here.
    writeFileSync(
      file,
      printed('claude-code', 'json', entry).replace(/\$\{TOADO_API_TOKEN\}/, env.TOADO_API_TOKEN ?? ''),
    );
    const args = ['--cli', '--config', file, '--server', entry.name, '--method', 'tools/list'];
    if (env.TOADO_API_URL) args.push('-e', `TOADO_API_URL=${env.TOADO_API_URL}`);
    const { text } = await run('mcp-inspector', args, { env });
    const names = [...text.matchAll(/^ {6}"name": "(\w+)"/gm)];
    if (names.length === 0) throw new Error(text.trim());
    return `lists ${names.length} tools`;
  },
};

/** Codex's own list doesn't start servers; the process behind its editors does, and needs no account for it. */
function toolsOfCodex(env: NodeJS.ProcessEnv): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn('codex', ['app-server'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
    const send = (message: object) => child.stdin.write(`${JSON.stringify(message)}\n`);
    const timer = setTimeout(() => {
      child.kill();
      reject(new Error('codex app-server gave no answer'));
    }, CLIENT_MS);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { id, result } = JSON.parse(line) as {
        id?: number;
        result?: { data?: { tools?: Record<string, unknown> }[] };
      };
      if (id === 1) {
        send({ method: 'initialized' });
        send({ id: 2, method: 'mcpServerStatus/list', params: {} });
      }
      if (id !== 2) return;
      clearTimeout(timer);
      child.kill();
      const tools = Object.keys(result?.data?.[0]?.tools ?? {});
      if (tools.length > 0) resolve(tools);
      else reject(new Error('codex app-server lists no tools'));
    });
    send({ id: 1, method: 'initialize', params: { clientInfo: { name: 'toado-mcp', version: '1' } } });
  });
}

/** A Toado on this machine that notes which tokens were used on it. */
async function startToado() {
  const db = join(mkdtempSync(join(tmpdir(), 'toado-mcp-')), 'sandbox.db');
  const sandbox = await startSandbox({ db });
  const seen = new Set<string | undefined>();
  const server = createServer((request, response) => {
    seen.add(request.headers.authorization);
    const { method, url, headers } = request;
    const passed = forward(sandbox.url + url!, {
      method,
      headers: { ...headers, host: new URL(sandbox.url).host },
    });
    passed.on('response', (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: sandbox.apiUrl.replace(sandbox.url, `http://127.0.0.1:${port}`),
    token: sandbox.readyTokens[0]!.token,
    sawToken: () => {
      const saw = [...seen].some((one) => one === `Bearer ${sandbox.readyTokens[0]!.token}`);
      seen.clear();
      return saw;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await sandbox.close();
      rmSync(dirname(db), { recursive: true, force: true });
    },
  };
}

await install(Object.values(PACKAGES));
const toado = await startToado();
const rows = [['client', 'version', 'server', 'what it saw']];
let failed = 0;
for (const [name, list] of Object.entries(listings) as [keyof typeof PACKAGES, Listing][]) {
  const version = versionOf(PACKAGES[name]);
  for (const sandbox of [true, undefined] as const) {
    const entry = entryFor({ launch: { command: process.execPath, args: [program] }, sandbox });
    const home = mkdtempSync(join(tmpdir(), 'toado-mcp-home-'));
    const env: NodeJS.ProcessEnv = {
      PATH: pathWith(),
      HOME: home,
      NO_COLOR: '1',
      ...(entry.tokenVariable && { TOADO_API_TOKEN: toado.token, TOADO_API_URL: toado.apiUrl }),
    };
    let saw: string;
    try {
      saw = await list(entry, { home, env });
      if (entry.tokenVariable && !toado.sawToken())
        throw new Error(`${saw}, but the token never reached Toado`);
      if (entry.tokenVariable) saw += '; the token reached Toado';
    } catch (error) {
      failed++;
      saw = `FAILED: ${error instanceof Error ? error.message.slice(0, 300) : error}`;
    }
    rows.push([name, version, entry.name, saw]);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
const plugin = await run(bin('claude'), [
  'plugin',
  'validate',
  fileURLToPath(new URL('../plugin', import.meta.url)),
]);
if (plugin.code !== 0) failed++;
rows.push([
  'claude-code',
  '',
  'plugin/',
  plugin.code === 0 ? 'a valid plugin' : `FAILED: ${plugin.text.trim()}`,
]);
await toado.close();
console.log(columns(rows));
console.log(failed === 0 ? '\nEvery one of them lists the server.' : `\n${failed} failed.`);
process.exit(failed === 0 ? 0 : 1);
