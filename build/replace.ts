/**
 * What the bundle takes in place of what the sources import, so that the sources stay as they would be written
 * anyway (`import { Pool } from 'undici'`, `import * as z from 'zod'`). test/build compares both programs' answers.
 */
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { type Wired, wiredSchemas } from '../src/tool-kit/wired.ts';
import { catalogue } from '../tools/index.ts';

const here = (file: string) => fileURLToPath(new URL(`replacements/${file}`, import.meta.url));

/** By the name under which it is imported. */
const MODULES: { name: RegExp; by: string }[] = [
  { name: /^undici$/, by: here('undici.cjs') },
  { name: /^zod(\/v4)?$/, by: here('zod.ts') },
  { name: /^@modelcontextprotocol\/server$/, by: here('mcp/server.ts') },
  { name: /^@modelcontextprotocol\/server\/stdio$/, by: here('mcp/stdio.ts') },
  { name: /^@modelcontextprotocol\/server\/_shims$/, by: here('mcp-shims.ts') },
  { name: /^(\.\.?\/)+web\/fetch\/body\.js$/, by: here('absent.cjs') },
];

/** Functions of modules that a plain start doesn't call: the module is loaded with the first call. */
const LATER: Record<string, readonly string[]> = {
  dotenv: ['parse'],
  'node:dns/promises': ['lookup'],
  'node:crypto': ['createHash', 'createHmac', 'randomBytes', 'randomInt', 'randomUUID', 'timingSafeEqual'],
};

/** Node's modules that undici loads for little. */
const IN_UNDICI: Record<string, string> = {
  'node:assert': here('assert.cjs'),
  'node:http': here('http.cjs'),
};

/** undici's own modules of which a plain start calls nothing; each exports one function. */
const LATER_IN_UNDICI = /^\.\/client-h2\.js$/;

/**
 * What is left beside the bundle, in a part of its own, and loaded where it is needed: undici's parser for processors
 * without SIMD, and zod.
 */
export const APART: { asked: RegExp; file: string; source: string }[] = [
  {
    asked: /^(\.\.?\/)+llhttp\/llhttp-wasm\.js$/,
    file: './llhttp-wasm.js',
    source: 'undici/lib/llhttp/llhttp-wasm.js',
  },
  { asked: /^\.\/zod-itself\.js$/, file: './zod-itself.js', source: here('zod-itself.ts') },
];

/** The schemas of tools/list, as they leave: worked out here, once, instead of at every start. */
export function wiredCatalogue(): Record<string, Wired> {
  return Object.fromEntries(catalogue.map((tool) => [tool.name, wiredSchemas(tool)]));
}

export const replace: Plugin = {
  name: 'replace',
  setup(build) {
    for (const { name, by } of MODULES) {
      build.onResolve({ filter: name }, ({ importer }) =>
        importer.startsWith(here('')) ? undefined : { path: by },
      );
    }
    for (const [name, by] of Object.entries(IN_UNDICI)) {
      build.onResolve({ filter: new RegExp(`^${name}$`) }, ({ importer }) =>
        importer.includes('/undici/') ? { path: by } : undefined,
      );
    }
    for (const { asked, file } of APART)
      build.onResolve({ filter: asked }, () => ({ path: file, external: true }));
    for (const name of Object.keys(LATER)) {
      build.onResolve({ filter: new RegExp(`^${name}$`) }, ({ kind, namespace }) =>
        namespace === 'later' || kind !== 'import-statement' ? undefined : { path: name, namespace: 'later' },
      );
    }
    build.onLoad({ filter: /.*/, namespace: 'later' }, ({ path }) => ({
      contents: [
        'let loaded;',
        `const its = () => (loaded ??= require(${JSON.stringify(path)}));`,
        ...(LATER[path] ?? []).map((name) => `export const ${name} = (...args) => its().${name}(...args);`),
      ].join('\n'),
      resolveDir: here('..'),
    }));
    build.onResolve({ filter: LATER_IN_UNDICI }, ({ namespace, importer, path, resolveDir }) =>
      namespace === 'later-function' || !importer.includes('undici')
        ? undefined
        : { path: `${resolveDir}/${path}`, namespace: 'later-function' },
    );
    build.onLoad({ filter: /.*/, namespace: 'later-function' }, ({ path }) => ({
      contents: `module.exports = (...args) => require(${JSON.stringify(path)})(...args);`,
      resolveDir: here('..'),
    }));
    build.onLoad({ filter: /src\/tool-kit\/wired\.ts$/ }, () => ({
      contents: `const wired = ${JSON.stringify(wiredCatalogue())};\nexport const wiredSchemas = (tool) => wired[tool.name];`,
      loader: 'js',
    }));
  },
};
