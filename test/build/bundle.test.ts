/** What the build makes of the sources: the same bytes wherever they lie, and the licences of all that is in them. */
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type BundleOptions, bundle } from '../../build/bundle.ts';
import { shared } from '../support/ending.ts';
import { temporaryFolder } from '../support/temporary.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const inFolder = (folder: string) => (name: string) => readFileSync(join(folder, name), 'utf8');

async function built(options?: BundleOptions) {
  const folder = join(temporaryFolder(), 'dist');
  const chunks = await bundle(folder, options);
  return { chunks, files: readdirSync(folder).sort(), read: inFolder(folder) };
}

/** A second checkout, in a folder of another name and depth. */
function elsewhere(): string {
  const folder = join(temporaryFolder(), 'some where', 'else', 'two');
  mkdirSync(folder, { recursive: true });
  for (const name of ['src', 'tools', 'package.json', 'tsconfig.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

const another = shared(() => built({ root: elsewhere() }));

test('two builds are the same bytes, in whatever folder', () => {
  // What `npm run build` wrote, and more beside it.
  const here = inFolder(join(root, 'dist'));
  const { files, read } = another();
  expect(files.length).toBeGreaterThan(20);
  for (const name of files) expect(read(name), name).toBe(here(name));
  const code = readdirSync(join(root, 'dist')).filter((name) => name.endsWith('.js'));
  expect(code.sort()).toEqual(files.filter((name) => name.endsWith('.js')));
});

test('every package in the bundle is in THIRD-PARTY-NOTICES, and no other', async () => {
  const { chunks, read } = another();
  const bundled = new Set<string>();
  for (const { modules } of chunks) {
    for (const [id, { renderedLength }] of Object.entries(modules)) {
      const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/'))?.[1];
      if (name && renderedLength > 0) bundled.add(name);
    }
  }
  const named = [...read('THIRD-PARTY-NOTICES').matchAll(/^-{80}\n\n(\S+) \S+ \(.+\)$/gm)].map(
    ([, name]) => name!,
  );
  expect([...new Set(named)].sort()).toEqual([...bundled].sort());
  expect(named).toContain('undici');
});

/** A checkout whose entries are that text. */
function checkoutOf(text: string): string {
  const root = temporaryFolder();
  writeFileSync(join(root, 'package.json'), '{}');
  mkdirSync(join(root, 'src/experiments/agent'), { recursive: true });
  for (const name of ['main', 'experiments/index', 'experiments/agent/main'])
    writeFileSync(join(root, 'src', `${name}.ts`), text);
  return root;
}

test('an import of what is not installed fails the build', async () => {
  const root = checkoutOf("import 'not-installed';\n");
  await expect(bundle(join(root, 'dist'), { root })).rejects.toThrow('not-installed');
});

test.each([
  [true, '--debug keeps names and brings source maps'],
  [false, 'without it names are short, and there are no maps'],
])('%s: %s', async (debug) => {
  const root = checkoutOf(
    'function keptName(text: string) { console.log(text, text); }\nkeptName(process.title); keptName("b");\n',
  );
  const { files, read } = await built({ debug, root });
  expect(files.includes('main.js.map')).toBe(debug);
  expect(read('main.js').includes('keptName')).toBe(debug);
});
