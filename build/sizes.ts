/** How many bytes of program a plain start loads, and how many there are in all. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Behind `import()`, but asked for at every start without flags. */
const ON_EVERY_START = /^(serve-command|serve)-/;

export function sizes(folder: string): { start: number; total: number; files: string[] } {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const files = new Set(['main.js']);
  for (const name of files) {
    const text = read(name);
    for (const [, statically, later] of text.matchAll(
      /(?:from|import)\s*"\.\/([\w.-]+\.js)"|import\(\s*"\.\/([\w.-]+\.js)"\s*\)/g,
    )) {
      if (statically) files.add(statically);
      else if (ON_EVERY_START.test(later!)) files.add(later!);
    }
  }
  const bytes = (names: Iterable<string>) =>
    [...names].reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0);
  return {
    start: bytes(files),
    total: bytes(readdirSync(folder).filter((name) => name.endsWith('.js'))),
    files: [...files],
  };
}
