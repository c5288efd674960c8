/** What is taken from outside, to the character: each with what is just taken, and what just isn't. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  branchName,
  cursor,
  futureTime,
  id,
  limit,
  pageUrl,
  parseInput,
  text,
  ticketIds,
} from '../../../src/sandbox/rules/input.ts';

const address = (length: number) => 'https://a.example/'.padEnd(length, 'x');

test.each<[what: string, schema: z.ZodType, taken: unknown, not: unknown]>([
  ['a text in characters as people count them', text(1, 3), '🚀🚀🚀', '🚀🚀🚀🚀'],
  ['a text of those and others', text(1, 4), '🚀🚀xx', '🚀🚀xxx'],
  ['a text with something in it', text(1, 9), ' x ', ' \n\t'],
  ['a text that may be empty', text(0, 9), '', 'a\0'],
  ['a text of whole characters', text(0, 9), '\ud83d\ude80', '\ud83d'],
  ['an id', id, 'x'.repeat(200), 'x'.repeat(201)],
  ['a hundred tickets', ticketIds, Array(100).fill('t'), Array(101).fill('t')],
  ['one ticket', ticketIds, ['t'], []],
  ['the most rows', limit, '100', '101'],
  ['the fewest rows', limit, '0001', '0'],
  ['rows in digits', limit, '10', '1e1'],
  ['a cursor', cursor, 'x'.repeat(2000), 'x'.repeat(2001)],
  ['a page’s address', pageUrl, address(2048), address(2049)],
  ['an address in capitals', pageUrl, 'HTTPS://A.EXAMPLE/', 'FTP://A.EXAMPLE/'],
  ['an address of a page', pageUrl, 'http://a/%0aalert(1)', 'javascript://a/%0aalert(1)'],
  ['an address that can be opened', pageUrl, 'http://a:65535', 'http://a:65536'],
  ['an address without spaces', pageUrl, 'http://a/b%20c', 'http://a/b c'],
  ['a branch', branchName, 'x'.repeat(200), 'x'.repeat(201)],
  ['a branch’s part', branchName, `${'日'.repeat(83)}x`, `${'日'.repeat(83)}xy`],
  ['a branch with an at', branchName, 'a@', '@'],
  ['a branch that shows what it is', branchName, 'ab', 'a\u200bb'],
])('%s', (_, schema, taken, not) => {
  expect([schema.safeParse(taken).success, schema.safeParse(not).success]).toEqual([true, false]);
});

test('what isn’t said', () => {
  expect([limit.parse(undefined), cursor.parse(undefined)]).toEqual([50, undefined]);
});

describe('a time to come', () => {
  test('is one from the next moment on', () => {
    const soon = new Date(Date.now() + 60_000).toISOString();
    expect(futureTime.parse(soon)).toBe(soon);
    expect(futureTime.safeParse(new Date(Date.now() - 1).toISOString()).success).toBe(false);
  });
});

test('everything that is wrong is named, with its place', () => {
  let refusal: unknown;
  try {
    parseInput(ticketIds, ['t', ' ', 5]);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toMatchObject({
    code: 'validation_error',
    message: expect.stringMatching(/^1: must not be blank; 2: /),
    details: { issues: [{ field: '1', problem: 'must not be blank' }, { field: '2' }] },
  });
  expect(() => parseInput(z.object({ of: ticketIds }), { of: ['t', ''] })).toThrow(
    /^of\.1: must not be blank$/,
  );
  expect(() => parseInput(id, '')).toThrow(/^must not be blank$/);
});
