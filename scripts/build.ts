/** Bundles what ships into dist/: everything but what can't be bundled (native parts). */
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { clientFiles } from '../src/sandbox/web/assets.ts';
import { drawPictures } from './draw-pictures.ts';

mkdirSync('dist', { recursive: true });
for (const name of readdirSync('dist')) {
  // Pictures take seconds to draw: they stay while what they are drawn from stays.
  if (name !== 'pictures') rmSync(join('dist', name), { recursive: true });
}
const pictures = await drawPictures('dist/pictures');
// What the sandbox's pages are made of in the browser.
mkdirSync('dist/client');
for (const [name, file] of clientFiles()) copyFileSync(file, join('dist/client', name));
const { metafile } = await build({
  entryPoints: { main: 'src/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  metafile: true,
  external: ['libsql', 'sharp'],
  // CommonJS parts of the bundle ask for Node's own modules with require.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
});
chmodSync('dist/main.js', 0o755);
const total = Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
console.error(
  `dist/: ${Object.keys(metafile.outputs).length} files, ${Math.round(total / 1024)} kB; ${pictures.files} pictures, ${Math.round(pictures.bytes / 1024)} kB`,
);
