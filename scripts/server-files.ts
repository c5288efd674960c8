/** The built server without what belongs to the sandbox alone, for places that hold no native parts. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');

/** What is bundled of src/sandbox/ and src/experiments/ (build/bundle.ts names it so): both need the native database. */
const LEFT_OUT = /^(sandbox|experiments)\./;
const IMPORTED = /(?:\bfrom\s*|\bimport\s*\(?\s*)["'`](\.{1,2}\/[^"'`]+)["'`]/g;

/** What the program loads or may load, the sandbox left out; named as it lies in dist/. */
export function serverFiles(): string[] {
  const found = new Set<string>();
  const follow = (name: string) => {
    if (found.has(name) || LEFT_OUT.test(posix.basename(name)) || !existsSync(join(dist, name))) return;
    found.add(name);
    for (const [, specifier] of readFileSync(join(dist, name), 'utf8').matchAll(IMPORTED))
      follow(posix.join(posix.dirname(name), specifier!));
  };
  follow('main.js');
  return [...found];
}

/** @param to a folder, which is emptied before. */
export function copyServer(to: string): void {
  rmSync(to, { recursive: true, force: true });
  const beside = ['package.json', 'THIRD-PARTY-NOTICES'].filter((name) => existsSync(join(dist, name)));
  for (const name of [...serverFiles(), ...beside]) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    cpSync(join(dist, name), join(to, name));
  }
}

/** `plugin/` of a clone is a whole plugin after a build, without anything published. */
export function fillPlugin(): void {
  if (existsSync(join(root, 'plugin'))) copyServer(join(root, 'plugin', 'server'));
}
