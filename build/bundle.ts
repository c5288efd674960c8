/** Bundles what ships: the sources as they are written, and what they import but for the native packages. */
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OutputChunk, rolldown } from 'rolldown';

/** Native, so npm installs them beside the bundle. */
export const NATIVE = ['libsql', 'sharp'];

const root = fileURLToPath(new URL('..', import.meta.url));
const START = join(root, 'src/cli/serve-command.ts');

/** The program, what a person's own test imports, and the process that runs an agent of their own. */
const ENTRIES = {
  main: join(root, 'src/main.ts'),
  experiments: join(root, 'src/experiments/index.ts'),
  agent: join(root, 'src/experiments/agent/main.ts'),
};

export interface BundleOptions {
  /** Names stay readable, and source maps lie beside the files. */
  debug?: boolean;
}

/** Writes the program into a folder, which is emptied before (but for its pictures). @returns the files of the program. */
export async function bundle(folder: string, { debug = false }: BundleOptions = {}): Promise<OutputChunk[]> {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    // Pictures take seconds to draw: they stay while what they are drawn from stays.
    if (name !== 'pictures') rmSync(join(folder, name), { recursive: true });
  }
  const build = await rolldown({
    cwd: root,
    input: ENTRIES,
    platform: 'node',
    external: NATIVE,
    // Packages in both forms are taken as modules: jsonc-parser's other one can't be bundled.
    resolve: { mainFields: ['module', 'main'] },
    transform: { target: 'node20.18' },
  });
  const { output } = await build.write({
    dir: folder,
    format: 'esm',
    // What is imported by `import(…)` is a file of its own, loaded when it is asked for.
    chunkFileNames: '[name]-[hash].js',
    codeSplitting: { groups: [{ name: startModules(), debugName: 'start' }] },
    minify: !debug,
    sourcemap: debug,
  });
  await build.close();
  chmodSync(join(folder, 'main.js'), 0o755);
  return output.filter((file) => file.type === 'chunk');
}

/** What every start without flags loads is one file, which is read and compiled sooner than thirty. */
function startModules() {
  let start: Set<string> | undefined;
  return (id: string, modules: Modules): string | undefined => {
    start ??= reach(START, modules);
    return start.has(id) ? 'start' : undefined;
  };
}

interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

/** A module and all that it imports. */
function reach(from: string, modules: Modules): Set<string> {
  const reached = new Set([from]);
  for (const id of reached) {
    for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) reached.add(imported);
  }
  return reached;
}
