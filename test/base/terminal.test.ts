import { describe, expect, test } from 'vitest';
import { columns, fitting } from '../../src/base/terminal.ts';

const longest = (text: string) => Math.max(...text.split('\n').map((line) => [...line].length));

describe('what is printed in a terminal', () => {
  const text =
    'A sentence that goes on for longer than a narrow terminal has room for, and then some more.\n\n  - an indented line that is just as long as the others, so that it has to be broken\n\tshort';

  test.each([80, 40, 25])('fits %i columns, at words, and loses none', (width) => {
    const shown = fitting(text, width);
    expect(longest(shown)).toBeLessThanOrEqual(width);
    expect(shown.split(/\s+/)).toEqual(text.split(/\s+/));
  });

  test('keeps line ends, and the indent of a line in what follows it', () => {
    const lines = fitting(text, 40).split('\n');
    expect(lines.filter((line) => line === '')).toHaveLength(1);
    const from = lines.findIndex((line) => line.startsWith('  - an'));
    expect(lines[from + 1]).toMatch(/^ {2}\S/);
    expect(lines.at(-1)).toBe('\tshort');
  });

  test('a word that is longer than the line stays whole where nothing is narrower than it', () => {
    const address = `http://127.0.0.1:8623/${'x'.repeat(30)}`;
    expect(fitting(`Open it: ${address}`, 80)).toBe(`Open it: ${address}`);
  });

  test('is as it was in a pipe', () => {
    expect(fitting(text, undefined)).toBe(text);
    expect(columns([['a', 'b'.repeat(200)]], undefined)).toBe(`a  ${'b'.repeat(200)}`);
  });

  test('columns of plain words are as those that are measured', () => {
    const rows = [
      ['ID', 'LABEL', 'STATE'],
      ['tkn_1', '', 'live'],
      ['a', 'a longer label, with a comma', ''],
      ['', '', ''],
    ];
    const plain = columns(rows, undefined);
    expect(plain).toBe(
      'ID     LABEL                         STATE\ntkn_1                                live\na      a longer label, with a comma\n',
    );
    // A character that isn't plain has all of them measured.
    const measured = columns([...rows, ['é', '', '']], undefined);
    expect(measured).toBe(`${plain}\né`);
    expect(columns(rows, 80)).toBe(plain);
  });
});
