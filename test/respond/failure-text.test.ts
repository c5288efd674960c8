/** A failure in words: what others wrote stands in the fence, whole only where it is short, and hides nothing. */
import { expect, onTestFinished, test } from 'vitest';
import { Failure, type FailureDetails } from '../../src/base/failure.ts';
import { failureText } from '../../src/respond/failure-text.ts';
import { secrets } from '../../src/respond/redact-token.ts';

const TOKEN = 'tok_9fK2aQ8x7LmP3sVt1ZyB4cDw6eRn';

const textOf = (details: Partial<FailureDetails>) =>
  failureText(new Failure('forbidden', 'It was refused.', 'Ask.', { outcome: 'rejected', ...details }));

const KINDS: [what: string, longest: number, of: (text: string) => Partial<FailureDetails>][] = [
  ['what Toado says', 1_000, (apiMessage) => ({ apiMessage })],
  ['what there is', 6_000, (text) => ({ lists: { title: 'There is:', text } })],
];

test.each(KINDS)('%s stands in the fence, with nothing hidden', async (_what, _longest, of) => {
  const text = await textOf(of('no\u202e way'));
  expect(text).toMatch(/\n<(toado-data-[0-9a-f]{12})>\nno⟦U\+202E⟧ way\n<\/\1>$/);
});

test.each(KINDS)('%s is cut, and of a token nothing is left there', async (_what, longest, of) => {
  secrets.add(TOKEN);
  onTestFinished(() => secrets.forgetAll());
  const head = longest * 0.75;
  const text = await textOf(of(`${'x'.repeat(head - 10)}${TOKEN}${'y'.repeat(longest)}`));
  expect(text.length).toBeLessThan(longest + 300);
  expect(text).not.toContain(TOKEN.slice(0, 8));
});
