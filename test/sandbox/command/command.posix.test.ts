import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Libsql from 'libsql';
import { describe, expect, onTestFinished, test } from 'vitest';
import { world } from '../../../src/sandbox/seed/tickets/index.ts';
import { runHere } from '../../support/command.ts';
import { PROGRAM } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { filledFile as filled } from '../../support/toado.ts';

/** Somebody who is a viewer, and nothing more anywhere. */
const viewer = world.companies.flatMap(({ members }) => members).find(({ role }) => role === 'viewer')!.user;

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts `toado-mcp sandbox <args>`, where it serves or its environment is asked about; the others run in here. */
function launch(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [PROGRAM, 'sandbox', ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const printed = async (text: string) => {
    while (!stdout.includes(text) && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return stdout;
  };
  return { child, ended, printed };
}

const run = (...args: string[]) => runHere(['sandbox', ...args]);
const newFile = () => join(temporaryFolder(), 'sandbox.db');

/** A file that was filled before, which saves each test most of its time. */
async function filledFile(): Promise<string> {
  const db = newFile();
  writeFileSync(db, await filled(world));
  return db;
}

describe('toado-mcp sandbox', () => {
  test.each([
    'SIGINT',
    'SIGTERM',
  ] as const)('prints where it is and its tokens, serves, and ends with %s', async (signal) => {
    const db = newFile();
    const { child, ended, printed } = launch(['--port', '0', '--db', db]);
    const text = await printed('Stop with Ctrl+C');
    const apiUrl = /REST API: (\S+)/.exec(text)?.[1];
    expect(text).toContain(db);
    const rows = text.split('\n').filter((line) => /tok_sandbox_\w+$/.test(line));
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatch(
      /^triage +Claude Code triage agent +read, comments, tickets:write, tickets:assign +tok_/,
    );
    const token = rows[0]!.split(' ').at(-1);
    const reply = await fetch(`${apiUrl}/auth/token-info`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(reply.status).toBe(200);
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  test('a second SIGINT, as npm sends one beside the terminal, leaves no fresh file behind', async () => {
    const folder = temporaryFolder();
    const { child, ended, printed } = launch(['--port', '0', '--fresh'], { TMPDIR: folder });
    await printed('Stop with Ctrl+C');
    const again = setInterval(() => child.kill('SIGINT'), 1);
    const { code } = await ended;
    clearInterval(again);
    expect(code).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('--host 0.0.0.0: where others reach it, and a warning', async () => {
    const { child, ended, printed } = launch([
      '--port',
      '0',
      '--host',
      '0.0.0.0',
      '--db',
      await filledFile(),
    ]);
    const text = await printed('Stop with Ctrl+C');
    const own = /REST API: (\S+)\n/.exec(text)![1]!;
    const others = [...text.matchAll(/^ {10}(\S+) \(for other machines\)$/gm)].map(([, url]) => url!);
    const { port } = new URL(own);
    expect(own).toBe(`http://127.0.0.1:${port}/api/v1`);
    expect(others).toEqual(
      Object.values(networkInterfaces())
        .flatMap((all) => all!)
        .filter(({ internal, family }) => !internal && family === 'IPv4')
        .map(({ address }) => `http://${address}:${port}/api/v1`),
    );
    const headers = { authorization: 'Bearer tok_sandbox_triage' };
    for (const url of [own, ...others])
      expect((await fetch(`${url}/auth/token-info`, { headers })).status).toBe(200);
    child.kill('SIGTERM');
    const { stderr } = await ended;
    expect(stderr).toMatch(/^toado-mcp sandbox: with --host 0\.0\.0\.0 whoever reaches [^\n]+\n$/);
  });

  test('a port that is taken is one line on stderr and exit code 1', async () => {
    const server = createServer();
    onTestFinished(() => {
      server.close();
    });
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    expect(await run('--port', String(port), '--db', newFile())).toEqual({
      code: 1,
      stdout: '',
      stderr: `toado-mcp sandbox: Port ${port} is taken: choose another with --port, or stop the program that uses it.\n`,
    });
  });

  test.each([
    [['--port', 'many'], '--port'],
    [['--port', '65536'], '--port'],
    [['--db', tmpFolder()], '--db'],
    [['--what'], '--what'],
    [['tokens', 'create', '--label', 'x'], '--scopes'],
    [['tokens', 'revoke'], 'id'],
  ])('%j is refused with a word about %s', async (args, word) => {
    const { code, stdout, stderr } = await run(...args);
    // A folder is no file; the others are mistakes in use.
    expect([code, stdout]).toEqual([word === '--db' ? 1 : 2, '']);
    expect(stderr).toContain(word);
    expect(stderr).not.toContain('    at ');
  });

  test('without --db the data are in the user’s data folder', async () => {
    const home = temporaryFolder();
    const { ended } = launch(['tokens', 'list', '--json'], { HOME: home, XDG_DATA_HOME: join(home, 'data') });
    expect((await ended).code).toBe(0);
    const again = launch(['--port', '0'], { HOME: home, XDG_DATA_HOME: join(home, 'data') });
    expect(await again.printed('Stop with')).toContain(join(home, 'data', 'toado-mcp', 'sandbox.db'));
  });
});

describe('toado-mcp sandbox tokens', () => {
  test('create, list, activity and revoke, while a sandbox runs on the file', async () => {
    const db = await filledFile();
    const { printed } = launch(['--port', '0', '--db', db]);
    const apiUrl = /REST API: (\S+)/.exec(await printed('Stop with'))![1];

    const made = await run(
      'tokens',
      'create',
      '--db',
      db,
      '--label',
      'my laptop',
      '--scopes',
      'read,comments',
    );
    expect(made).toMatchObject({ code: 0, stderr: '' });
    // The sandbox may listen anywhere.
    expect(made.stdout).toContain('runs on this file, its page /try shows');
    expect(made.stdout).not.toContain('http:');
    const token = /^tok_01[0-9A-HJKMNP-TV-Z]{34}$/m.exec(made.stdout)![0];
    const call = (method: string, path: string, body?: unknown) =>
      fetch(apiUrl + path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'x-toado-client': 'mcp' },
        body: JSON.stringify(body),
      });
    const info = (await (await call('GET', '/auth/token-info')).json()) as { id: string };
    expect(info).toMatchObject({ label: 'my laptop', scopes: ['read', 'comments'] });

    const found = (await (await call('GET', '/tickets/search?query=checkout')).json()) as {
      items: { id: string }[];
    };
    const ticket = found.items[0]!.id;
    expect((await call('POST', `/tickets/${ticket}/comments`, { body: 'From the terminal' })).status).toBe(
      201,
    );
    const { id } = info;
    const activity = await run('tokens', 'activity', id, '--db', db);
    expect(activity.stdout).toMatch(new RegExp(`add_comment +${ticket}`));
    expect(activity.stdout).toContain('Jason (my laptop) · via MCP');

    const list = await run('tokens', 'list', '--db', db, '--json');
    expect(JSON.parse(list.stdout).find((one: { id: string }) => one.id === id)).toMatchObject({
      label: 'my laptop',
    });
    expect(list.stdout).not.toContain(token);

    expect(await run('tokens', 'revoke', id, '--db', db)).toEqual({
      code: 0,
      stdout: `Revoked: my laptop (${id}).\n`,
      stderr: '',
    });
    expect((await call('GET', '/auth/token-info')).status).toBe(401);
    expect((await run('tokens', 'list', '--db', db)).stdout).toMatch(new RegExp(`${id} .* revoked `));
  });

  test('revoke without --user ends a token whole, whoever’s it is; with it, what that person runs', async () => {
    const db = await filledFile();
    const partly = await run('tokens', 'revoke', 'tkn_commenter', '--user', 'usr_jason', '--db', db);
    expect(partly.stdout).toMatch(/no longer reaches the companies that Jason runs\. Without --user it is/);
    const whole = await run('tokens', 'revoke', 'tkn_commenter', '--db', db);
    expect(whole.stdout).toBe('Revoked: slack-bot (tkn_commenter).\n');
  });

  test('create without a sandbox running, on a new file, restricted, as JSON', async () => {
    const db = newFile();
    const { stdout } = await run(
      ...['tokens', 'create', '--db', db, '--json', '--label', 'ci', '--scopes', 'mcp.read'],
      ...['--company', 'co_acme', '--project', 'proj_storefront', '--expires', '2099-01-01T00:00:00Z'],
    );
    expect(JSON.parse(stdout)).toMatchObject({
      token: expect.stringMatching(/^tok_/),
      scopes: ['mcp.read'],
      companies: ['co_acme'],
      projects: ['proj_storefront'],
      expires_at: '2099-01-01T00:00:00.000Z',
    });
  });

  test.each([
    [
      ['create', '--label', 'x', '--scopes', 'all'],
      'there is no scope "all". There are: read, comments, tickets:write, tickets:assign.',
    ],
    [['create', '--label', 'x', '--scopes', 'read', '--user', viewer], 'viewers hold no tokens'],
    [['create', '--label', 'x', '--scopes', 'read', '--project', 'proj_none'], 'no project'],
    [['revoke', 'tkn_none'], 'no token'],
    [['activity', 'tkn_none'], 'no token'],
    [
      ['create', '--label', 'x', '--scopes', 'read', '--expires', 'soon'],
      ': expires_at: must be a time, as 2030-01-31T00:00:00Z\n',
    ],
    [['create', '--label', 'x', '--scopes', 'a\n\u001b[31m'], 'there is no scope "a'],
  ])('%j is refused: %s', async (args, why) => {
    const { code, stdout, stderr } = await run('tokens', ...args, '--db', await filledFile());
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^toado-mcp sandbox: [^\n\x1b]+\n$/);
    expect(stderr).toContain(why);
  });

  test('a file’s name doesn’t steer the terminal', async () => {
    const { code, stdout, stderr } = await run('--db', '/dev/null/a\n\u001b[31m.db');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^toado-mcp sandbox: \/dev\/null\/a ⟦U\+001B⟧\[31m\.db [^\n\x1b]+\n$/);
  });

  test('a label can’t steer the terminal', async () => {
    const db = await filledFile();
    await run('tokens', 'create', '--db', db, '--label', 'red \u001b[31m\u202e', '--scopes', 'read');
    const { stdout } = await run('tokens', 'list', '--db', db);
    expect(stdout).toContain('red ⟦U+001B⟧[31m⟦U+202E⟧');
  });
});

describe('toado-mcp sandbox limits', () => {
  test('shows them, sets them while a sandbox runs, and its clients see it with their next answer', async () => {
    const db = await filledFile();
    const { printed } = launch(['--port', '0', '--db', db]);
    const apiUrl = /REST API: (\S+)/.exec(await printed('Stop with'))![1];
    const shown = await run('limits', '--db', db);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(/co_acme +Acme Studio +600 +60\n/);
    const { stdout: one } = await run('limits', 'co_globex', '--db', db);
    expect([one.includes('co_globex'), one.includes('co_acme')]).toEqual([true, false]);
    const set = await run('limits', 'co_acme', '--reads', '500', '--writes', '7', '--db', db, '--json');
    expect(JSON.parse(set.stdout)).toContainEqual(
      expect.objectContaining({ company_id: 'co_acme', reads_per_minute: 500, writes_per_minute: 7 }),
    );
    const { headers } = await fetch(`${apiUrl}/companies`, {
      headers: { authorization: 'Bearer tok_sandbox_triage' },
    });
    expect(headers.get('ratelimit-limit')).toBe('500');
    expect((await run('limits', 'co_acme', '--reads', '400', '--db', db)).stdout).toMatch(/400 +7\n/);
  });

  test.each([
    [['co_none', '--reads', '5'], 'no company'],
    [['--reads', '5'], 'Name the company'],
    [['co_none'], 'no company with this id. There are: Acme Studio (co_acme), Globex (co_globex).'],
    [['co_acme', '--reads', '0'], '--reads'],
    [['co_acme', '--reads', '5', '--user', 'usr_lena'], 'owner'],
    [['--user', 'usr_none'], 'no user'],
  ])('%j is refused in one line: %s', async (args, why) => {
    const { code, stdout, stderr } = await run('limits', ...args, '--db', await filledFile());
    expect([code, stdout]).toEqual([why === '--reads' ? 2 : 1, '']);
    expect(stderr).toContain(why);
    expect(stderr).not.toContain('    at ');
  });
});

test('--user says as whom: what somebody sees, and may revoke', async () => {
  const db = await filledFile();
  const listed = async (...args: string[]) =>
    JSON.parse((await run('tokens', 'list', '--db', db, '--json', ...args)).stdout).map(
      ({ id }: { id: string }) => id,
    );
  const priyas = await listed('--user', 'usr_priya');
  expect(priyas).toContain('tkn_reader');
  expect(await listed('--user', 'usr_lena')).not.toContain('tkn_triage');
  const refused = await run('tokens', 'revoke', 'tkn_triage', '--user', 'usr_lena', '--db', db);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('somebody else')]);
  expect((await run('tokens', 'activity', 'tkn_triage', '--user', 'usr_lena', '--db', db)).code).toBe(1);
  expect((await run('tokens', 'revoke', 'tkn_reader', '--user', 'usr_priya', '--db', db)).code).toBe(0);
});

function tmpFolder(): string {
  return fileURLToPath(new URL('../', import.meta.url));
}

test('a command on a file that another program holds says so in one line', async () => {
  const db = await filledFile();
  const other = new Libsql(db);
  onTestFinished(() => void other.close());
  other.exec('BEGIN IMMEDIATE');
  const { code, stdout, stderr } = await run(
    'tokens',
    'create',
    '--label',
    'x',
    '--scopes',
    'read',
    '--db',
    db,
  );
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^toado-mcp sandbox: The database is locked by another program\. [^\n]*\n$/);
});
