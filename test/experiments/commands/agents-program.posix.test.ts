/** An agent's program that isn't there or can't be run is told once, before anything is run. Windows has other rules for both. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary.ts';
import { experiments } from './experiments-command.ts';

test('nothing is written then', async () => {
  const folder = join(temporaryFolder(), 'results');
  expect(await experiments('run', 'all', '--out', folder, '--', 'no-such-agent')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'toado-mcp experiments: there is no program "no-such-agent" on the PATH.\n',
  });
  expect(existsSync(folder)).toBe(false);
});

test.each([
  ['README.md', 'there is no program "README.md" on the PATH. Did you mean ./README.md?'],
  ['./no-such-agent', 'there is no program ./no-such-agent.'],
  ['./README.md', 'make it executable (chmod +x)'],
])('%s', async (program, says) => {
  expect(await experiments('run', 'all', '--', program)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(says),
  });
});
