import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** Prints the catalogue and ends: most of the program's parts, and an end in order. */
async function start(env: Record<string, string>): Promise<string> {
  const program = run({ args: ['tools', '--format', 'json'], env });
  const { code } = await program.exited;
  expect(code).toBe(0);
  return program.stdout();
}

test('the compiled code is kept for the user alone, and what is broken there is made anew', async () => {
  const env = { XDG_CACHE_HOME: temporaryFolder() };
  const folder = join(env.XDG_CACHE_HOME, 'toado-mcp');
  const first = await start(env);
  const names = readdirSync(folder);
  expect(names.length).toBeGreaterThan(3);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const name of names) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);

  for (const name of names) writeFileSync(join(folder, name), 'not code');
  expect(await start(env)).toBe(first);
  for (const name of names) expect(statSync(join(folder, name)).size).toBeGreaterThan(100);
  expect(await start(env)).toBe(first);
});

test('it starts where nothing can be kept', async () => {
  const blocked = join(temporaryFolder(), 'file');
  writeFileSync(blocked, '');
  chmodSync(blocked, 0o400);
  const answers = [
    await start({ XDG_CACHE_HOME: blocked }),
    await start({ HOME: '', XDG_CACHE_HOME: '' }),
    await start({ NODE_DISABLE_COMPILE_CACHE: '1', XDG_CACHE_HOME: temporaryFolder() }),
  ];
  expect(JSON.parse(answers[0]!)).toBeTruthy();
  expect(new Set(answers).size).toBe(1);
});
