/** The README's first command. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('the demo ends well, and fits a terminal of 80 columns', { timeout: 120_000 }, () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/demo.ts'], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', COLUMNS: '80' },
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('All as it should be');
  // What one copies stands in one piece, however long it is.
  const lines = stdout.split('\n').filter((line) => !line.startsWith('  claude mcp add'));
  expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
});
