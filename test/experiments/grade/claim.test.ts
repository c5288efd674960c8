import { expect, test } from 'vitest';
import { claimOf } from '../../../src/experiments/grade/claim.ts';

test.each([
  ['RESULT: done', 'done', ''],
  ['All moved.\n\nRESULT: done\n', 'done', ''],
  ['**RESULT: done**', 'done', ''],
  ['**RESULT:** done', 'done', ''],
  ['`RESULT: done`', 'done', ''],
  ['> RESULT: done.', 'done', ''],
  ['result: Done', 'done', ''],
  ['RESULT: could not: the token may only read', 'could not', 'the token may only read'],
  ['**RESULT: could not: no scope**', 'could not', 'no scope'],
  ['RESULT: could not – it was revoked', 'could not', 'it was revoked'],
  ['RESULT: couldn’t: no', 'could not', 'no'],
  ['```\nRESULT: done\n```', 'done', ''],
])('%j is %s', (answer, result, reason) => {
  expect(claimOf(answer)).toEqual({ result, reason });
});

test.each([
  '',
  'done',
  'RESULT: done\nAnything else?',
  'RESULT: undone',
  'RESULT: maybe',
  'The RESULT: done',
])('%j claims nothing', (answer) => {
  expect(claimOf(answer)).toBeUndefined();
});
