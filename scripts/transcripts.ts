/** `npm run transcripts`: prints what Toado's documented workflows cost to read; `--write` puts it into the docs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { play } from './transcripts/play.ts';
import { BEGIN, END, tables } from './transcripts/table.ts';

const FILE = new URL('../docs/transcripts.md', import.meta.url);

const text = tables(await play());
console.log(text);
if (process.argv.includes('--write')) {
  const page = readFileSync(FILE, 'utf8');
  const from = page.indexOf(BEGIN) + BEGIN.length;
  writeFileSync(FILE, `${page.slice(0, from)}\n\n${text}\n\n${page.slice(page.indexOf(END))}`);
}
