/** How it ends: whichever way the client goes, no orphan stays, and a write on the wire gets its moment. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fault } from '../support/fault-proxy.ts';
import { listen } from '../support/listen.ts';
import { childEnv, INITIALIZE, PROGRAM } from '../support/program.ts';
import { errorOf, startRaw } from '../support/raw-client.ts';
import { leaksOf } from '../support/secrets.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';
import {
  AT_ONCE_MS,
  COMMENT,
  endsWhilePicturesAreDecoded,
  endsWithCallsUnderWay,
  late,
  start,
  timeToEnd,
  WAYS,
} from './shutdown.ts';

/** The others in the full run. */
const USUAL = WAYS.slice(0, 2);

describe.each(WAYS)('%s', (name, go) => {
  test('idle: it ends at once', async () => {
    const { client } = await start();
    // A closed stdout is noticed with the next line.
    const { code, ms } = await timeToEnd(client, (it) => {
      go(it);
      if (name === 'stdout closed') it.write(JSON.stringify({ jsonrpc: '2.0', id: 99, method: 'ping' }));
    });
    console.log(`${name}, idle: ${ms} ms`);
    expect(code).toBe(0);
    expect(ms).toBeLessThan(AT_ONCE_MS);
  });
});

describe('with calls under way', () => {
  endsWithCallsUnderWay(USUAL);

  test('a write that gets no answer holds the process for two seconds at most, and the log names it', async () => {
    const { client, proxy } = await start();
    proxy.plan = ({ method }) => (method === 'POST' ? fault('hang_after') : undefined);
    client.begin('add_comment', COMMENT);
    await expect.poll(() => proxy.open()).toBe(1);
    const { code, ms } = await timeToEnd(client, ({ child }) => void child.stdin!.end());
    console.log(`with a write that hangs: ${ms} ms`);
    expect(code).toBe(0);
    expect(ms).toBeGreaterThan(1_200);
    expect(ms).toBeLessThan(2_000 + AT_ONCE_MS);
    expect(client.stderr()).toContain('the outcome is not known of: add_comment');
  });

  test.each([
    'SIGINT',
    'SIGTERM',
  ] as const)('%s twice, as a terminal and npm send it: a write still learns its outcome', async (signal) => {
    const { client, proxy } = await start();
    proxy.plan = ({ method }) => (method === 'POST' ? late(700) : undefined);
    const { answer } = client.begin('add_comment', COMMENT);
    await expect.poll(() => proxy.open()).toBe(1);
    client.child.kill(signal);
    await expect.poll(() => client.stderr()).toContain('waiting up to');
    client.child.kill(signal);
    expect(errorOf(await answer)).toBeUndefined();
    expect((await client.exited).code).toBe(0);
  });

  test('a write that has not left does not leave any more', async () => {
    const { client, proxy, db } = await start();
    // The ticket's column is looked up by name first, and that hangs.
    proxy.plan = () => fault('hang_before');
    const { answer } = client.begin('move_ticket', { ticket_id: 't-vP4sTe', target_column_id: 'Done' });
    await expect.poll(() => proxy.open()).toBe(1);
    const before = db.one('SELECT column_id FROM tickets WHERE id = ?', 't-vP4sTe');
    client.child.stdin!.end();
    proxy.plan = () => undefined;
    await client.exited;
    expect(proxy.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(db.one('SELECT column_id FROM tickets WHERE id = ?', 't-vP4sTe')).toEqual(before);
    void answer.catch(() => {});
  });

  test('a call that comes after the signal is told that nothing was sent', async () => {
    const { client, proxy } = await start();
    proxy.plan = ({ method }) => (method === 'POST' ? late(1_000) : undefined);
    client.begin('add_comment', COMMENT);
    await expect.poll(() => proxy.open()).toBe(1);
    client.child.kill('SIGTERM');
    await expect.poll(() => client.stderr()).toContain('waiting up to');
    expect(errorOf(await client.call('archive_ticket', { ticket_id: 't-3dGhZa' }))).toMatchObject({
      outcome: 'not_sent',
    });
    await client.exited;
  });
});

test('a stdin that breaks, as a connection does: it ends, and waits for no answer that nobody can take', async () => {
  const toado = await startToado();
  const server = createServer();
  const port = await listen(server);
  const ours = once(server, 'connection') as Promise<[Socket]>;
  const theirs = connect(port, '127.0.0.1');
  await once(theirs, 'connect');
  const child = spawn(process.execPath, [PROGRAM, '--log-level=debug'], {
    env: childEnv(toado.env()),
    stdio: [theirs, 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr!.on('data', (chunk) => {
    said += chunk;
  });
  const ended = once(child, 'close');
  const [client] = await ours;
  client.write(`${JSON.stringify(INITIALIZE)}\n`);
  await once(child.stdout!, 'data');
  client.resetAndDestroy();
  expect((await ended)[0]).toBe(0);
  expect(said).toContain('ending: stdin broke');
});

test('a client that reads nothing of what it asked for is not waited for: two seconds, and all is closed', async () => {
  const toado = await startToado();
  const child = spawn(process.execPath, [PROGRAM], {
    env: childEnv(toado.env()),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lists = Array.from({ length: 60 }, (_, id) => ({ jsonrpc: '2.0', id: id + 1, method: 'tools/list' }));
  child.stdin.end([INITIALIZE, ...lists].map((one) => `${JSON.stringify(one)}\n`).join(''));
  // By itself, and not killed.
  expect(await once(child, 'exit')).toEqual([0, null]);
});

describe('while a picture is decoded', () => {
  endsWhilePicturesAreDecoded(USUAL.slice(0, 1));
});

describe('the client is killed with SIGKILL', () => {
  /** A client of its own process, which gives the server its own stdin or a pipe; it prints the server's id. */
  const parentCode = (stdin: string) => `
    const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, [${JSON.stringify(PROGRAM)}], { stdio: [${stdin}, 'ignore', 'ignore'] });
    ${stdin === "'pipe'" ? `child.stdin.write(${JSON.stringify(`${JSON.stringify(INITIALIZE)}\n`)});` : ''}
    console.log(child.pid);
    setInterval(() => {}, 1000);`;

  /** A pipe whose other end this process keeps open, whatever becomes of the client. */
  function pipeThatStaysOpen(): number {
    const path = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [path]);
    const end = openSync(path, 'r+');
    onTestFinished(() => closeSync(end));
    writeSync(end, `${JSON.stringify(INITIALIZE)}\n`);
    return end;
  }

  test.each([
    ['its pipe closes with it', "'pipe'"],
    ['its pipe stays open elsewhere', "'inherit'"],
  ])('%s: no orphan', async (_, stdin) => {
    const toado = await startToado();
    const parent = spawn(process.execPath, ['-e', parentCode(stdin)], {
      env: childEnv(toado.env()),
      stdio: [stdin === "'inherit'" ? pipeThatStaysOpen() : 'pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const pid = await new Promise<number>((resolve) => {
      parent.stdout!.once('data', (chunk) => resolve(Number(chunk)));
    });
    onTestFinished(() => {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    });
    // Long enough for it to be up.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('what nobody caught', () => {
  test.each([
    ['an exception', 'throw new Error("boom " + token)'],
    ['a rejection', 'Promise.reject(new Error("boom " + btoa(token)))'],
  ])('%s ends the process with one line, without the token', async (_, crash) => {
    const toado = await startToado();
    const code = `const token = process.env.TOADO_API_TOKEN; process.once('SIGUSR2', () => { ${crash} })`;
    const client = await startRaw({
      env: {
        ...toado.env(),
        NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code)}`,
      },
    });
    client.child.kill('SIGUSR2');
    expect((await client.exited).code).toBe(1);
    const lines = client.stderr().trim().split('\n');
    expect(lines.filter((line) => line.includes('boom'))).toHaveLength(1);
    expect(lines.at(-1)).toMatch(
      /^toado-mcp error: unc?\w+, this is a bug of ours: Error: boom .*\[redacted token\]/,
    );
    expect(leaksOf(toado.token('triage'), client.stderr())).toEqual([]);
  });
});
