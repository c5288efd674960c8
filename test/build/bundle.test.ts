/** What the build makes of the sources: the same bytes wherever they lie, and the licences of all that is in them. */
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type BundleOptions, bundle } from '../../build/bundle.ts';
import { shared } from '../support/ending.ts';
import { temporaryFolder } from '../support/temporary.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function built(options?: BundleOptions) {
  const folder = join(temporaryFolder(), 'dist');
  const chunks = await bundle(folder, options);
  const files = readdirSync(folder).sort();
  return { chunks, files, read: (name: string) => readFileSync(join(folder, name), 'utf8') };
}

/** A second checkout, in a folder of another name and depth. */
function elsewhere(): string {
  const folder = join(temporaryFolder(), 'some where', 'else', 'two');
  mkdirSync(folder, { recursive: true });
  for (const name of ['src', 'tools', 'package.json', 'tsconfig.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

const plain = shared(() => built());

test('two builds are the same bytes, in whatever folder', async () => {
  const [here, there] = [plain(), await built({ root: elsewhere() })];
  expect(there.files).toEqual(here.files);
  for (const name of here.files) expect(there.read(name), name).toBe(here.read(name));
});

test('every package in the bundle is in THIRD-PARTY-NOTICES, and no other', async () => {
  const { chunks, read } = plain();
  const bundled = new Set<string>();
  for (const { modules } of chunks) {
    for (const [id, { renderedLength }] of Object.entries(modules)) {
      const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
      if (name && renderedLength > 0) bundled.add(name);
    }
  }
  const named = [...read('THIRD-PARTY-NOTICES').matchAll(/^-{80}\n\n(\S+) \S+ \(.+\)$/gm)].map(
    ([, name]) => name!,
  );
  expect([...new Set(named)].sort()).toEqual([...bundled].sort());
  expect(named).toContain('undici');
});

test('--debug keeps names and brings source maps', async () => {
  const { files, read } = await built({ debug: true });
  expect(files).toContain('main.js.map');
  expect(read('main.js')).toContain('keepCompiledCode');
});
