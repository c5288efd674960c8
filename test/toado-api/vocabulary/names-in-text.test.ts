import { expect, test } from 'vitest';
import { withoutTextsOf } from '../../../src/toado-api/vocabulary/names-in-text.ts';

const left = (title: string, message: string) => withoutTextsOf({ title }, { message }).message;

test.each([
  ['Cannot log in', 'Moved Cannot log in to Done'],
  ['User already exists', 'Created ticket User already exists'],
])('a title that reads like a denial is left out of a sentence that says that it was done: %s', (title, message) => {
  expect(left(title, message)).not.toContain(title);
});

test.each([
  ['could not be moved', 'The ticket could not be moved'],
  ['failed', 'Move failed'],
  ['Permission denied', 'Permission denied'],
])('a title that is what denies it takes nothing away: %s', (title, message) => {
  expect(left(title, message)).toBe(message);
});
