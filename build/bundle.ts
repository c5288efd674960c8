/** Bundles what ships: the sources as they are written, and what they import but for the native packages. */
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OutputChunk, rolldown } from 'rolldown';
import license, { type Dependency } from 'rollup-plugin-license';

/** The licences of what is bundled, beside the program. */
const NOTICES = 'THIRD-PARTY-NOTICES';

/** Native, so npm installs them beside the bundle. */
const NATIVE = ['libsql', 'sharp'];

/** What every start without flags runs. */
const START = 'src/cli/serve/serve-command.ts';

/** The program, what a person's own test imports, and the process that runs an agent of their own. */
const ENTRIES = {
  main: 'src/main.ts',
  experiments: 'src/experiments/index.ts',
  agent: 'src/experiments/agent/main.ts',
};

export interface BundleOptions {
  /** Names stay readable, and source maps lie beside the files. */
  debug?: boolean;
  /** The checkout; this one by default. */
  root?: string;
}

const HERE = fileURLToPath(new URL('..', import.meta.url));

/** Writes the program into a folder, which is emptied before (but for its pictures). @returns the files of the program. */
export async function bundle(
  folder: string,
  { debug = false, root = HERE }: BundleOptions = {},
): Promise<OutputChunk[]> {
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
    resolve: {
      // Packages in both forms are taken as modules: jsonc-parser's other one can't be bundled.
      mainFields: ['module', 'main'],
      // They are where they are imported from, in whatever folder they really lie.
      symlinks: false,
    },
    transform: { target: 'node20.18' },
    // A warning by default, and a program that ends at its first line.
    onLog(level, log, tell) {
      if (log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
      tell(level, log);
    },
    plugins: [
      license({
        cwd: root,
        thirdParty: {
          multipleVersions: true,
          output: { file: join(folder, NOTICES), template: notices },
        },
      }),
    ],
  });
  const { output } = await build.write({
    dir: folder,
    format: 'esm',
    // What is imported by `import(…)` is a file of its own, loaded when it is asked for.
    chunkFileNames: ({ moduleIds }) => `${partOf(root, moduleIds)}[name]-[hash].js`,
    codeSplitting: { groups: [{ name: startModules(join(root, START)), debugName: 'start' }] },
    minify: !debug,
    sourcemap: debug,
  });
  await build.close();
  chmodSync(join(folder, 'main.js'), 0o755);
  return output.filter((file) => file.type === 'chunk');
}

/** `sandbox.tickets-….js`: what installations without the sandbox leave out (scripts/server-files.ts) is known by its name. */
function partOf(root: string, moduleIds: readonly string[]): string {
  const inSlashes = (path: string) => path.replaceAll('\\', '/');
  const ids = moduleIds.map(inSlashes);
  const isOf = (part: string) => ids.some((id) => id.startsWith(inSlashes(join(root, 'src', part, '/'))));
  return ['sandbox', 'experiments'].map((part) => (isOf(part) ? `${part}.` : '')).find(Boolean) ?? '';
}

function notices(packages: Dependency[]): string {
  const others = packages.filter(({ name }) => name !== 'toado-mcp');
  const texts = others.map(({ name, version, license, licenseText, noticeText, author }) => {
    const by = author ? ` by ${author.text()}` : '';
    const text =
      licenseText?.trim() ?? `The package names its licence (${license})${by}, and brings no text of it.`;
    return [`${name} ${version} (${license})`, text, noticeText?.trim()].filter(Boolean).join('\n\n');
  });
  const line = `\n\n${'-'.repeat(80)}\n\n`;
  return `toado-mcp contains these packages, in whole or in part.${line}${texts.sort().join(line)}\n`;
}

/** What every start without flags loads is one file, which is read and compiled sooner than thirty. */
function startModules(from: string) {
  let start: Set<string> | undefined;
  return (id: string, modules: Modules): string | undefined => {
    start ??= reach(from, modules);
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
