/** Windows removes no file that is open: what a fresh sandbox has opened is closed when its folder goes. */
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { startSandbox } from '../../../src/sandbox/index.ts';
import { callers, smallWorld } from '../support/sandbox.ts';

/** What this process has open in a folder, removed files included. */
function openIn(folder: string): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(folder) ? [path] : [];
    } catch {
      // That of the listing itself.
      return [];
    }
  });
}

test('nothing of it is open any more', async () => {
  const sandbox = await startSandbox({ fresh: true, world: smallWorld() });
  const folder = dirname(sandbox.db);
  const { as } = callers(sandbox.apiUrl);
  expect((await as('olga')('PATCH', '/tickets/t-AAAAAA', { title: 'Fresh' })).status).toBe(200);
  expect(openIn(folder)).not.toEqual([]);
  await sandbox.close();
  expect(openIn(folder)).toEqual([]);
  expect(existsSync(folder)).toBe(false);
});
