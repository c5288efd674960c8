/** `npm run build`: writes the list of tools and dist/, and says how large it is. `--debug`: readable, with source maps. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../build/bundle.ts';
import { writeCatalogue } from '../build/catalogue.ts';
import { sizes } from '../build/sizes.ts';
import { clientFiles } from '../src/sandbox/web/client/client-files.ts';
import { apiMapSchema } from '../src/toado-api/routes/api-map-schema.ts';
import { drawPictures } from './draw-pictures.ts';
import { fillPlugin } from './server-files.ts';

writeCatalogue();
const isDebug = process.argv.includes('--debug');
await bundle('dist', { debug: isDebug });
const pictures = await drawPictures('dist/pictures');
// What the sandbox's pages are made of in the browser.
mkdirSync('dist/client');
for (const [name, file] of clientFiles()) copyFileSync(file, join('dist/client', name));
// The font's licence asks to travel with it.
copyFileSync('node_modules/@fontsource-variable/inter/LICENSE', 'dist/client/inter-LICENSE.txt');
copyFileSync('node_modules/idiomorph/LICENSE', 'dist/client/idiomorph-LICENSE.txt');
mkdirSync('dist/report');
for (const name of ['report.css', 'report.js'])
  copyFileSync(join('src/experiments/report/client', name), join('dist/report', name));
copyFileSync('src/experiments/experiments.d.ts', 'dist/experiments.d.ts');
// Editors complete a map (--api-map) by it.
writeFileSync('dist/api-map.schema.json', `${JSON.stringify(apiMapSchema(), undefined, 2)}\n`);
// The plugin carries what ships.
if (!isDebug) fillPlugin();
const { start, total } = sizes('dist');
const kB = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
console.error(
  `dist/: ${kB(total)}, of which a start loads ${kB(start)}; ${pictures.files} pictures, ${kB(pictures.bytes)}`,
);
