/** `npm run build`: writes dist/, and says how large it is. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../build/bundle.ts';
import { clientFiles } from '../src/sandbox/web/parts/static-files.ts';
import { drawPictures } from './draw-pictures.ts';
import { fillPlugin } from './server-files.ts';

const { files } = await bundle('dist');
const pictures = await drawPictures('dist/pictures');
// What the sandbox's pages are made of in the browser.
mkdirSync('dist/client');
for (const [name, file] of clientFiles()) copyFileSync(file, join('dist/client', name));
// The font's licence asks to travel with it.
copyFileSync('node_modules/@fontsource-variable/inter/LICENSE', 'dist/client/inter-LICENSE.txt');
fillPlugin();
const total = [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
console.error(
  `dist/: ${files.size} files, ${Math.round(total / 1024)} kB; ${pictures.files} pictures, ${Math.round(pictures.bytes / 1024)} kB`,
);
