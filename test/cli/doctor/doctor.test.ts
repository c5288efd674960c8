import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { runHere, runToEnd } from '../../support/command.ts';
import { listen } from '../../support/listen.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { startToado } from '../../support/toado.ts';

interface Check {
  name: string;
  state: 'ok' | 'warn' | 'fail' | 'skip';
  says: string;
  next?: string;
  details?: Record<string, unknown>;
}

async function doctor(args: string[], env: Record<string, string> = {}, cwd = temporaryFolder()) {
  const { code, stdout, stderr } = await runHere(['doctor', '--json', ...args], env, cwd);
  const { ok, version, checks } = JSON.parse(stdout) as { ok: boolean; version: string; checks: Check[] };
  expect(version).toBe(manifest.version);
  expect(code).toBe(ok ? 0 : 1);
  return { ok, stdout, stderr, checks, of: (name: string) => checks.find((check) => check.name === name)! };
}

const ALL = [
  ...['node', 'settings', 'address', 'proxy', 'dns', 'connect', 'tls', 'token', 'scopes', 'reach', 'limits'],
  ...['latency', 'clock', 'tools', 'withheld', 'tool list', 'handshake'],
];

describe('toado-mcp doctor', () => {
  test('all is well: every line, exit code 0, never the token', async () => {
    const toado = await startToado();
    const { ok, checks, of, stdout, stderr } = await doctor([], toado.env('one-project'));
    expect(ok).toBe(true);
    expect(checks.map(({ name }) => name)).toEqual(ALL);
    expect(of('settings').says).toContain('TOADO_API_TOKEN from environment');
    expect(of('address').says).toBe(toado.apiUrl);
    expect(of('token').details).toMatchObject({
      label: 'claude-code on storefront repo',
      owner: { name: 'Jason' },
    });
    expect(of('scopes').says).toBe('read, comments, tickets:write, tickets:assign');
    expect(of('reach').says).toBe('companies: Acme Studio (co_acme); projects: Storefront (proj_storefront)');
    expect(of('limits').details).toMatchObject({ reads: 600, writes: 60 });
    expect(of('limits').details?.readsLeft).toBeLessThan(600);
    expect(of('clock').says).toContain('agrees');
    expect(of('handshake').details?.tools).toEqual(of('tools').details?.offered);
    expect(stdout + stderr).not.toContain(toado.token('one-project'));
  });

  test('a token in the wrong place is in no line', async () => {
    const token = 'tok_LeakMe_0a1b2c3d4e5f';
    const folder = temporaryFolder();
    const map = join(folder, `${token}.json`);
    writeFileSync(map, JSON.stringify({ fields: { [token]: { id: 'x' } } }));
    writeFileSync(join(folder, '.env'), `TOADO_API_URL=https://toado.test/${token}\n`);
    const cases: [env: Record<string, string>, cwd?: string][] = [
      [{ TOADO_API_TOKEN_FILE: token }],
      [{ TOADO_TOOLS: `list_tickets,${token}` }],
      [{ TOADO_EXCLUDE: `x${token}` }],
      [{ TOADO_NAME: token }],
      [{ [`TOADO_${token}`]: '1' }],
      [{ TOADO_API_MAP: map }],
      [{}, folder],
    ];
    for (const [env, cwd] of cases) {
      const { stdout, stderr, checks } = await doctor([], { TOADO_API_TOKEN: 'tok_another', ...env }, cwd);
      expect(checks.some(({ state }) => state === 'fail')).toBe(true);
      expect(stdout + stderr).not.toContain('LeakMe');
    }
  });

  test('for a person: one line a check, a mark that needs no colour', async () => {
    const toado = await startToado();
    const { code, stdout, stderr } = await runToEnd(['doctor', '--read-only'], {
      env: toado.env('commenter'),
    });
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.at(-1)).toBe('All is well.');
    for (const [at, name] of ALL.entries()) expect(lines[at]).toMatch(new RegExp(`^[✓–] ${name} `));
    expect(stdout).toContain('1 (left out by --read-only): add_comment');
    expect(stdout).toContain('7 (needs scope tickets:write)');
    expect(stdout).not.toContain('\u001b');
  });

  test('on the sandbox inside, with nothing set', async () => {
    const { ok, of } = await doctor(['--sandbox=reader', '--db', join(temporaryFolder(), 'sandbox.db')]);
    expect(ok).toBe(true);
    expect(of('settings').says).toContain('address and token from the sandbox');
    expect(of('token').says).toContain('weekly numbers, of Priya');
    expect(of('handshake').state).toBe('ok');
  });

  test('says where each setting came from: .env, environment, flag', async () => {
    const toado = await startToado();
    const folder = temporaryFolder();
    const { TOADO_API_URL, TOADO_API_TOKEN } = toado.env();
    writeFileSync(
      join(folder, '.env'),
      `TOADO_API_URL=${TOADO_API_URL}\nTOADO_API_TOKEN=${TOADO_API_TOKEN}\n`,
    );
    const { ok, of } = await doctor(['--exclude', 'get_ticket'], { TOADO_READ_ONLY: '1' }, folder);
    expect(of('settings').details?.origins).toMatchObject({
      TOADO_API_URL: '.env',
      TOADO_API_TOKEN: '.env',
      TOADO_READ_ONLY: 'environment',
      TOADO_EXCLUDE: 'flag',
      TOADO_TOOLS: 'default',
    });
    expect(of('handshake').state).toBe('ok');
    expect(ok).toBe(true);
  });

  test('no token: says so, and how to get one', async () => {
    const { ok, of, checks } = await doctor([]);
    expect(ok).toBe(false);
    expect(of('settings')).toMatchObject({ state: 'fail' });
    expect(of('settings').says).toContain('TOADO_API_TOKEN is not set');
    // The way to Toado is tested all the same, and what was not asked isn't green.
    expect(of('address').says).toBe('https://app.toado.dev/api/v1');
    expect(['ok', 'fail']).toContain(of('dns').state);
    expect(
      checks.filter(({ name }) => ALL.indexOf(name) >= ALL.indexOf('token')).map(({ state }) => state),
    ).toEqual(Array(10).fill('skip'));
    expect(of('token').says).toBe('not asked: there is no token');
  });

  test.each<[string, Record<string, string>, dotenv?: string]>([
    ['an address', { TOADO_API_URL: 'ftp://127.0.0.1' }],
    ['a switch', { TOADO_READ_ONLY: 'perhaps', TOADO_API_URL: 'http://127.0.0.1:1' }],
    ['a token of another kind', { TOADO_API_TOKEN: 'ghp_abc', TOADO_API_URL: 'http://127.0.0.1:1' }],
    ['a .env', { TOADO_API_TOKEN: '' }, 'TOADO_API_TOKEN tok_any\n'],
  ])('%s that can’t be used: nothing says that there is no token', async (_, env, dotenv = '') => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), dotenv);
    const { of, stdout } = await doctor([], { TOADO_API_TOKEN: 'tok_any', ...env }, folder);
    expect(of('settings').state).toBe('fail');
    for (const name of ['token', 'latency', 'tools', 'handshake'])
      expect(of(name)).toMatchObject({ state: 'skip', says: 'not asked: a setting can’t be used' });
    expect(stdout).not.toContain('no token');
  });

  test('a token that is refused: what to do, and a server that still answers', async () => {
    const toado = await startToado();
    const { ok, of, stdout, stderr } = await doctor([], toado.env('tok_mistyped_in_a_hurry'));
    expect(ok).toBe(false);
    expect(of('token')).toMatchObject({ state: 'fail', details: { code: 'unauthorized' } });
    expect(of('token').next).toContain('Settings › API tokens');
    for (const name of ['scopes', 'tools', 'withheld', 'tool list']) expect(of(name).state).toBe('skip');
    expect(stdout).not.toMatch(/whoami shows|Call again/);
    expect(of('handshake')).toMatchObject({ state: 'ok', details: { tools: ['whoami'] } });
    expect(stdout + stderr).not.toContain('tok_mistyped_in_a_hurry');
  });

  test('a name that nobody knows', async () => {
    const env = { TOADO_API_TOKEN: 'tok_any', TOADO_API_URL: 'https://toado.invalid/api/v1' };
    const { ok, of } = await doctor([], env);
    expect(ok).toBe(false);
    expect(of('dns').state).toBe('fail');
    expect(of('dns').says).toContain('toado.invalid');
    expect(of('dns').next).toBeTruthy();
    expect(of('token').state).toBe('skip');
  });

  test('a token that sees nothing, and a base without /api/v1, are no “All is well”', async () => {
    const info = {
      id: 'tkn',
      label: 'l',
      user: { id: 'u', name: 'N' },
      scopes: [],
      companies: [],
      projects: null,
    };
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(info));
    });
    const port = await listen(server);
    const env = { TOADO_API_TOKEN: 'tok_any', TOADO_API_URL: `http://127.0.0.1:${port}` };
    const { of } = await doctor([], env);
    expect(of('address')).toMatchObject({ state: 'warn' });
    expect(of('address').next).toContain(`http://127.0.0.1:${port}/api/v1`);
    expect(of('scopes').state).toBe('warn');
    expect(of('reach')).toMatchObject({ state: 'warn' });
    const { stdout, code } = await runToEnd(['doctor'], { env });
    expect(stdout).toContain('3 to look at: address, scopes, reach.');
    expect(stdout).not.toContain('All is well');
    expect(code).toBe(0);
  });

  test('nobody listens there', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const { ok, of } = await doctor([], {
      TOADO_API_TOKEN: 'tok_any',
      TOADO_API_URL: `http://127.0.0.1:${port}`,
    });
    expect(ok).toBe(false);
    expect(of('connect')).toMatchObject({ state: 'fail' });
    expect(of('connect').says).toContain('ECONNREFUSED');
    expect(of('connect').next).toMatch(/^Check the address in TOADO_API_URL, that its server runs,/);
    expect(of('connect').next).not.toMatch(/doctor|call again/);
  });

  test('a clock that is an hour off, and a limit that is nearly used up', async () => {
    const info = { id: 'tkn', label: 'l', user: { id: 'u', name: 'N' }, scopes: ['read', 'mcp.admin'] };
    const server = createServer((_, response) => {
      response.setHeader('date', new Date(Date.now() - 3_600_000).toUTCString());
      response.setHeader('content-type', 'application/json');
      response.setHeader('ratelimit-limit', '600');
      response.setHeader('ratelimit-remaining', '9');
      response.setHeader('ratelimit-reset', '30');
      response.end(JSON.stringify(info));
    });
    const port = await listen(server);
    const { ok, of } = await doctor([], {
      TOADO_API_TOKEN: 'tok_any',
      TOADO_API_URL: `http://127.0.0.1:${port}`,
    });
    expect(ok).toBe(true);
    expect(of('clock').state).toBe('warn');
    expect(of('clock').says).toMatch(/Toado’s is 3(599|600|601) s behind/);
    expect(of('limits').state).toBe('warn');
    expect(of('scopes')).toMatchObject({ state: 'warn', details: { unknownScopes: ['mcp.admin'] } });
  });

  test('--project: found by name, or the closest is named', async () => {
    const toado = await startToado();
    expect((await doctor(['--project', 'storefront'], toado.env())).of('fixed').says).toBe(
      '--project is Storefront (proj_storefront)',
    );
    const missed = await doctor(['--project', 'storefrnt'], toado.env());
    expect(missed.ok).toBe(false);
    expect(missed.of('fixed').next).toContain('Storefront (proj_storefront)');
    const foreign = await doctor(['--project', 'proj_console'], toado.env('one-project'));
    expect(foreign.of('fixed')).toMatchObject({ state: 'fail' });
  });
});
