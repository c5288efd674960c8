/** `--open` and `--fresh`, of the server and of the sandbox by itself; a program on the PATH stands in for the browser. */
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runToEnd } from '../../support/command.ts';
import { run } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const PAGES = /http:\/\/127\.0\.0\.1:\d+/;

function browser(): { path: string; given: () => string } {
  const folder = temporaryFolder();
  const notes = join(folder, 'given');
  writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\nprintf %s "$1" > ${notes}\n`, { mode: 0o755 });
  return {
    path: `${folder}:${process.env.PATH}`,
    given: () => (existsSync(notes) ? readFileSync(notes, 'utf8') : ''),
  };
}

test('sandbox --fresh has a file of its own, which goes when it stops; --open opens the pages', async () => {
  const { path, given } = browser();
  const TMPDIR = temporaryFolder();
  const { child, exited, stdout } = run({
    args: ['sandbox', '--port', '0', '--fresh', '--open'],
    env: { PATH: path, TMPDIR },
  });
  await expect.poll(stdout).toContain('Stop with Ctrl+C');
  const [folder] = readdirSync(TMPDIR).filter((name) => name.startsWith('toado-sandbox-'));
  expect(stdout()).toContain(`${join(TMPDIR, folder!, 'sandbox.db')}, gone when it stops`);
  expect(stdout()).not.toContain('the data stay');
  const [url] = PAGES.exec(stdout())!;
  await expect.poll(given).toBe(url);
  child.kill('SIGTERM');
  expect((await exited).code).toBe(0);
  expect(existsSync(join(TMPDIR, folder!))).toBe(false);
});

test('sandbox --open without a browser says the address and goes on', async () => {
  const { child, exited, stdout, stderr } = run({
    args: ['sandbox', '--port', '0', '--fresh', '--open'],
    env: { PATH: temporaryFolder() },
  });
  await expect.poll(stderr).toContain('no browser could be started; open http://127.0.0.1:');
  const [url] = PAGES.exec(stdout())!;
  expect((await fetch(url)).status).toBe(200);
  child.kill('SIGTERM');
  expect((await exited).code).toBe(0);
});

test('the server’s --open opens the pages of the sandbox inside, with --fresh of one that goes with it', async () => {
  const { path, given } = browser();
  const TMPDIR = temporaryFolder();
  const { child, exited } = run({ args: ['--sandbox', '--fresh', '--open'], env: { PATH: path, TMPDIR } });
  await expect.poll(given).toMatch(PAGES);
  expect((await fetch(given())).status).toBe(200);
  child.stdin!.end();
  expect((await exited).code).toBe(0);
  expect(readdirSync(TMPDIR).filter((name) => name.startsWith('toado-sandbox-'))).toEqual([]);
});

test.each([
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
] as const)('%s while a fresh sandbox is being filled leaves nothing of it behind', async (signal) => {
  const TMPDIR = temporaryFolder();
  const watcher = watch(TMPDIR);
  const { child, exited } = run({ args: ['--sandbox', '--fresh'], env: { TMPDIR } });
  await once(watcher, 'change');
  child.kill(signal);
  await exited;
  watcher.close();
  expect(readdirSync(TMPDIR).filter((name) => name.startsWith('toado-sandbox-'))).toEqual([]);
});

test.each([
  [['sandbox', '--fresh', '--db', 'x.db'], '--db'],
  [['sandbox', '--fresh', '--reset'], '--reset'],
  [['--sandbox', '--fresh', '--db', 'x.db'], '--db'],
  [['--sandbox', '--fresh', '--reset'], '--reset'],
  [['--open'], '--sandbox'],
  [['--fresh'], '--sandbox'],
])('toado-mcp %s is a mistake in use', async (args, named) => {
  const { code, stdout, stderr } = await runToEnd(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(named);
});
