import { expect, test } from 'vitest';
import { truncated } from '../../../src/experiments/grade/diff.ts';

test('a long text is cut between two characters', () => {
  expect(truncated(`${'x'.repeat(88)}😀 and more`)).toBe(`"${'x'.repeat(88)}…"`);
  expect(truncated('short')).toBe('"short"');
});
