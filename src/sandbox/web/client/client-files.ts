/** What the pages load in a browser: styles, scripts, font and icon. A new one goes into this folder and into these lists. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const styles = [
  'colours',
  'base',
  'layout',
  'controls',
  'people',
  'board',
  'ticket',
  'devtools',
  'api-tokens',
  'overlays',
  'small-screens',
];
const scripts = [
  'app',
  'live',
  'page',
  'morph',
  'unsaved-text',
  'forms',
  'board',
  'widgets',
  'token-form',
  'shortcuts',
  'relative',
];

/** Served as `idiomorph.js`; pages have no import map, whose inline script their policy would refuse. */
const morphing = 'idiomorph.esm.js';
const font = 'inter-latin-wght-normal.woff2';

/** Beside the running bundle (dist/main.js → dist/client), or, when run from sources, where they are written. */
const places = [
  './client/',
  './',
  '../../../../node_modules/@fontsource-variable/inter/files/',
  '../../../../node_modules/idiomorph/dist/',
];

interface Assets {
  /** Changes with any of them. */
  version: string;
  files: Map<string, Buffer>;
}

let loaded: Assets | undefined;

export function assets(): Assets {
  if (loaded) return loaded;
  const read = (name: string) => readFileSync(find(name));
  const files = new Map([
    ['style.css', Buffer.concat(styles.map((name) => read(`${name}.css`)))],
    ['icon.svg', read('icon.svg')],
    ['inter.woff2', read(font)],
    ...scripts.map((name) => [`${name}.js`, read(`${name}.js`)] as const),
    ['idiomorph.js', read(morphing)],
  ]);
  const hash = createHash('sha256');
  for (const bytes of files.values()) hash.update(bytes);
  loaded = { version: hash.digest('hex').slice(0, 12), files };
  return loaded;
}

function find(name: string): string {
  const file = places.map((place) => fileURLToPath(new URL(place + name, import.meta.url))).find(existsSync);
  if (!file) throw new Error(`${name} is missing from this installation of toado-mcp.`);
  return file;
}

/** Everything that a browser gets, by name, for the build to put beside the bundle. */
export function clientFiles(): [name: string, file: string][] {
  const css = styles.map((name) => `${name}.css`);
  const js = scripts.map((name) => `${name}.js`);
  return [...css, ...js, 'icon.svg', font, morphing].map((name) => [name, find(name)]);
}

/** The address of an asset; another one when any of them changes, so that a browser may keep it for ever. */
export function assetUrl(name: string): string {
  return `/static/${assets().version}/${name}`;
}
