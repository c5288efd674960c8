/** Bundles what ships: the sources as they are written, and what they import but for the native packages. */
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';

/** Native, so npm installs them beside the bundle. */
export const NATIVE = ['libsql', 'sharp'];

/** The program, what a person's own test imports, and the process that runs an agent of their own. */
const ENTRIES = {
  main: 'src/main.ts',
  experiments: 'src/experiments/index.ts',
  agent: 'src/experiments/agent/main.ts',
};

export interface BundleOptions {
  /** Names stay readable, and source maps lie beside the files. */
  debug?: boolean;
}

/** Writes the program into a folder, which is emptied before (but for its pictures). */
export async function bundle(folder: string, { debug = false }: BundleOptions = {}): Promise<Metafile> {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    // Pictures take seconds to draw: they stay while what they are drawn from stays.
    if (name !== 'pictures') rmSync(join(folder, name), { recursive: true });
  }
  const { metafile } = await build({
    // Paths inside the files are the same wherever the checkout lies.
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
    entryPoints: ENTRIES,
    outdir: folder,
    bundle: true,
    // What is imported by `import(…)` is a file of its own, loaded when it is asked for.
    splitting: true,
    chunkNames: '[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Packages in both forms are taken as modules: jsonc-parser's other one can't be bundled.
    mainFields: ['module', 'main'],
    external: NATIVE,
    minify: !debug,
    sourcemap: debug,
    metafile: true,
    // Packages that are CommonJS ask for Node's modules with `require`, which an ES module doesn't have.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
    logOverride: { 'import-is-undefined': 'error' },
  });
  chmodSync(join(folder, 'main.js'), 0o755);
  return metafile;
}
