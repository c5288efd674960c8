/** What goes into the bundle for Claude Desktop and the plugin: the server, and nothing of the sandbox. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyServer } from '../../scripts/server-files.ts';
import { tools } from '../../tools/index.ts';
import { runToEnd } from '../support/command.ts';
import { connect } from '../support/program.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { startToado } from '../support/toado.ts';

function copied(): string {
  const folder = join(temporaryFolder(), 'server');
  copyServer(folder);
  return folder;
}

test('nothing of the sandbox is among it', () => {
  const folder = copied();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const text = files
    .filter((name) => /js$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(files.filter((name) => /^(pictures|client)([/\\]|$)|\.(png|db)$/.test(name))).toEqual([]);
  for (const [what, absent] of [
    ['its schema', 'CREATE TABLE tickets'],
    ['its tickets', 't-7Kq2Mx'],
    ['its database', 'libsql('],
    ['its pages', 'frame-ancestors'],
    ['experiments’ grading', 'tampered'],
    ['experiments’ command line', 'task-sandbox'],
  ] as const)
    expect(
      text.some((one) => one.includes(absent)),
      what,
    ).toBe(false);
});

test('it serves, pictures and command line included', async () => {
  const program = join(copied(), 'main.js');
  const toado = await startToado();
  const agent = await connect('sdk 2.x modern', { program, env: toado.env() });
  expect((await agent.toolNames()).length).toBe(tools.length);
  for (const [tool, args] of [
    ['search_tickets', { query: 'checkout' }],
    ['get_capture_asset', { ticket_id: 't-7Kq2Mx' }],
    ['add_comment', { ticket_id: 't-7Kq2Mx', body: 'From the bundle.' }],
  ] as const)
    expect((await agent.call(tool, args)).isError, tool).toBeFalsy();
  const doctor = await runToEnd(['doctor', '--json'], { program, env: toado.env() });
  expect(doctor.code, doctor.stdout).toBe(0);
  expect((await runToEnd(['tools'], { program })).code).toBe(0);
  expect((await runToEnd(['--version'], { program })).code).toBe(0);
});

test.each<{ args: string[] }>([
  { args: ['--sandbox'] },
  { args: ['sandbox'] },
  { args: ['sandbox', 'tokens'] },
  { args: ['doctor', '--sandbox'] },
  { args: ['experiments', 'list'] },
])('$args says in words that there is no sandbox here', async ({ args }) => {
  const { code, stdout, stderr } = await runToEnd(args, { program: join(copied(), 'main.js') });
  expect(code).toBe(1);
  expect(stdout + stderr).toContain('this installation has no sandbox');
  expect(stdout + stderr).not.toMatch(/^\s+at /m);
});

test('the build still has it', () => {
  expect(existsSync(new URL('../../dist/pictures', import.meta.url))).toBe(true);
});
