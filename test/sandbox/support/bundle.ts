import { mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll } from 'vitest';
import { removeFolder } from '../../support/temporary.ts';

/** A script of this folder as one file that plain Node starts (three times as fast as tsx), for this test file. */
export async function bundle(script: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'toado-mcp-bundle-'));
  afterAll(() => removeFolder(folder));
  const installed = fileURLToPath(new URL('../../../node_modules', import.meta.url));
  // On Windows a junction, for which nobody needs a right; elsewhere that is a link as any.
  symlinkSync(installed, join(folder, 'node_modules'), 'junction');
  const outfile = join(folder, 'script.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL(script, import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
}
