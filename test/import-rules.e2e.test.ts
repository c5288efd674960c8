/** Which folder may import which: the linter refuses each forbidden import, written into a copy, and layers import downwards. */

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from './support/temporary.ts';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

function lint(path: string, source: string): string {
  const folder = temporaryFolder();
  cpSync(join(REPOSITORY, 'biome.json'), join(folder, 'biome.json'));
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), source);
  try {
    execFileSync(
      join(REPOSITORY, 'node_modules/.bin/biome'),
      ['lint', '--vcs-enabled=false', '--only=style/noRestrictedImports', path],
      { cwd: folder, stdio: 'pipe', env: { ...process.env, NO_COLOR: '1' } },
    );
    return '';
  } catch (error) {
    return String((error as { stderr: Buffer }).stderr) + String((error as { stdout: Buffer }).stdout);
  }
}

test.each([
  ['tools/x.ts', '../src/toado-api/http.ts', 'nothing of the transport'],
  ['tools/x.ts', '../src/toado-api/client.ts', 'nothing of the transport'],
  ['tools/x.ts', '../src/mcp/server.ts', 'nothing of the transport'],
  ['tools/x.ts', '../src/sandbox/index.ts', 'nothing of the transport'],
  ['tools/x.ts', 'undici', 'nothing of the transport'],
  ['tools/x.ts', 'node:fs', 'nothing of the transport'],
  ['src/sandbox/x.ts', '../toado-api/schemas/index.ts', 'knows nothing of the server'],
  ['src/sandbox/api/x.ts', '../../access/access.ts', 'knows nothing of the server'],
  ['src/sandbox/x.ts', '../../tools/index.ts', 'knows nothing of the server'],
  ['src/mcp/x.ts', '../sandbox/index.ts', 'Only src/cli/ and src/experiments/ start the sandbox'],
  ['src/x.ts', './sandbox/index.ts', 'Only src/cli/ and src/experiments/ start the sandbox'],
  ['src/toado-api/x.ts', '../respond/respond.ts', 'nothing of whoever calls it'],
  ['src/toado-api/x.ts', '../mcp/server.ts', 'nothing of whoever calls it'],
  ['src/respond/x.ts', '../toado-api/schemas/index.ts', 'nothing of where they come from'],
])('%s may not import %s', (path, specifier, says) => {
  expect(lint(path, `import { x } from '${specifier}';\nexport const y = x;\n`)).toContain(says);
});

test.each([
  ['tools/x.ts', '../src/toado-api/schemas/index.ts'],
  ['tools/x.ts', '../src/tool-kit/define-tool.ts'],
  ['src/sandbox/api/x.ts', '../db/database.ts'],
  ['src/sandbox/api/x.ts', '../auth/access.ts'],
  ['src/cli/x.ts', '../sandbox/index.ts'],
])('%s may import %s', (path, specifier) => {
  expect(lint(path, `import { x } from '${specifier}';\nexport const y = x;\n`)).toBe('');
});

/**
 * The folders of a part of the sources as layers, from the top down: an import goes to the same folder or to one further
 * down, types included. `.` stands for the files that lie in the folder itself.
 */
const LAYERS: Record<string, string[]> = {
  src: [
    '.',
    'cli',
    'experiments',
    'mcp',
    'session',
    'prompts',
    'resources',
    'tool-kit',
    'pictures',
    'settings',
    'files',
    'catalogue',
    'access',
    'views',
    'respond',
    'toado-api',
    'sandbox',
    'base',
  ],
  'src/sandbox': [
    'command',
    '.',
    'web',
    'api',
    'seed',
    'rules',
    'queries',
    'auth',
    'pictures',
    'db',
    'model',
  ],
  'src/sandbox/web': ['.', 'routes', 'request', 'pages', 'parts', 'data', 'client'],
};

/** What a folder may import of what lies outside of it, where that is little. */
const OUTSIDE: Record<string, string[]> = {
  'src/sandbox': ['src/base'],
  'src/base': [],
};

test.each(Object.entries(LAYERS))('imports inside %s go down only', (folder, layers) => {
  const layerOf = (file: string) => {
    const [first, ...rest] = relative(folder, file).split('/');
    return rest.length === 0 ? '.' : first!;
  };
  const upwards = importsOf(folder)
    .filter(({ to }) => to.startsWith(`${folder}/`))
    .map(({ from, to }) => ({ from, to, step: layers.indexOf(layerOf(to)) - layers.indexOf(layerOf(from)) }))
    .filter(
      ({ from, to, step }) => step < 0 || !layers.includes(layerOf(from)) || !layers.includes(layerOf(to)),
    );
  expect(upwards).toEqual([]);
});

test.each(Object.entries(OUTSIDE))('%s imports nothing of the other sources but %j', (folder, allowed) => {
  const strangers = importsOf(folder).filter(
    ({ to }) => to.includes('/') && ![folder, ...allowed].some((place) => to.startsWith(`${place}/`)),
  );
  expect(strangers).toEqual([]);
});

/** Every import of a file of ours in a folder, types and `import()` included. */
function importsOf(folder: string): { from: string; to: string }[] {
  const files = readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !file.startsWith('web/client/'),
  );
  return files.flatMap((file) => {
    const from = join(folder, file);
    const source = readFileSync(join(REPOSITORY, from), 'utf8');
    return [...source.matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*'(\.[^']+)'/g)].map(([, specifier]) => ({
      from,
      to: join(dirname(from), specifier!),
    }));
  });
}

/** tools/ lies between the sessions that call tools and what tools are made of. */
test('tools/ imports the layers below it, and only those above it import tools/', () => {
  const below = ['tool-kit', 'pictures', 'views', 'respond', 'toado-api', 'base'];
  const known = importsOf('tools').filter(
    ({ to }) => !to.startsWith('tools/') && !below.some((layer) => to.startsWith(`src/${layer}/`)),
  );
  expect(known).toEqual([]);
  const users = importsOf('src').filter(
    ({ from, to }) => to.startsWith('tools/') && !/^src\/(mcp|cli|experiments)\//.test(from),
  );
  expect(users).toEqual([]);
});
