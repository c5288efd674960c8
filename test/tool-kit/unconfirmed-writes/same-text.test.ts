import { describe, expect, test } from 'vitest';
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

describe('Toado may keep a text in a form of its own', () => {
  const sent = '# Tom\'s "A & B"\n\n* [x] see t-8fK2aQ, **café** -- now...';
  const forms: [what: string, shown: string, isSame: boolean][] = [
    ['accents in two parts', sent.normalize('NFD'), true],
    ['typographic signs', '# Tom’s “A & B”\n\n* [x] see t-8fK2aQ, **café** – now…', true],
    ['hard spaces', sent.replaceAll(' ', '\u00a0'), true],
    ['entities', sent.replaceAll('"', '&quot;').replace("'", '&#39;').replace(' & ', ' &amp; '), true],
    ['another list', sent.replace('* [x]', '- [X]'), false],
    [
      'a link made of an id',
      sent.replace('t-8fK2aQ', '[t-8fK2aQ](https://app.toado.dev/tickets/t-8fK2aQ)'),
      false,
    ],
    [
      'HTML',
      '<h1>Tom&#39;s &quot;A &amp; B&quot;</h1><ul><li>[x] see t-8fK2aQ, <strong>café</strong> – now…</li></ul>',
      false,
    ],
  ];
  test.each(forms)('%s', (_, shown, isSame) => {
    expect(hasSameWords(shown, sent)).toBe(true);
    expect(isSameText(shown, sent)).toBe(isSame);
  });

  test.each([
    ['another vowel sign', 'कि', 'का'],
    ['a word less', '<p>Fix the</p>', 'Fix the button'],
    ['another word in HTML', '<p>Fix a button</p>', 'Fix the button'],
    ['case, for titles', 'api', 'API'],
  ])('which is not: %s', (what, shown, written) => {
    expect(isSameText(shown, written)).toBe(false);
    expect(hasSameWords(shown, written)).toBe(what.startsWith('case'));
  });
});
