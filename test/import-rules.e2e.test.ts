/** Which folder may import which: the linter refuses each forbidden import, written into a copy, and layers import downwards. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { shared } from './support/ending.ts';
import { temporaryFolder } from './support/temporary.ts';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

type Import = readonly [folder: string, specifier: string, says?: string];

const FORBIDDEN: Import[] = [
  ['tools', '../src/toado-api/http/http.ts', 'nothing of the transport'],
  ['tools', '../src/toado-api/client/client.ts', 'nothing of the transport'],
  ['tools', '../src/mcp/server/server.ts', 'nothing of the transport'],
  ['tools', '../src/sandbox/index.ts', 'nothing of the transport'],
  ['tools', 'undici', 'nothing of the transport'],
  ['tools', 'node:fs', 'nothing of the transport'],
  ['src/sandbox', '../toado-api/schemas/index.ts', 'knows nothing of the server'],
  ['src/sandbox/api', '../../access/access.ts', 'knows nothing of the server'],
  ['src/sandbox', '../../tools/index.ts', 'knows nothing of the server'],
  ['src/mcp', '../sandbox/index.ts', 'Only src/cli/ and src/experiments/ start the sandbox'],
  ['src', './sandbox/index.ts', 'Only src/cli/ and src/experiments/ start the sandbox'],
  ['src/toado-api', '../respond/respond.ts', 'nothing of whoever calls it'],
  ['src/toado-api', '../mcp/server.ts', 'nothing of whoever calls it'],
  ['src/respond', '../toado-api/schemas/index.ts', 'nothing of where they come from'],
];
const ALLOWED: Import[] = [
  ['tools', '../src/toado-api/routes/calls.ts'],
  ['tools', '../src/toado-api/schemas/index.ts'],
  ['tools', '../src/tool-kit/definition/define-tool.ts'],
  ['src/sandbox/api', '../db/database.ts'],
  ['src/sandbox/api', '../auth/permissions.ts'],
  ['src/cli', '../sandbox/index.ts'],
];

const fileOf = ([folder]: Import, at: number) => `${folder}/x${at}.ts`;
const IMPORTS = [...FORBIDDEN, ...ALLOWED];

/** What the linter says of each, a file with that import: all of them in one run. */
const complaints = shared(async () => {
  const folder = temporaryFolder();
  cpSync(join(REPOSITORY, 'biome.json'), join(folder, 'biome.json'));
  for (const [at, one] of IMPORTS.entries()) {
    const file = join(folder, fileOf(one, at));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `import { x } from '${one[1]}';\nexport const y = x;\n`);
  }
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(REPOSITORY, 'node_modules/@biomejs/biome/bin/biome'),
      ...['lint', '--vcs-enabled=false', '--max-diagnostics=none'],
      ...['--only=style/noRestrictedImports', '.'],
    ],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  );
  expect(stdout + stderr).toMatch(/^Checked \d+ files/m);
  // A complaint begins with its place.
  const parts = (stdout + stderr).split(/^(?:\.\/)?(\S+\.ts):\d+:\d+ lint/m);
  return new Map(
    parts
      .slice(1)
      .flatMap((path, at) => (at % 2 ? [] : [[path.replaceAll('\\', '/'), parts[at + 2]!] as const])),
  );
});

test.each(
  FORBIDDEN.map((one, at) => [...one, fileOf(one, at)] as const),
)('%s may not import %s', (...given) => {
  const [, , says, file] = given;
  expect(complaints().get(file!)).toContain(says);
});

test.each(
  ALLOWED.map((one, at) => [one[0], one[1], fileOf(one, FORBIDDEN.length + at)] as const),
)('%s may import %s', (_, __, file) => {
  expect(complaints().get(file)).toBeUndefined();
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
    'dialects',
    'web',
    'api',
    'seed',
    'rules',
    'queries',
    'auth',
    'assets',
    'db',
    'model',
  ],
  'src/cli': ['program', 'tools', 'doctor', 'serve', 'target', 'config'],
  'src/experiments': [
    ...['.', 'commands', 'harbor', 'report', 'run', 'agent', 'grade', 'built-in-scenarios'],
    ...['sandbox', 'record', 'scenario', 'base'],
  ],
  'src/mcp': ['process', 'server', 'opening', 'lists', 'calls', 'transport', 'protocol'],
  'src/tool-kit': ['writes', 'unconfirmed-writes', 'lists', 'arguments', 'definition'],
  'src/toado-api': [
    'client',
    'answers',
    'routes',
    'paging',
    'schemas',
    'errors',
    'schema-kit',
    'vocabulary',
    'http',
    'json',
  ],
  'src/sandbox/seed': ['file', 'tickets', 'draw', 'captures', 'world'],
  'src/sandbox/web': ['routes', 'request', 'pages', 'parts', 'data', 'client'],
};

/** What a folder may import of what lies outside of it, where that is little. */
const OUTSIDE: Record<string, string[]> = {
  'src/sandbox': ['src/base'],
  'src/base': [],
};

test.each(Object.entries(LAYERS))('imports inside %s go down only', (folder, layers) => {
  const layerOf = (file: string) => {
    const [first, ...rest] = posix.relative(folder, file).split('/');
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
  const files = readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file) && !/client\/.*\.d\.ts$/.test(file));
  return files.flatMap((file) => {
    const from = posix.join(folder, file);
    const source = readFileSync(join(REPOSITORY, from), 'utf8');
    return [...source.matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*'(\.[^']+)'/g)].map(([, specifier]) => ({
      from,
      to: posix.join(posix.dirname(from), specifier!),
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
