/** Why a tool isn't offered, in words. */
import { expect, test } from 'vitest';
import type { Withheld } from '../../src/access/access.ts';
import { reasonInWords, refusal } from '../../src/access/why-withheld.ts';

const WORDS: Record<Withheld['reason'], string> = {
  token_unknown: 'not known yet what the token may do',
  pin_missing: 'the project or company that this server is fixed to isn’t there, or several have its name',
  scope: 'needs scope comments',
  read_only: 'left out by --read-only',
  not_selected: 'not among --tools',
  excluded: 'left out by --exclude',
  needs_tool: 'needs the tool comments',
};
const withheld = (reason: string) =>
  ({ name: 'add_comment', reason, ...(/scope|tool$/.test(reason) && { needs: 'comments' }) }) as Withheld;

test.each(Object.entries(WORDS))('%s', (reason, words) => {
  expect(reasonInWords(withheld(reason))).toBe(words);
  const { code, sentence, outcome } = refusal(withheld(reason), ['read'], 'https://app.toado.dev');
  expect(outcome).toBe('not_sent');
  if (reason === 'scope') expect(sentence).toContain('needs the scope comments; this token has read.');
  else expect([code, sentence]).toEqual(['not_offered', `add_comment is not offered here: ${words}.`]);
});

test('a token of no scope is said to have none', () => {
  expect(refusal(withheld('scope'), [], 'https://x.example').sentence).toContain('this token has no scope.');
});
