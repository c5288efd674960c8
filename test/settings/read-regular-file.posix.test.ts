/** Files that have no end, or none that they tell, and files that nobody writes to. */
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRegularFile } from '../../src/settings/read-regular-file.ts';
import { openFilesAt } from '../support/open-files.ts';
import { temporaryFolder } from '../support/temporary.ts';

test('a device is not read', () => {
  expect(() => readRegularFile('/dev/null', 1)).toThrow('it is no ordinary file');
});

test('one that is too large is not read; one that says nothing of its size is refused afterwards', () => {
  const path = join(temporaryFolder(), 'large');
  writeFileSync(path, '');
  // More than Node reads at all.
  truncateSync(path, 5 * 1024 ** 3);
  expect(() => readRegularFile(path, 100)).toThrow(/^it is too large$/);
  expect(() => readRegularFile('/proc/self/status', 100)).toThrow(/^it is too large$/);
});

test('none stays open, whether it could be read or not', () => {
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, 'text');
  expect(readRegularFile(path, 4).toString()).toBe('text');
  expect(() => readRegularFile(path, 3)).toThrow('it is too large');
  expect(openFilesAt(path)).toEqual([]);
});
