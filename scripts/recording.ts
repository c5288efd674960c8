/**
 * `npm run recording`: runs the demo and draws docs/demo.svg from what it really printed, when it printed it (slowed
 * down, so that one can read along). Of the output only this folder's path is shown as another.
 * `npm run recording -- out.svg some command` records anything else.
 */

import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { readAnsi } from './terminal/ansi.ts';
import { drawTerminal, type TimedLine } from './terminal/svg.ts';

const COLUMNS = 112;
const ROWS = 34;
const SLOWER = 5;
const root = fileURLToPath(new URL('../', import.meta.url)).replace(/\/$/, '');

const [out = 'docs/demo.svg', ...words] = process.argv.slice(2);
const command = words.length > 0 ? words : ['npx', 'tsx', 'scripts/demo.ts'];
const shown = words.length > 0 ? words.join(' ') : 'npm run demo';

interface Chunk {
  at: number;
  text: string;
}

function record([program, ...args]: string[]): Promise<Chunk[]> {
  const began = performance.now();
  const chunks: Chunk[] = [];
  const child = spawn(program!, args, {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: '1', COLUMNS: String(COLUMNS) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    chunks.push({ at: performance.now() - began, text });
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(chunks);
      else reject(new Error(`${shown} ended with exit code ${code}: nothing was drawn.`));
    });
  });
}

/** A line's time is that of its end; the time before the first line is not part of the show. */
function timed(chunks: readonly Chunk[]): TimedLine[] {
  const first = chunks[0]?.at ?? 0;
  const ends: number[] = [];
  for (const { at, text } of chunks) for (const _ of text.matchAll(/\n/g)) ends.push(at);
  const whole = chunks
    .map(({ text }) => text)
    .join('')
    .replaceAll(root, '~/toado-mcp')
    .replaceAll(homedir(), '~');
  const lines: TimedLine[] = [];
  let opened = '';
  for (const [at, text] of whole.replace(/\n$/, '').split('\n').entries()) {
    // A colour that was opened on a line before goes on here.
    for (const line of readAnsi(opened + text, COLUMNS))
      lines.push({ line, at: ((ends[at] ?? chunks.at(-1)!.at) - first) * SLOWER });
    opened = (opened + text).match(/\u001b\[[\d;]*m/g)?.join('') ?? '';
  }
  return lines;
}

const lines = timed(await record(command));
const svg = drawTerminal({
  command: shown,
  lines,
  columns: COLUMNS,
  rows: Math.min(ROWS, lines.length),
  description: `What ${shown} prints in a terminal`,
});
writeFileSync(out, svg);
console.log(`${out}: ${lines.length} lines, ${Math.round(svg.length / 1024)} kB`);
