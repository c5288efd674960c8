import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../src/base/make-folder.ts';
import { temporaryFolder } from '../support/temporary.ts';

test('makes what is missing, with the mode', () => {
  const folder = join(temporaryFolder(), 'a', 'b', 'c');
  makeFolder(folder, 0o700);
  makeFolder(folder, 0o700);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

// A kernel's own folder: nothing can be made in it, and Node's recursive mkdir never comes back from it.
test('a folder that can’t be made is said at once', { timeout: 5_000 }, () => {
  expect(() => makeFolder('/proc/nope/a/b')).toThrow(/ENOENT|EACCES|EPERM/);
});

test('a file that stands in the way is named as that', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(join(file, 'inside'))).toThrow(/ENOTDIR/);
});
