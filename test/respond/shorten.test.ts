/** Long texts, shortened in the middle: nothing is lost to who goes on as it says. */
import { describe, expect, test } from 'vitest';
import { shorten } from '../../src/respond/shorten.ts';

const TEXT = Array.from({ length: 1_000 }, (_, at) => String(at % 10)).join('');

test('a text that fits stays whole, wherever it was to begin', () => {
  expect(shorten(TEXT, 1_000)).toBe(TEXT);
  expect(shorten(TEXT, 1_000, 500)).toBe(TEXT);
});

test('of a longer one three quarters of the room are its beginning, a fifth its end', () => {
  expect(shorten(TEXT, 100)).toBe(
    `${TEXT.slice(0, 75)}\n[… 905 of 1000 characters left out here …]\n${TEXT.slice(-20)}`,
  );
  expect(shorten(TEXT, 999)).toContain('of 1000 characters left out here …]');
  expect(shorten(TEXT, 100, 0)).toContain('left out here; text_from 75 goes on …]');
});

test('begun later, it says how much comes before', () => {
  expect(shorten(TEXT, 100, 900)).toBe(`[… 900 characters before this …]${TEXT.slice(900)}`);
  expect(shorten(TEXT, 100, 899)).toMatch(/^\[… 899 characters before this …\]\d{75}\n\[… 6 of 1000/);
  expect(shorten(TEXT, 100, 5_000)).toBe('[… 1000 characters before this …]');
});

describe('going on as it says shows every character', () => {
  test.each([
    ['ASCII', TEXT.repeat(3)],
    ['characters of two halves', '😀'.repeat(1_500)],
    ['the first and the last of them', 'a\u{10400}\u{103ff}'.repeat(700)],
    ['both', 'a😀'.repeat(1_000)],
  ])('%s', (_, text) => {
    for (const longest of [97, 160, 161, 162, 163]) {
      let shown = '';
      for (let from: number | undefined = 0; from !== undefined; ) {
        const part: string = shorten(text, longest, from).replace(/^\[… \d+ characters before this …\]/, '');
        const found: RegExpExecArray | null = /^([^\n]*)\n\[…[^\n]*text_from (\d+) goes on …\]\n(.*)$/s.exec(
          part,
        );
        const [, head, next, tail] = found ?? [];
        shown += head ?? part;
        if (tail) expect(text.endsWith(tail)).toBe(true);
        from = next === undefined ? undefined : Number(next);
      }
      expect(shown === text).toBe(true);
    }
  });

  test('no half of a character is ever shown', () => {
    const text = 'a😀'.repeat(1_000);
    for (let from = 0; from < 40; from++)
      expect(Buffer.from(shorten(text, 160 + (from % 7), from)).toString()).not.toContain('\ufffd');
  });
});
