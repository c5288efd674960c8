/** Files that have no end, and files that nobody writes to. */
import { expect, test } from 'vitest';
import { readRegularFile } from '../../src/settings/read-regular-file.ts';

test('a device is not read', () => {
  expect(() => readRegularFile('/dev/null', 1)).toThrow('it is no ordinary file');
});
