/** How many bytes of program a plain start loads: what the parts that it needs ask for, one after another. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Asked for on every start without flags; everything else that is loaded later is loaded because somebody wants it. */
const ON_EVERY_START = /^(serve|serve-command)-/;

export function sizes(folder: string): { start: number; total: number; files: string[] } {
  const size = (name: string) => readFileSync(join(folder, name)).length;
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const [, program] = /"\.\/(program-\w+\.js)"/.exec(readFileSync(join(folder, 'main.js'), 'utf8')) ?? [];
  const files = new Set(['main.js', program!]);
  for (const name of files) {
    const text = readFileSync(join(folder, name), 'utf8');
    // What stands behind a promise is loaded later.
    for (const [, later, found] of text.matchAll(/(then\(\(\)=>[\w$]+\()?require\("\.\/([\w.-]+\.js)"\)/g)) {
      const apart = found === 'llhttp-wasm.js';
      if (!apart && (!later || ON_EVERY_START.test(found!))) files.add(found!);
    }
  }
  const sum = (list: Iterable<string>) => [...list].reduce((bytes, name) => bytes + size(name), 0);
  return { start: sum(files), total: sum(names), files: [...files].sort() };
}
