import { expect, test } from 'vitest';
import { hasSameWords, isSameText } from '../../../src/tool-kit/unconfirmed-writes/same-text.ts';

test('texts that are the same, and words that are', () => {
  expect(isSameText('a\r\nb\rc \n', 'a\nb\nc')).toBe(true);
  expect(isSameText(undefined, '')).toBe(true);
  expect(isSameText(null, ' \n')).toBe(true);
  expect(isSameText('a  b', 'a b')).toBe(false);
  expect(isSameText('a', undefined)).toBe(false);
  expect(hasSameWords('**Fix** the _button_', 'Fix the button')).toBe(true);
  expect(hasSameWords('Fix the button', 'Fix a button')).toBe(false);
  expect(hasSameWords('x', `x${'*'.repeat(20_000)}`)).toBe(false);
});
