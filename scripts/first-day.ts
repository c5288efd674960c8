/** `npm run first-day`: writes what `doctor --probe` reports of two dialects into docs/first-day.md. */

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const page = new URL('../docs/first-day.md', import.meta.url);

/** The table alone: how long each took is another number every time. */
async function tableOf(dialect: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'toado-mcp-first-day-'));
  try {
    const file = join(folder, 'report.md');
    const args = ['doctor', '--sandbox', '--fresh', '--dialect', dialect, '--probe', '--report', file];
    await execute(process.execPath, [program, ...args]);
    const rows = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('|') && !line.startsWith('| not probed'))
      .map((line) =>
        line
          .split(' | ')
          .filter((_, at) => at !== 3)
          .join(' | '),
      );
    // The line under the head has no spaces to split at.
    rows[1] = '| --- | --- | --- | --- |';
    return rows.join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let text = readFileSync(page, 'utf8');
for (const dialect of ['envelope', 'numbers']) {
  const table = await tableOf(dialect);
  const begin = `<!-- begin:probe:${dialect} -->`;
  const end = `<!-- end:probe:${dialect} -->`;
  const [before, rest] = [text.slice(0, text.indexOf(begin)), text.slice(text.indexOf(end))];
  text = `${before}${begin}\n\n${table}\n\n${rest}`;
}
writeFileSync(page, text);
console.log('docs/first-day.md: the reports of two dialects.');
