import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../src/base/make-folder.ts';
import { temporaryFolder } from '../support/temporary.ts';

test('makes what is missing, and nothing where it is there', () => {
  const folder = join(temporaryFolder(), 'a', 'b', 'c');
  makeFolder(folder);
  makeFolder(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
});

test('a file stands in the way', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(file)).toThrow();
  expect(() => makeFolder(join(file, 'inside'))).toThrow(/ENOTDIR|ENOENT/);
});
