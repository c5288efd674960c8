/** What test files promise by the project that they belong to, and what says so when the build is old. */
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createVitest } from 'vitest/node';
import config from '../vitest.config.ts';
import { staleness, withoutStack } from './support/built.ts';
import { WAITING, WORKING } from './support/longest-first.ts';
import { temporaryFolder } from './support/temporary.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));

/** A file and whatever it imports below test/. */
function withImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, specifier] of readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']+\.ts)'/g)) {
    const imported = join(dirname(file), specifier!);
    if (imported.startsWith(here)) withImports(imported, seen);
  }
  return seen;
}

const CHILD = /from .(node:child_process|.*support\/(program|raw-client|command|packed)\.ts)./;

test('each test file belongs to one project, and those of `unit` and `sandbox` start no process', async () => {
  const vitest = await createVitest('test', { watch: false, root });
  const projects = new Map<string, string[]>();
  for (const { moduleId, project } of await vitest.globTestSpecifications())
    projects.set(moduleId, [...(projects.get(moduleId) ?? []), project.name]);
  await vitest.close();
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(here, name));
  const wrong = files.flatMap((file) => {
    // Vitest's names have no backslashes.
    const belongs = (projects.get(file.replaceAll('\\', '/')) ?? []).filter(
      (name) => !(name === 'full' && file.endsWith('.property.test.ts')),
    );
    if (belongs.length !== 1)
      return `${relative(root, file)} belongs to ${belongs.join(', ') || 'no project'}`;
    const starter =
      ['unit', 'sandbox'].includes(belongs[0]!) &&
      [...withImports(file)].find((one) => CHILD.test(readFileSync(one, 'utf8')));
    return starter
      ? `${relative(root, file)} starts processes (${relative(root, starter)}): call it *.e2e.test.ts`
      : [];
  });
  expect(wrong).toEqual([]);
});

test('`npm test` runs the files of every project but `full`, as one', async () => {
  const filesOf = async (options: { config?: string }) => {
    const vitest = await createVitest('test', { watch: false, root, ...options });
    const specifications = await vitest.globTestSpecifications();
    await vitest.close();
    return specifications
      .filter(({ project }) => project.name !== 'full')
      .map(({ moduleId }) => moduleId)
      .sort();
  };
  const together = await filesOf({ config: join(root, 'test/all.config.ts') });
  expect(together).toEqual(await filesOf({}));
  expect(together.length).toBeGreaterThan(200);
});

test('the files that begin first are there', () => {
  expect([...WAITING, ...WORKING].filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

describe('tests of the built program say', () => {
  function checkout() {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'dist'));
    mkdirSync(join(folder, 'src/deep'), { recursive: true });
    const write = (name: string, seconds: number) => {
      writeFileSync(join(folder, name), '');
      utimesSync(join(folder, name), seconds, seconds);
    };
    const said = () => staleness(join(folder, 'dist/main.js'), [join(folder, 'src')]);
    return { write, said };
  }

  test('that it is not there', () => {
    expect(checkout().said()).toMatch(/^dist.main\.js is not there/);
  });

  test('that it is older than a source', () => {
    const { write, said } = checkout();
    write('dist/main.js', 1000);
    write('src/deep/one.ts', 999);
    expect(said()).toBeUndefined();
    write('src/deep/two.ts', 1001);
    expect(said()).toMatch(/^dist.main\.js is older than src.deep.two\.ts\.$/);
  });
});

test('all projects of a group have as many workers: Vitest runs none of them otherwise', () => {
  const projects = config.test!.projects as unknown as {
    test: { maxWorkers?: number; sequence?: { groupOrder?: number } };
  }[];
  const workers = new Map<number | undefined, Set<number | undefined>>();
  for (const { test } of projects) {
    const group = test.sequence?.groupOrder;
    workers.set(group, (workers.get(group) ?? new Set()).add(test.maxWorkers));
  }
  for (const [group, found] of workers) expect([group, [...found]]).toEqual([group, [expect.any(Number)]]);
});

test('what is wrong with the built program is said in a sentence, which Vitest can show', () => {
  // Of a stack with places in it, Vitest looks for the sources, and fails at that.
  expect(withoutStack('dist/ is old.').stack).toBe('Error: dist/ is old.');
});
