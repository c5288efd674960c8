/** Bundles what ships into dist/: everything but what can't be bundled (native parts). */
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('dist', { recursive: true, force: true });
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
console.error(`dist/: ${Object.keys(metafile.outputs).length} files, ${Math.round(total / 1024)} kB`);
