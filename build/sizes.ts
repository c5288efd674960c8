/** How many bytes of program a plain start loads, and how many there are in all. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Behind `import()`, but asked for at every start without flags. */
const START = 'start-';

export function sizes(folder: string): { start: number; total: number; files: string[] } {
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const files = new Set(['main.js', ...names.filter((name) => name.startsWith(START))]);
  for (const name of files) {
    const text = readFileSync(join(folder, name), 'utf8');
    for (const [, imported] of text.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)) files.add(imported!);
  }
  const bytes = (names: Iterable<string>) =>
    [...names].reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0);
  return {
    start: bytes(files),
    total: bytes(names),
    files: [...files],
  };
}
