/** A disk that takes no more of what a command prints. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { childEnv, PROGRAM } from '../../support/program.ts';
import { temporaryFolder } from '../../support/temporary.ts';

test.each([
  'sandbox tokens list',
  'sandbox tokens create --label lost --scopes read',
  'sandbox limits --json',
  'sandbox reset',
  '--help',
])('%s on a full disk says so, and doesn’t pass for done', (args) => {
  const db = join(temporaryFolder(), 'sandbox.db');
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', `'${process.execPath}' '${PROGRAM}' ${args} --db '${db}' > /dev/full`],
    { env: childEnv(), encoding: 'utf8' },
  );
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "toado-mcp: stdout can't be written (ENOSPC).\n",
  });
});

test('a sandbox that can’t print leaves nothing of its own file', () => {
  const TMPDIR = temporaryFolder();
  const { status } = spawnSync(
    'sh',
    ['-c', `'${process.execPath}' '${PROGRAM}' sandbox --port 0 --fresh > /dev/full`],
    { env: childEnv({ TMPDIR }), encoding: 'utf8' },
  );
  expect(status).toBe(1);
  expect(readdirSync(TMPDIR).filter((name) => name.startsWith('toado-sandbox-'))).toEqual([]);
});
