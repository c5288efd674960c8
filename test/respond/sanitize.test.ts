/** What is taken out of every text and every name before anything is cut: nothing of it stays behind at a cut. */
import { expect, onTestFinished, test } from 'vitest';
import { isDeeperThan } from '../../src/base/is-deeper-than.ts';
import { Slices } from '../../src/base/time-slices.ts';
import { secrets } from '../../src/respond/redact-token.ts';
import { nameInLine, sanitize, sanitizeLong } from '../../src/respond/sanitize.ts';

const TOKEN = 'tok_9fK2aQ8x7LmP3sVt1ZyB4cDw6eRn';

test('of a token in a name nothing is left where the name is cut', async () => {
  secrets.add(TOKEN);
  onTestFinished(() => secrets.forgetAll());
  const { data } = await sanitize({ [`${'x'.repeat(70)}${TOKEN}`]: 1 }, 8_000, new Slices());
  expect(Object.keys(data)[0]).not.toContain(TOKEN.slice(0, 8));
  expect(nameInLine(`${'x'.repeat(110)}${TOKEN}`)).not.toContain(TOKEN.slice(0, 8));
});

test('what is nested deeper than anybody means is a sentence there', async () => {
  let value: unknown = 'innermost';
  for (let level = 0; level < 1_000; level++) value = level % 2 ? [value] : { inside: value };
  const { data } = await sanitize({ value }, 8_000, new Slices());
  expect(isDeeperThan(70, data)).toBe(false);
  expect(JSON.stringify(data)).toContain('[… nested too deep to show …]');
});

test('a long text without a quiet place is not cut between the halves of a character', async () => {
  for (const before of ['', 'x']) {
    const text = `${before}${'😀'.repeat(12_000)}`;
    expect(await sanitizeLong(text, new Slices())).toBe(text);
  }
});
