/** test/ mirrors the folders of src/: the tests of `src/a/b/c.ts` are found in `test/a/b/`, whatever they are called. */
import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const here = fileURLToPath(new URL('.//', import.meta.url));
const sources = join(dirname(here), 'src');

/** What belongs to no folder of src/: the program as a whole, what makes and ships it, and what tests are made of. */
const OF_THEIR_OWN = [
  ...['e2e', 'faults', 'browser', 'build', 'distribution', 'scripts'],
  ...['support', 'fixtures', 'sandbox/support', 'catalogue/wire', 'mcp/opening/recorded'],
];

const isOfItsOwn = (folder: string) =>
  OF_THEIR_OWN.some((one) => folder === one || folder.startsWith(`${one}/`));

function foldersIn(root: string): Map<string, string[]> {
  const files = new Map<string, string[]>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const folder = relative(root, entry.parentPath).replaceAll('\\', '/');
    if (!files.has(folder)) files.set(folder, []);
    if (entry.isFile()) files.get(folder)!.push(entry.name);
  }
  return files;
}

const ofSources = foldersIn(sources);
const ofTests = [...foldersIn(here)].filter(([folder]) => folder !== '' && !isOfItsOwn(folder));

test('each folder of test/ is a folder of src/, or one of those named here', () => {
  expect(ofTests.map(([folder]) => folder).filter((folder) => !ofSources.has(folder))).toEqual([]);
  const folders = new Set(foldersIn(here).keys());
  expect(OF_THEIR_OWN.filter((folder) => !folders.has(folder))).toEqual([]);
});

test('a test lies where a source file lies, not above the folders that hold them', () => {
  const above = ofTests.filter(
    ([folder, files]) =>
      files.some((file) => file.endsWith('.test.ts')) &&
      !ofSources.get(folder)?.some((file) => /\.tsx?$/.test(file)),
  );
  expect(above.map(([folder]) => folder)).toEqual([]);
});
