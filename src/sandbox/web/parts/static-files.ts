import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';

const styles = [
  'colours',
  'ground',
  'frame',
  'controls',
  'people',
  'board',
  'ticket',
  'devtools',
  'tokens',
  'above',
  'narrow',
];
const scripts = [
  'app',
  'live',
  'page',
  'morph',
  'kept-text',
  'forms',
  'board',
  'pieces',
  'token-form',
  'shortcuts',
  'relative',
];

const types = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
} as const;

/** Served as `idiomorph.js`; pages have no import map, whose inline script their policy would refuse. */
const morphing = 'idiomorph.esm.js';
const font = 'inter-latin-wght-normal.woff2';

/** Beside the running bundle (dist/main.js → dist/client), or, when run from sources, where they are written. */
const places = [
  './client/',
  '../client/',
  '../../../../node_modules/@fontsource-variable/inter/files/',
  '../../../../node_modules/idiomorph/dist/',
];

interface Assets {
  /** Changes with any of them. */
  version: string;
  files: Map<string, Buffer>;
}

let loaded: Assets | undefined;

function assets(): Assets {
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

/** Styles, scripts, font and icon of the pages. */
export function mountStatic(app: Hono): void {
  app.get('/static/:version/:name', (c) => {
    const name = c.req.param('name');
    const bytes = assets().files.get(name);
    if (!bytes) return c.notFound();
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': types[name.slice(name.lastIndexOf('.') + 1) as keyof typeof types],
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control':
        c.req.param('version') === assets().version ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
  });
}
