/** report.html: one file that opens anywhere, without a network. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Results } from '../run/results.ts';
import { summarize, total } from './summary.ts';

/** Beside the running bundle, or, when run from sources, where they are written. */
const PLACES = ['./report/', './client/', '../../sandbox/web/client/'];

export function html(results: Results): string {
  const rows = summarize(results);
  const data = JSON.stringify({ results, rows, all: total(rows, results.runs) });
  const style = clientFile('colours.css') + clientFile('report.css');
  const script = clientFile('report.js');
  const policy = `default-src 'none'; img-src data:; style-src ${digestOf(style)}; script-src ${digestOf(script)}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>Toado experiments</title>',
    `<style>${style}</style>`,
    '<body>',
    // What agents wrote stands in it: nothing of it may end the element.
    `<script type="application/json" id="data">${data.replaceAll('<', '\\u003c')}</script>`,
    `<script type="module">${script}</script>`,
    '</html>',
    '',
  ].join('\n');
}

function clientFile(name: string): string {
  const file = PLACES.map((place) => fileURLToPath(new URL(place + name, import.meta.url))).find(existsSync);
  if (!file) throw new Error(`${name} is missing from this installation of toado-mcp.`);
  return readFileSync(file, 'utf8');
}

function digestOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
