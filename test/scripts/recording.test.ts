import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAnsi } from '../../scripts/terminal/ansi.ts';
import { drawTerminal } from '../../scripts/terminal/svg.ts';
import { temporaryFolder } from '../support/temporary.ts';

const plain = { bold: false, dim: false };

describe('a recorded terminal', () => {
  test('colours and styles are read, other sequences left out', () => {
    const [line] = readAnsi('a \u001b[1m\u001b[36mb\u001b[0m c\u001b[2K\u001b[92md\u001b[39me', 80);
    expect(line).toEqual([
      { text: 'a ', style: plain },
      { text: 'b', style: { bold: true, dim: false, colour: 6 } },
      { text: ' c', style: plain },
      { text: 'd', style: { ...plain, colour: 10 } },
      { text: 'e', style: plain },
    ]);
  });

  test('lines longer than the terminal go on in the next, characters of two units whole', () => {
    const lines = readAnsi('ab🐸cd\nx', 3);
    expect(lines.map((line) => line.map(({ text }) => text).join(''))).toEqual(['ab🐸', 'cd', 'x']);
  });

  test('what was printed is text in the picture, never markup', () => {
    const svg = drawTerminal({
      command: 'echo <b>',
      lines: [{ line: [{ text: '<script>&"', style: plain }], at: 10 }],
      columns: 20,
      rows: 1,
      description: 'a "test"',
    });
    expect(svg).toContain('&lt;script&gt;&amp;&quot;</tspan>');
    expect(svg).toContain('aria-label="a &quot;test&quot;"');
    expect(svg).not.toContain('<script>');
  });

  test('records what a command really prints, and draws nothing of one that fails', () => {
    const out = join(temporaryFolder(), 'out.svg');
    const args = ['--import', 'tsx', 'scripts/recording.ts', out, process.execPath, '-e'];
    const record = (code: string) => execFileSync(process.execPath, [...args, code], { stdio: 'pipe' });
    record('console.log("\\u001b[32mready\\u001b[0m  now")');
    const svg = readFileSync(out, 'utf8');
    expect(svg).toMatch(/class="c2">ready<\/tspan><tspan [^>]*>now<\/tspan>/);
    expect(() => record('process.exit(3)')).toThrow(/exit code 3/);
  });

  test('the one in the README shows a demo that ended well', () => {
    const svg = readFileSync(new URL('../../docs/demo.svg', import.meta.url), 'utf8');
    expect(svg).toContain('All as it should be');
    expect(svg).not.toMatch(/tok_[A-Za-z0-9]/);
  });
});
