/** What documents name is there: files, folders, commands of package.json, other documents. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: fileURLToPath(root),
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(new URL(path, root)));
const documents = files.filter((path) => path.endsWith('.md') && !path.startsWith('.github/'));
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** Files of a person's own, in examples. */
const EXAMPLES = /^(my-)?agent\.(mjs|ts)$|^toado(-sandbox)?\.(yaml|md)$/;

test.each(documents)('%s', (document) => {
  const text = read(document);
  for (const [, path] of text.matchAll(/`((?:[\w.@*-]+\/)*[\w.*-]+\.(?:tsx?|mjs|css|ya?ml|md))`/g)) {
    if (EXAMPLES.test(path!.split('/').at(-1)!)) continue;
    // `*.posix.test.ts`, `test/faults/every-tool-*.test.ts`
    const pattern = new RegExp(`(^|/)${path!.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`);
    expect(
      files.some((file) => pattern.test(file)),
      path,
    ).toBe(true);
  }
  for (const [, folder] of text.matchAll(/`((?:src|test|tools|scripts|bench|build|docs)\/[\w/.-]*)`/g))
    expect(existsSync(new URL(folder!, root)), folder).toBe(true);
  for (const [, link] of text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g))
    expect(existsSync(new URL(link!, new URL(document, root))), link).toBe(true);
  for (const [, script] of text.matchAll(/npm run (?:--silent )?([\w:-]+)/g))
    expect(scripts).toHaveProperty([script!]);
});

test('the way of a call, as docs/architecture.md draws it', () => {
  const drawing = /```\n(stdin[\s\S]*?)```/.exec(read('docs/architecture.md'))![1]!;
  const names = [...drawing.matchAll(/(?<![\w<])((?:[\w-]+\/)*[\w-]+\.ts)/g)].map(([, name]) => name!);
  expect(names.length).toBeGreaterThan(20);
  for (const name of names)
    expect(
      files.some((file) => file.startsWith('src/') && file.endsWith(`/${name}`)),
      name,
    ).toBe(true);
});
