/** A branch's name is what git says; git itself is asked. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { branchName } from '../../../src/sandbox/rules/input.ts';

const NAMES = [
  'fix',
  'feat/both',
  'HEAD',
  'HEAD/x',
  'x/HEAD',
  'head',
  'a@',
  '@a',
  'a@{b',
  '-a',
  'a/-b',
  '.a',
  'a/.b',
  'a.',
  'a./b',
  'a..b',
  'a.lock',
  'a.lock/b',
  'a.lockx',
  '/a',
  'a/',
  'a//b',
  'a b',
  'a~b',
  'a^b',
  'a:b',
  'a?b',
  'a*b',
  'a[b',
  'a]b',
  'a\\b',
  'a\tb',
  'a\x7fb',
  'a{b',
  'a@b',
  'ä/日本',
  'refs/heads/x',
  "it's",
  'a%b',
  '#1',
  '!x',
  'a,b',
  'a;b',
];

test.each(NAMES)('%j', (name) => {
  const { status } = spawnSync('git', ['check-ref-format', '--branch', name]);
  expect(branchName.safeParse(name).success).toBe(status === 0);
});

test.each([
  'a\u202eb',
  'a\u200bb',
  'a\u{e0061}',
  'a\u00adb',
  'x'.repeat(251),
])('git would take %j, and nobody could read or store it', (name) => {
  expect(branchName.safeParse(name).success).toBe(false);
});

test('a name of many bytes in each part is as long as a file name may be', () => {
  expect(branchName.safeParse(`${'日'.repeat(80)}/${'日'.repeat(80)}`).success).toBe(true);
  expect(branchName.safeParse('日'.repeat(84)).success).toBe(false);
});
