/** The built server without what belongs to the sandbox alone, for places that hold no native parts. */
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../', import.meta.url).pathname;
const OF_SANDBOX = ['pictures', 'client'];

/** @param to a folder, which is emptied before. */
export function copyServer(to: string): void {
  rmSync(to, { recursive: true, force: true });
  const left = OF_SANDBOX.map((name) => join(root, 'dist', name));
  cpSync(join(root, 'dist'), to, { recursive: true, filter: (path) => !left.includes(path) });
}

/** `plugin/` of a clone is a whole plugin after a build, without anything published. */
export function fillPlugin(): void {
  if (existsSync(join(root, 'plugin'))) copyServer(join(root, 'plugin', 'server'));
}
