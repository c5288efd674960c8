/** Settings that can't be used, and places to start in, as only POSIX systems have them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { childEnv, PROGRAM } from '../support/program.ts';
import { startRaw } from '../support/raw-client.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';
import { ALL_TOOLS } from '../support/tools-of-scopes.ts';
import {
  expectEndsWithIt,
  expectServesWhoami,
  expectStartsBeside,
  toadoThatCounts,
  toolNames,
  type Wrong,
} from './wrong-settings.ts';

test('a device as token file', async () => {
  const wrong: Wrong = ['', { env: { TOADO_API_TOKEN_FILE: '/dev/zero' } }, /no ordinary file/];
  const toado = await toadoThatCounts();
  await expectServesWhoami(wrong, toado.url, 'here');
  await expectEndsWithIt(wrong, toado.url, 'here');
  expect(toado.requests()).toBe(0);
});

test('a .env that is no file does not stop a start', async () => {
  const toado = await startToado();
  await expectStartsBeside(
    [
      ['a pipe', (path) => void execFileSync('mkfifo', [path]), true],
      ['a link to itself', (path) => symlinkSync(path, path), true],
      ['a device', (path) => symlinkSync('/dev/zero', path), true],
      ['a link to nowhere', (path) => symlinkSync('/nowhere/at/all', path), false],
    ],
    toado.env(),
  );
});

test('in a terminal, no token and a placeholder are one line, and exit code 1', () => {
  for (const [env, says] of [
    [{}, /^toado-mcp: TOADO_API_TOKEN is not set[^\n]*$/],
    [{ TOADO_API_TOKEN: 'tok_PASTE_YOURS_HERE' }, /^toado-mcp: TOADO_API_TOKEN was not filled in[^\n]*$/],
  ] as const) {
    // script(1) gives it a terminal.
    const command = `'${process.execPath}' '${PROGRAM}'`;
    const { stdout, status } = spawnSync('script', ['-qec', command, '/dev/null'], {
      env: childEnv(env),
      encoding: 'utf8',
    });
    // Wrapped at the terminal's width.
    expect(stdout.trimEnd().replaceAll('\r\n', ' ')).toMatch(says);
    expect(status).toBe(1);
  }
});

test('a working directory that is gone', async () => {
  const toado = await startToado();
  const cwd = temporaryFolder();
  const command = `cd '${cwd}' && rmdir '${cwd}' && exec '${process.execPath}' '${PROGRAM}'`;
  const client = await startRaw({ env: toado.env(), command: { file: 'sh', args: ['-c', command] } });
  expect(await toolNames(client)).toHaveLength(ALL_TOOLS.length);
  expect(client.stderr()).not.toMatch(/\n {4}at /);
});

test('SIGUSR1 opens no debugger', async () => {
  const toado = await startToado();
  const client = await startRaw({ env: toado.env() });
  client.child.kill('SIGUSR1');
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await toolNames(client)).toHaveLength(ALL_TOOLS.length);
  expect(client.stderr()).not.toMatch(/Debugger|ws:/);
});
