import { expect, test } from 'vitest';
import { Slices } from '../../src/base/time-slices.ts';
import { encode } from '../../src/respond/encode.ts';
import { estimateTokens } from '../../src/respond/estimate-tokens.ts';
import { sanitize } from '../../src/respond/sanitize.ts';
import { rounds } from '../support/rounds.ts';

/** The same numbers at every run. */
function randomly(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

const LETTERS = [
  'a',
  'Z',
  '1',
  ' ',
  '\n',
  '|',
  '\\',
  '"',
  '_',
  '-',
  '{',
  'é',
  '漢',
  '😀',
  '\u202e',
  '\u0007',
];

const sanitized = (data: Record<string, unknown>) => sanitize(data, 1_000_000, new Slices());

test('no answer costs more tokens than sanitize says at most, as text or as JSON', {
  timeout: 120_000,
}, async () => {
  const random = randomly(7);
  const upTo = (most: number) => Math.floor(random() * most);
  const text = () =>
    Array.from({ length: upTo(random() * 300) }, () => LETTERS[upTo(LETTERS.length)]).join('');
  const object = (depth: number) =>
    Object.fromEntries(Array.from({ length: upTo(7) }, () => [text().slice(0, 12), value(depth + 1)]));
  const value = (depth: number): unknown => {
    const kind = random();
    if (kind < 0.4 || depth > 12) return text();
    if (kind < 0.5) return random() * 1e9;
    if (kind < 0.6) return random() < 0.5 ? null : random() < 0.5;
    return kind < 0.75 ? Array.from({ length: upTo(6) }, () => value(depth + 1)) : object(depth);
  };
  for (let round = 0; round < rounds(150, 10_000); round++) {
    const { data, maxTokens } = await sanitized(object(0));
    const real = Math.max(estimateTokens(encode(data)), estimateTokens(JSON.stringify(data)));
    expect(real).toBeLessThanOrEqual(maxTokens);
  }
});

test('a name that is too long is cut where everybody sees it, and costs what is shown of it', async () => {
  const { data, maxTokens } = await sanitized({ ['a'.repeat(10_000)]: 1 });
  expect(data).toEqual({ [`${'a'.repeat(80)}…`]: 1 });
  expect(maxTokens).toBeLessThan(400);
  const halves = await sanitized({ [`a${'😀'.repeat(100)}`]: 1 });
  expect(halves.data).toEqual({ [`a${'😀'.repeat(39)}…`]: 1 });
});
