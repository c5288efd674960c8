/** How many bytes of program a plain start loads, and how many there are in all. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export function sizes(folder: string): { start: number; total: number; files: string[] } {
  const size = (name: string) => readFileSync(join(folder, name)).length;
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const files = ['main.js', 'start.js'];
  const sum = (list: Iterable<string>) => [...list].reduce((bytes, name) => bytes + size(name), 0);
  return { start: sum(files), total: sum(names), files };
}
