/** `~` where no shell has replaced it: behind `=`, in a variable of a client, in a .env. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runToEnd } from '../../support/command.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { put } from '../config/in-a-home.ts';

/** @returns what became of the command, in an empty folder and a home of its own. */
async function runIn(
  args: string[],
  variables: Record<string, string> = {},
  files: Record<string, string> = {},
) {
  const [folder, home] = [temporaryFolder(), temporaryFolder()];
  for (const [path, text] of Object.entries(files)) put(home, path, text);
  const ended = await runToEnd(args, { cwd: folder, env: { HOME: home, ...variables } });
  expect(readdirSync(folder)).toEqual([]);
  return { ...ended, home };
}

test.each([
  ['sandbox', 'tokens', 'list', '--db=~/mine/x.db'],
  ['doctor', '--sandbox', '--db=~/mine/x.db'],
])('%s %s: the database is in the home', async (...args) => {
  const { code, home } = await runIn(args);
  expect(code).toBe(0);
  expect(existsSync(join(home, 'mine/x.db'))).toBe(true);
});

test('a client is given the path in the home', async () => {
  const { stdout, home } = await runIn(['config', 'cursor', '--sandbox', '--db=~/x.db', '--files=~/files']);
  expect(JSON.parse(stdout).mcpServers['toado-sandbox'].args).toEqual(
    expect.arrayContaining([`--db=${join(home, 'x.db')}`, `--files=${join(home, 'files')}`]),
  );
  const file = await runIn(['config', 'cursor'], { TOADO_API_TOKEN_FILE: '~/token' });
  expect(JSON.parse(file.stdout).mcpServers.toado.env.TOADO_API_TOKEN_FILE).toBe(join(file.home, 'token'));
});

test('a token file, corrections and a project are found there', async () => {
  const files = { token: 'tok_in_home', 'map.json': '{}', 'project/x': '' };
  const { stdout } = await runIn(
    ['doctor', '--api-map=~/map.json'],
    { TOADO_API_TOKEN_FILE: '~/token', TOADO_API_URL: 'http://127.0.0.1:9/api/v1' },
    files,
  );
  expect(stdout).toContain('✓ settings    TOADO_API_TOKEN_FILE from environment');
  const { stderr, home } = await runIn(['config', 'cursor', '--write', '--workspace=~/project'], {}, files);
  expect(stderr).toContain(`${join(home, 'project/.cursor/mcp.json')}: toado is in.`);
});

test('experiments: scenarios, an agent’s file, results and tasks are in the home', async () => {
  const files = { 'mine/own.json': '{}', 'mine/agent.mjs': 'export const run = () => "RESULT: done";' };
  const bad = await runIn(['experiments', 'list', '--scenarios=~/mine'], {}, files);
  expect(bad.stderr).toContain(`${join(bad.home, 'mine/own.json')} is not a scenario.`);
  const { home, stderr } = await runIn(
    ['experiments', 'run', 'read-only', '--agent', 'sdk:~/mine/agent.mjs', '--out=~/results'],
    {},
    files,
  );
  expect(stderr).toContain(join(home, 'results', 'report.html'));
  const tasks = await runIn(['experiments', 'export', 'read-only', '--harbor=~/tasks']);
  expect(existsSync(join(tasks.home, 'tasks/read-only/task.toml'))).toBe(true);
});

test.each(['--out', '--scenarios'])('experiments: an empty %s is no folder', async (flag) => {
  const { code, stderr } = await runIn(['experiments', 'run', 'read-only', flag, '', '--', 'true']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('It names no folder.')]);
});

test('--workspace of a variable that is not set is not the folder in which it runs', async () => {
  const { code, stderr } = await runIn(['config', 'cursor', '--write', '--workspace=']);
  expect([code, stderr]).toEqual([1, 'toado-mcp: config: --workspace names no folder.\n']);
});
