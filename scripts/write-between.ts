import { type PathLike, readFileSync, writeFileSync } from 'node:fs';

/** Puts what a command printed into a page of the documents, between two marks that stay. */
export function writeBetween(file: PathLike, begin: string, end: string, text: string): void {
  const page = readFileSync(file, 'utf8');
  const from = page.indexOf(begin) + begin.length;
  writeFileSync(file, `${page.slice(0, from)}\n\n${text}\n\n${page.slice(page.indexOf(end))}`);
}
