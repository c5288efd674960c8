/** Windows removes no file that is open: what a fresh sandbox has opened is closed when its folder goes. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { startSandbox } from '../../../src/sandbox/index.ts';
import { openFilesAt } from '../../support/open-files.ts';
import { callers, smallWorld } from '../support/sandbox.ts';

test('nothing of it is open any more', async () => {
  const sandbox = await startSandbox({ fresh: true, world: smallWorld() });
  const folder = dirname(sandbox.db);
  const { as } = callers(sandbox.apiUrl);
  expect((await as('olga')('PATCH', '/tickets/t-AAAAAA', { title: 'Fresh' })).status).toBe(200);
  expect(openFilesAt(folder)).not.toEqual([]);
  await sandbox.close();
  expect(openFilesAt(folder)).toEqual([]);
  expect(existsSync(folder)).toBe(false);
});
