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

test('a line without an end keeps nobody waiting', () => {
  const much = ' '.repeat(500_000);
  for (const line of [
    `RESULT: done${' '.repeat(400)}x\u2028y`,
    `RESULT:${much}x`,
    `RESULT: done${much}x\u2028y`,
    `RESULT: done ${'x '.repeat(250_000)}\u2028y`,
    `RESULT: could not: ${'*'.repeat(500_000)}x`,
    `${much}RESULT`,
  ]) {
    const from = performance.now();
    claimOf(line);
    expect(performance.now() - from, line.replaceAll(/(.)\1{9,}/g, '$1…')).toBeLessThan(500);
  }
});
