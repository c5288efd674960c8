/** The package as npm would publish it, installed into an empty folder as a stranger would. */

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Packed {
  /** Paths in the tarball. */
  files: string[];
  /** Bytes, unpacked. */
  size: number;
  /** Runs its bin, as the shell finds it, on this Node. */
  run(args: string[], node?: string): Promise<{ stdout: string; stderr: string }>;
  /** The text of one of them. */
  read(path: string): string;
  /** What npm said while it installed it. */
  said: string;
  remove(): void;
}

/** dist/ has to be built already: nothing is rebuilt under the feet of other tests. */
export async function installPacked(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), 'toado-mcp-packed-'));
  const npm = (args: string[], cwd: string) => execute('npm', [...args, '--loglevel=error'], { cwd });
  const { stdout } = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root);
  const [{ filename, files, unpackedSize }] = tarballs(JSON.parse(stdout));
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const installed = await execute(
    'npm',
    ['install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, filename)],
    { cwd: folder },
  );
  return {
    files: files.map(({ path }) => path),
    size: unpackedSize,
    read: (path) => readFileSync(join(folder, 'node_modules', 'toado-mcp', path), 'utf8'),
    said: installed.stdout + installed.stderr,
    run: (args, node = process.execPath) =>
      execute(join(folder, 'node_modules', '.bin', 'toado-mcp'), args, {
        cwd: folder,
        env: {
          PATH: [dirname(node), process.env.PATH].join(delimiter),
          HOME: folder,
          XDG_DATA_HOME: join(folder, 'data'),
        },
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

interface Tarball {
  filename: string;
  files: { path: string }[];
  unpackedSize: number;
}

/** A list up to npm 11, an object by package name after it. */
function tarballs(answer: Tarball[] | Record<string, Tarball>): [Tarball] {
  return [Object.values(answer)[0]!];
}
