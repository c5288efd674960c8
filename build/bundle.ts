/**
 * Bundles what ships: everything but what can't be bundled (native parts). The parts are CommonJS functions that
 * `build/launcher.ts`, which becomes dist/main.js, loads with their compiled code beside them.
 */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/server';
import { type BuildOptions, build, type Metafile, transform } from 'esbuild';
import { APART, replace } from './replace.ts';

const ENTRY = 'src/main.ts';
const START = 'start.js';
const COMMON = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  // Packages in both forms are taken as modules: jsonc-parser's other one can't be bundled.
  mainFields: ['module', 'main'],
  write: false,
  logOverride: { 'import-is-undefined': 'error' },
} as const satisfies BuildOptions;

export interface Bundle {
  /** By name in dist/, in bytes. */
  files: Map<string, number>;
  metafile: Metafile;
}

/**
 * Writes the program into a folder, which is emptied before (but for its pictures).
 * @param minify false keeps names, for a profile that can be read.
 */
export async function bundle(folder: string, minify = true): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    ...COMMON,
    minify,
    entryPoints: { program: ENTRY },
    outdir: folder,
    entryNames: '[name]-[hash]',
    splitting: true,
    format: 'esm',
    metafile: true,
    external: ['libsql', 'sharp'],
    define: { 'import.meta.url': '__moduleUrl', MCP_VERSIONS: JSON.stringify(SUPPORTED_PROTOCOL_VERSIONS) },
    plugins: [replace],
  });
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    // Pictures take seconds to draw: they stay while what they are drawn from stays.
    if (name !== 'pictures') rmSync(join(folder, name), { recursive: true });
  }
  const files = new Map<string, number>();
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    files.set(name, Buffer.byteLength(text));
  };

  const parts = new Map<string, string>();
  for (const { path, text } of outputFiles) parts.set(basename(path), await asFunction(text, minify));
  for (const { file, source } of APART)
    parts.set(basename(file), await asFunction(await single(source), minify));
  const [program] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === ENTRY)!;
  const start = together(neededAtStart(basename(program), parts), parts);
  parts.set(START, start);
  for (const [name, text] of parts) write(name, text);
  const { version } = (await import('../package.json', { with: { type: 'json' } })).default;
  const constants = {
    PROGRAM: `./${basename(program)}`,
    START: `./${START}`,
    BUILD: `${version}-${hashOf([...parts.values()].join())}`,
  };
  write('main.js', await single('build/launcher.ts', constants));
  chmodSync(join(folder, 'main.js'), 0o755);
  // Node takes main.js for CommonJS, which it starts sooner than a module.
  write('package.json', '{"type":"commonjs"}\n');
  return { files, metafile };
}

/** Behind a promise, but asked for at every start without flags. */
const ON_EVERY_START = /^(serve|serve-command)-/;

/** What a plain start loads: the parts that the program's part needs, one after another. */
function neededAtStart(program: string, parts: ReadonlyMap<string, string>): string[] {
  const needed = new Set([program]);
  for (const name of needed) {
    const text = parts.get(name)!;
    // What stands behind a promise is loaded later.
    for (const [, later, found] of text.matchAll(/(then\(\(\)=>[\w$]+\()?require\("\.\/([\w.-]+\.js)"\)/g)) {
      if (parts.has(found!) && (!later || ON_EVERY_START.test(found!))) needed.add(found!);
    }
  }
  return [...needed];
}

/** Parts in one file: a start reads and compiles one instead of a dozen. Taken out of `parts`. */
function together(names: string[], parts: Map<string, string>): string {
  const texts = names.map((name) => {
    const text = parts.get(name)!;
    parts.delete(name);
    return `${JSON.stringify(`./${name}`)}:${text}`;
  });
  return `({${texts.join(',\n')}})`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** One file that stands alone. */
async function single(entry: string, constants: Record<string, string> = {}): Promise<string> {
  const define = Object.fromEntries(
    Object.entries(constants).map(([name, value]) => [name, JSON.stringify(value)]),
  );
  const { outputFiles } = await build({
    ...COMMON,
    minify: true,
    entryPoints: [entry],
    format: 'cjs',
    define,
  });
  return outputFiles[0]!.text;
}

/** A part of the program as the launcher takes it. */
async function asFunction(text: string, minify: boolean): Promise<string> {
  const { code } = await transform(text.replace(/^#!.*\n/, ''), {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minify,
    // Parts load parts through the launcher, never through Node.
    supported: { 'dynamic-import': false },
  });
  return `(function(exports,require,module,__moduleUrl){${code}\n})`;
}
