/** `npm run transcripts`: prints what Toado's documented workflows cost to read; `--write` puts it into the docs. */
import { play } from './transcripts/play.ts';
import { BEGIN, END, tables } from './transcripts/table.ts';
import { writeBetween } from './write-between.ts';

const FILE = new URL('../docs/transcripts.md', import.meta.url);

const text = tables(await play());
console.log(text);
if (process.argv.includes('--write')) writeBetween(FILE, BEGIN, END, text);
